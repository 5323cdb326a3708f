export type { Dataset, LabelledPictures } from './data/dataset.ts';
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
