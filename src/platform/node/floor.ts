// What the floors above may import of this one. What the world may import stands in index.ts.
export { confusionChart } from './charts/confusionChart.ts';
export { type LinePoint, lineChart } from './charts/lineChart.ts';
export { rejectionChart } from './charts/rejectionChart.ts';
export { reliabilityChart } from './charts/reliabilityChart.ts';
export { comparisonPageOf, type FinishedComparison } from './comparison/comparisonPageOf.ts';
export {
  type ComparisonEvent,
  type ComparisonRunOptions,
  comparisonFiles,
  runComparison,
} from './comparison/comparisonRun.ts';
export { measuringHost } from './comparison/measuringHost.ts';
export { isFolder, isInk, openDataset, openPictures, openStored, usualFraming } from './data/data.ts';
export { dataFolder } from './data/dataFolder.ts';
export { datasetHash } from './data/datasetHash.ts';
export { sharedDataset } from './data/datasetSharer.ts';
export { type EmnistStage, type GotEmnist, getEmnist } from './data/emnistArchive.ts';
export { findEmnistFile } from './data/emnistFiles.ts';
export { isGnt } from './data/gntFiles.ts';
export { hasMnist } from './data/mnistFiles.ts';
export { readPlainFolder } from './data/plainFolder.ts';
export { listStoredSets, partFiles } from './data/storedSets.ts';
export { onnxRuntimeEngine } from './engine/onnxRuntime.ts';
export { readFileBounded, writeFileAtomic } from './files/files.ts';
export { packageVersion } from './files/packageVersion.ts';
export { type LoadedModel, loadModel, naming } from './model/modelFile.ts';
export { defaultModel, listModels, resolveModel } from './model/models.ts';
export { openRecognizer } from './model/recognizer.ts';
export { drawPage } from './picture/drawPage.ts';
export { encodePng, readPagePicture, readPicture } from './picture/image.ts';
export { pictureDataUri } from './picture/pictureDataUri.ts';
export { type PageServer, startPageServer } from './server/pageServer.ts';
export { checkHeldBack, heldBack, openCalibrationPictures } from './training/calibrationPictures.ts';
export { runCommittee } from './training/committeeRun.ts';
export { openAnyRecipe, openRecipe, recipeNames, recipesFolder } from './training/recipes.ts';
export { holdBack, openTestSets, openTrainingData } from './training/trainingData.ts';
export { profileTraining } from './training/trainingProfile.ts';
export { runFiles, runTraining, type TrainingRunEvent, type TrainingRunOptions } from './training/trainingRun.ts';
