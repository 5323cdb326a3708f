// ductus/node: files, pictures, data, trainings and models on a machine with Node.

export { confusionChart } from './charts/confusionChart.ts';
export { lineChart } from './charts/lineChart.ts';
export { rejectionChart } from './charts/rejectionChart.ts';
export { reliabilityChart } from './charts/reliabilityChart.ts';
export { trainingCurves } from './charts/trainingCurves.ts';
export { type ComparisonEvent, type ComparisonRunOptions, runComparison } from './comparison/comparisonRun.ts';
export { type OpenDatasetOptions, openDataset, openPictures } from './data/data.ts';
export { dataFolder } from './data/dataFolder.ts';
export { datasetHash } from './data/datasetHash.ts';
export { getEmnist } from './data/emnistArchive.ts';
export { listStoredSets } from './data/readers/storedSets.ts';
export { onnxRuntimeEngine } from './engine/onnxRuntime.ts';
export { threadTeam } from './engine/threadTeam.ts';
export { evaluateModel } from './evaluation/evaluateModel.ts';
export type { EvaluateOptions } from './evaluation/evaluateOptions.ts';
export { readFileBounded, writeFileAtomic } from './files/files.ts';
export { type LoadedModel, loadModel } from './model/modelFile.ts';
export { defaultModel, listModels, type ModelFile } from './model/models.ts';
export { type ModelSource, openRecognizer, openWorkerRecognizer } from './model/recognizer.ts';
export { drawPage } from './picture/drawPage.ts';
export { encodePng, readPagePicture, readPicture } from './picture/image.ts';
export { readPages } from './reading/readPages.ts';
export { recognizeFiles } from './reading/recognizeFiles.ts';
export { type CommitteeEvent, type CommitteeRunOptions, runCommittee } from './training/committeeRun.ts';
export { openRecipe, recipeNames } from './training/recipes.ts';
export { profileTraining, type TrainingProfile } from './training/trainingProfile.ts';
export { runTraining, type TrainingRunEvent, type TrainingRunOptions } from './training/trainingRun.ts';
