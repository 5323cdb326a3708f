// What the floors above may import of this one. What the world may import stands in index.ts.
export { confusionChart } from './charts/confusionChart.ts';
export { type LinePoint, lineChart } from './charts/lineChart.ts';
export { rejectionChart } from './charts/rejectionChart.ts';
export { reliabilityChart } from './charts/reliabilityChart.ts';
export {
  type ComparisonEvent,
  type ComparisonRunOptions,
  comparisonFiles,
  runComparison,
} from './comparison/comparisonRun.ts';
export { measuringHost } from './comparison/measuringHost.ts';
export { openDataset, openPictures, openStored } from './data/data.ts';
export { dataFolder } from './data/dataFolder.ts';
export type { ListedPart, ListedSet } from './data/dataSource.ts';
export { datasetHash } from './data/datasetHash.ts';
export { sharedDataset } from './data/datasetSharer.ts';
export { type EmnistStage, type GotEmnist, getEmnist } from './data/emnistArchive.ts';
export { readPlainFolder } from './data/readers/plainFolder.ts';
export { dataNames, findData, listSets } from './data/sources/sources.ts';
export { onnxRuntimeEngine } from './engine/onnxRuntime.ts';
export { readFileBounded, writeFileAtomic } from './files/files.ts';
export { exists, isFolder } from './files/isFile.ts';
export { packageVersion } from './files/packageVersion.ts';
export { type LoadedModel, loadModel, naming } from './model/modelFile.ts';
export { defaultModel, listModels, resolveModel } from './model/models.ts';
export { openRecognizer } from './model/recognizer.ts';
export { drawPage } from './picture/drawPage.ts';
export { encodePng, readPagePicture, readPicture } from './picture/image.ts';
export { pictureDataUri } from './picture/pictureDataUri.ts';
export { type StaticServer, startStaticServer } from './server/staticServer.ts';
export { runCommittee } from './training/committeeRun.ts';
export { checkHeldBack, heldBack, openCalibrationPictures } from './training/data/calibrationPictures.ts';
export { holdBack } from './training/data/holdBack.ts';
export { openTestSets } from './training/data/testSets.ts';
export { openTrainingData } from './training/data/trainingData.ts';
export { openAnyRecipe, openRecipe, recipeNames, recipesFolder } from './training/recipes.ts';
export { profileTraining } from './training/trainingProfile.ts';
export { runFiles, runTraining, type TrainingRunEvent, type TrainingRunOptions } from './training/trainingRun.ts';
