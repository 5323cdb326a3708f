export type { Dataset, LabelledPictures } from './data/dataset.ts';
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
export { type MnistFile, type MnistPart, mnistDataset, mnistFiles, mnistLabels } from './data/mnist.ts';
export { type Calibration, calibration, calibrationBins, type ReliabilityBin } from './evaluate/calibration.ts';
export { normalQuantile95, standardError, wilsonInterval } from './evaluate/intervals.ts';
export { type ClassMetrics, type Metrics, metrics } from './evaluate/metrics.ts';
export type { Predictions } from './evaluate/predictions.ts';
export { fitTemperature, type TemperatureFit, temperatureRange } from './evaluate/temperature.ts';
export { type WrongAnswer, worstErrors } from './evaluate/worstErrors.ts';
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
