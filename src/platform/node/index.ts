export { confusionChart, reliabilityChart, type TrainingCurvePoint, trainingCurves } from './charts.ts';
export { type OpenDatasetOptions, openDataset, openStored } from './data.ts';
export { datasetHash } from './datasetHash.ts';
export { readFileBounded, readMaybeGzip, writeFileAtomic } from './files.ts';
export { descriptionFileNames, labelsFileNames, maxDescriptionBytes, maxIdxBytes } from './idxFiles.ts';
export { defaultModel, listModels, type ModelFile, resolveModel } from './models.ts';
export { suggestion, suggestName } from './suggest.ts';
export { type WorkerFile, workerFile } from './workers.ts';
