// What the floors above may import of this one. What the world may import stands in index.ts.
export { type LinePoint, lineChart } from './charts/lineChart.ts';
export { reviewChart, reviewTitle } from './charts/reviewChart.ts';
export { comparisonPageOf, type FinishedComparison } from './comparison/comparisonPageOf.ts';
export {
  type ComparisonEvent,
  type ComparisonRunOptions,
  comparisonFiles,
  runComparison,
} from './comparison/comparisonRun.ts';
export { measuringHost } from './comparison/measuringHost.ts';
export { openDataset, openPictures, openStored } from './data/data.ts';
export type { ListedPart, ListedSet } from './data/dataSource.ts';
export { datasetHash } from './data/datasetHash.ts';
export { sharedDataset } from './data/datasetSharer.ts';
export { type EmnistStage, type GotEmnist, getEmnist } from './data/emnistArchive.ts';
export { dataNames } from './data/sources/sources.ts';
export { onnxRuntimeEngine } from './engine/onnxRuntime.ts';
export { drawCommittees } from './evaluation/drawCommittees.ts';
export { evaluateModel } from './evaluation/evaluateModel.ts';
export { listAnswers } from './evaluation/listAnswers.ts';
export { readDisputed } from './evaluation/readDisputed.ts';
export { readingText } from './evaluation/readingText.ts';
export { readFileBounded, writeFileAtomic } from './files/files.ts';
export { packageVersion } from './files/packageVersion.ts';
export { type DataInspection, firstSamples, inspectData } from './inspection/inspectData.ts';
export { listData } from './inspection/listData.ts';
export { mergeModelFiles, splitModelFile } from './model/committeeFiles.ts';
export { type CommitteeDescription, describeModel } from './model/describeModel.ts';
export { type ExportFormat, exportModel } from './model/exportModel.ts';
export { type LoadedModel, loadModel } from './model/modelFile.ts';
export { listModels, resolveModel } from './model/models.ts';
export { openNetwork } from './model/openNetwork.ts';
export { openRecognizer } from './model/recognizer.ts';
export { shippedModels } from './model/shippedModels.ts';
export { drawPage } from './picture/drawPage.ts';
export { encodePng, readPagePicture, readPicture } from './picture/image.ts';
export { estimated, type FoundFrequencies } from './reading/frequenciesFrom.ts';
export { readPages } from './reading/readPages.ts';
export { type FileReading, recognizeFiles } from './reading/recognizeFiles.ts';
export { writeFramingPage } from './reading/writeFramingPage.ts';
export { type ReadForReview, readForReview, truthOfReview } from './review/readForReview.ts';
export { keepSession, openSession, type ReviewFiles, reviewFiles, writeLabels } from './review/reviewFiles.ts';
export { type PageServer, startPageServer } from './server/pageServer.ts';
export { runCommittee } from './training/committeeRun.ts';
export { openCalibrationPictures } from './training/data/calibrationPictures.ts';
export { holdBack } from './training/data/holdBack.ts';
export { openTestSets } from './training/data/testSets.ts';
export { openTrainingData } from './training/data/trainingData.ts';
export { openAnyRecipe, openRecipe, recipeNames, recipesFolder } from './training/recipes.ts';
export { profileTraining, type TrainingProfile } from './training/trainingProfile.ts';
export { runFiles, runTraining, type TrainingRunEvent, type TrainingRunOptions } from './training/trainingRun.ts';
