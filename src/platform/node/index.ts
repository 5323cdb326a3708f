export {
  type CalibrationPicturesOptions,
  checkHeldBack,
  heldBack,
  openCalibrationPictures,
} from './calibrationPictures.ts';
export type { CapturingEvent } from './capturedSamples.ts';
export { confusionChart } from './charts/confusionChart.ts';
export { type LineChart, type LinePoint, type LineSeries, lineChart } from './charts/lineChart.ts';
export { rejectionChart } from './charts/rejectionChart.ts';
export { reliabilityChart } from './charts/reliabilityChart.ts';
export { type TrainingCurvePoint, trainingCurves } from './charts/trainingCurves.ts';
export { type CommitteeEvent, type CommitteeRunOptions, runCommittee } from './committeeRun.ts';
export type { ComparisonDataOptions } from './comparison/comparisonData.ts';
export {
  type ComparisonEvent,
  type ComparisonRunOptions,
  comparisonFiles,
  runComparison,
} from './comparison/comparisonRun.ts';
export { measuringHost } from './comparison/measuringHost.ts';
export {
  type DataProgress,
  isFolder,
  isInk,
  type OpenDatasetOptions,
  openDataset,
  openPictures,
  openStored,
  termsOf,
  usualFraming,
} from './data.ts';
export { dataFolder } from './dataFolder.ts';
export { datasetHash } from './datasetHash.ts';
export { sharedDataset } from './datasetSharer.ts';
export { drawPage } from './drawPage.ts';
export { type EmnistStage, type GetEmnistOptions, type GotEmnist, getEmnist } from './emnistArchive.ts';
export { emnistFolder, findEmnistFile, readEmnist } from './emnistFiles.ts';
export { readFileBounded, readMaybeGzip, writeFileAtomic } from './files.ts';
export { isGnt } from './gntFiles.ts';
export { descriptionFileNames, labelsFileNames, maxDescriptionBytes } from './idxFiles.ts';
export { maxIdxBytes, readIdxPictures } from './idxPictures.ts';
export { encodePng, readPagePicture, readPicture } from './image.ts';
export { hasMnist } from './mnistFiles.ts';
export { type LoadedModel, loadModel, naming } from './modelFile.ts';
export { defaultModel, listModels, type ModelFile, resolveModel } from './models.ts';
export { onnxRuntimeEngine } from './onnxRuntime.ts';
export { packageVersion } from './packageVersion.ts';
export { pictureDataUri } from './pictureDataUri.ts';
export { maxFolderPixels } from './pictureFolder.ts';
export { type PlainPictures, readPlainFolder } from './plainFolder.ts';
export { openAnyRecipe, openRecipe, recipeNames, recipesFolder } from './recipes.ts';
export { type ModelSource, openRecognizer, openWorkerRecognizer } from './recognizer.ts';
export { portAttempts, type StaticServer, type StaticServerOptions, startStaticServer } from './staticServer.ts';
export { type FoundSets, listStoredSets, partFiles, type StoredPart, type StoredSet } from './storedSets.ts';
export { suggestion, suggestName } from './suggest.ts';
export { threadTeam } from './threadTeam.ts';
export {
  holdBack,
  openTestSets,
  openTrainingData,
  type TestSet,
  type TrainingData,
  type TrainingSet,
} from './trainingData.ts';
export {
  type OperatorTime,
  type ProfileOptions,
  profileTraining,
  type TrainingProfile,
} from './trainingProfile.ts';
export {
  type FinishedEvent,
  runFiles,
  runTraining,
  type TestFigure,
  type TrainingRunEvent,
  type TrainingRunOptions,
} from './trainingRun.ts';
export { type WorkerFile, workerFile } from './workers.ts';
