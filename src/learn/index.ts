export { type Captured, type CapturedColour, captureColourSample, captureSample } from './capture/capture.ts';
export { type CaptureDatasetOptions, captureDataset } from './capture/captureDataset.ts';
export type { CaptureConfig } from './capture/config.ts';
export { type CapturePreset, captureNamed, capturePresets } from './capture/presets.ts';
export { checkCapture } from './capture/schema.ts';
export { type CaptureSheetOptions, captureSheet } from './capture/sheet.ts';
export { CancelledError } from './classic/cancelledError.ts';
export type {
  Classifier,
  ClassifierHost,
  ClassifierKind,
  FitOptions,
  Prediction,
  PublishedFigure,
  ScoreMeaning,
} from './classic/classifier.ts';
export { classifierKindNamed, classifierKinds, loadClassifier } from './classic/classifierKinds.ts';
export {
  aboutSystem,
  type Column,
  comparisonColumns,
  rejectionColumns,
  trialColumns,
  turnedColumns,
} from './classic/compare/comparisonColumns.ts';
export { type ComparisonCharts, type ComparisonPage, comparisonPage } from './classic/compare/comparisonPage.ts';
export {
  type MeasuredSystem,
  type Measurement,
  type MeasuringHost,
  measureSystem,
  measuringModule,
} from './classic/compare/measureSystem.ts';
export { parseSystemResult, type SystemResult } from './classic/compare/systemResult.ts';
export { type Trial, trials } from './classic/compare/trials.ts';
export type { ScaleSettings } from './classic/multiscale/scales.ts';
export {
  type MultiscaleCurveOptions,
  type MultiscaleCurves,
  type MultiscalePoint,
  multiscaleCurves,
  workToReach,
} from './classic/multiscale/trainingCurves.ts';
export { readClassifier, type SavedClassifier, writeClassifier } from './classic/savedClassifier.ts';
export { classifierReader } from './classic/segmentation/classifierReader.ts';
export { type PieceSamplesConfig, pieceSamples } from './classic/segmentation/pieceSamples.ts';
export { type TouchingRow, type TouchingRowConfig, touchingRow } from './classic/segmentation/touchingRow.ts';
export { type Batch, BatchLoader, type BatchOptions } from './data/batches.ts';
export { type ConcatOptions, concatSamples, matchLabels, relabel } from './data/concat.ts';
export type { Dataset, LabelledPictures, SampleOrigins } from './data/dataset.ts';
export {
  type DatasetDescription,
  isFramed,
  isSetName,
  parseDescription,
  type SplitFiles,
  splitFiles,
} from './data/description.ts';
export {
  type EmnistFacts,
  type EmnistPart,
  type EmnistSplit,
  emnistAddress,
  emnistArchiveMd5,
  emnistFileNames,
  emnistNamed,
  emnistSide,
  emnistSplits,
  emnistTerms,
  isEmnistSplit,
  readEmnistTargets,
  transposePictures,
} from './data/emnist.ts';
export { checkEmnistMapping, type EmnistMapping, parseEmnistMapping } from './data/emnistMapping.ts';
export {
  type FolderListing,
  type FolderPlan,
  isHidden,
  isPictureName,
  maxFolderPictures,
  type PlannedPicture,
  pictureEndings,
  planFolders,
} from './data/folders.ts';
export {
  drawDataset,
  type FramedPictures,
  frameDataset,
  type LabelledInk,
  maxFramedPixels,
} from './data/frameDataset.ts';
export { type GntHeader, gntHeaderBytes, gntMaxSide, gntPicture, parseGntHeader } from './data/gnt.ts';
export {
  formatIdx,
  type IdxArray,
  type IdxData,
  type IdxExpectation,
  type IdxHeader,
  type IdxType,
  maxIdxRank,
  parseIdx,
  parseIdxHeader,
} from './data/idx.ts';
export {
  type IdxPair,
  type IdxPictures,
  idxDataset,
  idxPictures,
  labelPictures,
  readNumbers,
  readTargets,
} from './data/idxDataset.ts';
export { type InkSample, maxInkLine, maxSamplePoints, parseInkLine } from './data/inkLine.ts';
export { abbreviateLabels, compareLabels, labelOfFolder } from './data/labels.ts';
export { type MnistFile, type MnistPart, mnistDataset, mnistFiles, mnistLabels, mnistTerms } from './data/mnist.ts';
export { choosePictures, pictureAt, picturesOf } from './data/pictures.ts';
export { type DatasetSheetOptions, datasetSheet, sheetSamples } from './data/sheet.ts';
export { limitSamples, type Split, type SplitOptions, splitSamples } from './data/split.ts';
export {
  classCounts,
  countOf,
  type DatasetView,
  materialize,
  type Samples,
  subset,
  targetsOf,
  viewOf,
  writersOf,
} from './data/view.ts';
export type { ClassLimits } from './distort/classLimits.ts';
export type { DistortionConfig } from './distort/config.ts';
export { createDistorter, type Distorter } from './distort/distort.ts';
export { distortInk, type InkDistortion } from './distort/distortInk.ts';
export { type ElasticDisplacement, elasticDeviation } from './distort/elastic.ts';
export type { GridDisplacement } from './distort/gridDisplacement.ts';
export type { MirrorDistortion } from './distort/mirror.ts';
export { type DistortionPreset, distortionNamed, distortionPresets } from './distort/presets.ts';
export { type InkRedrawing, redrawInk } from './distort/redrawInk.ts';
export type { TrainingDistortion } from './distort/schema.ts';
export { type DistortionSheetOptions, distortionSheet } from './distort/sheet.ts';
export { answerListing, type ListedAnswer } from './evaluate/answerListing.ts';
export {
  type Assessment,
  type AssessOptions,
  assess,
  type CalibrationAt,
  type ChosenThreshold,
  usualRejection,
} from './evaluate/assess.ts';
export {
  adaptiveCalibration,
  type Calibration,
  calibration,
  calibrationBins,
  type ReliabilityBin,
} from './evaluate/calibration.ts';
export { type CalibrationNoise, calibrationNoise } from './evaluate/calibrationNoise.ts';
export { type CommitteeDraws, committeeDraws } from './evaluate/committeeDraws.ts';
export { type Comparison, compareClassifiers } from './evaluate/compareClassifiers.ts';
export {
  type DisputedAnswer,
  type DisputedPicture,
  disputedAnnotators,
  disputedAnswers,
  disputedPictures,
} from './evaluate/disputedPictures.ts';
export { normalQuantile95, standardError, wilsonInterval } from './evaluate/intervals.ts';
export { type Judgement, type JudgeOptions, judge } from './evaluate/judge.ts';
export {
  type GroupMetrics,
  knowsLetters,
  type LetterMetrics,
  letterMetrics,
  mergedClassOf,
  type RightShare,
} from './evaluate/letterMetrics.ts';
export { type LookAlikes, lookAlikes, lookAlikesOf } from './evaluate/lookAlikes.ts';
export { type McNemarTest, mcnemarTest } from './evaluate/mcnemarTest.ts';
export { type ClassMetrics, type Metrics, metrics } from './evaluate/metrics.ts';
export type { Predictions } from './evaluate/predictions.ts';
export {
  type Kept,
  keepFrom,
  rejectionCurve,
  thresholdForError,
  thresholdForRejection,
} from './evaluate/rejectionCurve.ts';
export { type EvaluationReport, evaluationReport, mostMatrixClasses, type ReportError } from './evaluate/report.ts';
export { type RunSummary, summariseRuns } from './evaluate/summariseRuns.ts';
export { refitTemperature, temper } from './evaluate/temper.ts';
export { fitTemperature, type TemperatureFit, temperatureRange } from './evaluate/temperature.ts';
export { type WrongAnswer, worstErrors } from './evaluate/worstErrors.ts';
export { exportTensorFlowJs, type TensorFlowJsModel, tensorFlowJsWeightsFile } from './export/tfjs.ts';
export {
  type BufferData,
  type CompileOptions,
  type Engine,
  type Program,
  type TensorBuffer,
  tensorBuffer,
} from './graph/engine.ts';
export { gradients } from './graph/gradients.ts';
export type { Operator, Tensor } from './graph/operator.ts';
export { evaluateReference } from './graph/reference.ts';
export { constant, input, scalar } from './graph/tensor.ts';
export { type ToOnnxOptions, toOnnx } from './graph/toOnnx.ts';
export type {
  Activation,
  ActivationConfig,
  AuxiliaryOutput,
  BatchNormConfig,
  Conv2dConfig,
  DenseConfig,
  DropoutConfig,
  FlattenConfig,
  GlobalPool2dConfig,
  Initializer,
  LayerConfig,
  NetworkConfig,
  Padding,
  Pool2dConfig,
  Size2d,
} from './nn/config.ts';
export { initializeNetwork } from './nn/initializers.ts';
export { modelToNetwork, networkToModel, type TrainedNetwork } from './nn/modelFile.ts';
export {
  classCount,
  networkParameters,
  type PlacedAuxiliary,
  type PlacedLayer,
  placeAuxiliary,
  placeLayers,
  withoutAuxiliary,
} from './nn/network.ts';
export { type NetworkExit, networkExits } from './nn/networkExits.ts';
export { networkNamed, networks } from './nn/networks/networks.ts';
export { parseNetwork } from './nn/parseNetwork.ts';
export { withClasses } from './nn/withClasses.ts';
export { reviewCsv } from './review/reviewCsv.ts';
export type { ReviewItem } from './review/reviewItem.ts';
export { type ReviewOptions, type ReviewOrder, reviewOrders } from './review/reviewOptions.ts';
export { type ReviewReading, type ReviewReadingsOptions, reviewReadings } from './review/reviewReadings.ts';
export {
  type ReviewAlternative,
  type ReviewedLabel,
  type ReviewProgress,
  type ReviewQuestion,
  type ReviewSession,
  reviewSession,
} from './review/reviewSession.ts';
export {
  type ReviewCurve,
  type ReviewPoint,
  type ReviewSimulationOptions,
  simulateReview,
} from './review/reviewSimulation.ts';
export { maxSavedReview, parseSavedReview, type ReviewEvent, type SavedReview } from './review/savedReview.ts';
export { Barrier, barrierMemory } from './train/barrier.ts';
export {
  type Checkpoint,
  type EpochLog,
  readCheckpoint,
  type TrainingProgress,
  writeCheckpoint,
} from './train/checkpoint.ts';
export { type CommitteeRecipe, isCommitteeRecipe, parseCommitteeRecipe } from './train/committeeRecipe.ts';
export { type BatchScore, type EvaluationResult, Evaluator } from './train/evaluator.ts';
export type { CheckpointEvent, EndEvent, EpochEvent, StartEvent, StepEvent, TrainingEvent } from './train/events.ts';
export { factoredParameters } from './train/factoredGradients.ts';
export { type GradientGraph, type GradientGraphOptions, gradientGraph } from './train/gradientGraph.ts';
export type { AdamConfig, AdamWConfig, OptimizerConfig, SgdConfig } from './train/optimizers.ts';
export {
  fittedRecipe,
  frameOf,
  parseRecipe,
  parseRecipeData,
  type Recipe,
  type RecipeCaptures,
  type RecipeData,
  type RecipeStrokes,
  recipeNetwork,
} from './train/recipe.ts';
export { learningRate, type ScheduleConfig } from './train/schedules.ts';
export type { ShardResult } from './train/shardGradient.ts';
export { type TrainOptions, train } from './train/trainer.ts';
export {
  type BatchLayout,
  type StateOptions,
  type StateSpec,
  stateSpecs,
  TrainingMemory,
} from './train/trainingMemory.ts';
export { batchLayout, type StepPlan, shardsOf, stateOptions, type TrainingSetup } from './train/trainingSetup.ts';
export { soloTeam, type TeamFactory, type TrainingTeam } from './train/trainingTeam.ts';
export { TrainingWorker, type WorkerPlace } from './train/trainingWorker.ts';
