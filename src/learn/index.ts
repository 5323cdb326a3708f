export { type Batch, BatchLoader, type BatchOptions } from './data/batches.ts';
export { type ConcatOptions, concatSamples, relabel } from './data/concat.ts';
export type { Dataset, LabelledPictures } from './data/dataset.ts';
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
export { type FramedPictures, frameDataset, maxFramedPixels } from './data/frameDataset.ts';
export {
  formatIdx,
  type IdxArray,
  type IdxData,
  type IdxExpectation,
  type IdxType,
  maxIdxRank,
  parseIdx,
} from './data/idx.ts';
export { type IdxPair, idxDataset } from './data/idxDataset.ts';
export { compareLabels, labelOfFolder } from './data/labels.ts';
export { type MnistFile, type MnistPart, mnistDataset, mnistFiles, mnistLabels } from './data/mnist.ts';
export { pictureAt, picturesOf } from './data/pictures.ts';
export { type DatasetSheetOptions, datasetSheet } from './data/sheet.ts';
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
} from './data/view.ts';
export { type Calibration, calibration, calibrationBins, type ReliabilityBin } from './evaluate/calibration.ts';
export { normalQuantile95, standardError, wilsonInterval } from './evaluate/intervals.ts';
export { type Judgement, type JudgeOptions, judge } from './evaluate/judge.ts';
export { type ClassMetrics, type Metrics, metrics } from './evaluate/metrics.ts';
export type { Predictions } from './evaluate/predictions.ts';
export { type EvaluationReport, evaluationReport, type ReportError } from './evaluate/report.ts';
export { fitTemperature, type TemperatureFit, temperatureRange } from './evaluate/temperature.ts';
export { type WrongAnswer, worstErrors } from './evaluate/worstErrors.ts';
export { exportTensorFlowJs, type TensorFlowJsModel, tensorFlowJsWeightsFile } from './export/tfjs.ts';
export type {
  Activation,
  ActivationConfig,
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
