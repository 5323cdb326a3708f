// Networks as plain data: every layer is a serialisable config; what a layer does with it stands in `layers/`.
// A config survives JSON unchanged, so a model file, a recipe and a test can all hold the same network.

/** Elementwise nonlinearities that a layer may end in. */
export type Activation = 'linear' | 'relu' | 'leakyRelu' | 'sigmoid' | 'tanh';

/** How a kernel is drawn before training; see `initializers.ts`. Biases always start at 0, as in Keras. */
export type Initializer = 'glorotUniform' | 'heNormal' | 'heUniform';

/**
 * `'valid'`: none; `'same'`: output extent is input extent / stride, rounded up, the odd pixel of padding at the end
 * (TensorFlow's rule, ONNX's SAME_UPPER); or pixels at top, left, bottom, right.
 */
export type Padding = 'valid' | 'same' | readonly [top: number, left: number, bottom: number, right: number];

/** Two extents, rows first. */
export type Size2d = readonly [rows: number, columns: number];

/** Convolution (cross-correlation, as everywhere in the field): kernel `[filters, channels / groups, rows, columns]`. */
export interface Conv2dConfig {
  readonly type: 'conv2d';
  readonly name?: string;
  readonly filters: number;
  readonly kernel: Size2d;
  /** Default `[1, 1]`. */
  readonly stride?: Size2d;
  /** Default `'valid'`. */
  readonly padding?: Padding;
  /** Default 1; `groups` = channels makes it depthwise. */
  readonly groups?: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Default `'linear'`. */
  readonly activation?: Activation;
  /** Default `'glorotUniform'`, as Keras. */
  readonly initializer?: Initializer;
}

/** Largest or mean value of each window. */
export interface Pool2dConfig {
  readonly type: 'maxPool2d' | 'averagePool2d';
  readonly name?: string;
  readonly size: Size2d;
  /** Default: `size`. */
  readonly stride?: Size2d;
  /** Default `'valid'`. Averages leave the padding out of their count. */
  readonly padding?: Padding;
}

/** Largest or mean value of each whole channel: `[batch, channel, row, column]` to `[batch, channel]`. */
export interface GlobalPool2dConfig {
  readonly type: 'globalMaxPool2d' | 'globalAveragePool2d';
  readonly name?: string;
}

/** `[batch, channel, row, column]` to `[batch, channel * row * column]`, channel outermost. */
export interface FlattenConfig {
  readonly type: 'flatten';
  readonly name?: string;
}

/** Fully connected: `output = activation(input x kernel + bias)`, kernel `[inputs, units]` as in Keras. */
export interface DenseConfig {
  readonly type: 'dense';
  readonly name?: string;
  readonly units: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Default `'linear'`. The last layer gives logits: softmax belongs to the loss and to the model file. */
  readonly activation?: Activation;
  /** Default `'glorotUniform'`, as Keras. */
  readonly initializer?: Initializer;
}

/** Normalises each channel by the batch's mean and variance (Ioffe and Szegedy 2015), by running ones at inference. */
export interface BatchNormConfig {
  readonly type: 'batchNorm';
  readonly name?: string;
  /** Share of the old running statistics that one step keeps; default 0.9 (ours; Keras 0.99 lags in short trainings). */
  readonly momentum?: number;
  /** Added to the variance; default 1e-3, as Keras. */
  readonly epsilon?: number;
  /** Follows at once; default `'linear'`. */
  readonly activation?: Activation;
}

/** A nonlinearity on its own. */
export interface ActivationConfig {
  readonly type: 'activation';
  readonly name?: string;
  readonly activation: Activation;
}

/** Sets activations to 0 in training and scales the rest up so that the expected sum stays (Hinton et al. 2012). */
export interface DropoutConfig {
  readonly type: 'dropout';
  readonly name?: string;
  /** Share set to 0, in [0, 1). */
  readonly rate: number;
  /**
   * `'bernoulli'` (default): each neuron by its own coin. `'exact'`: of every sample's neurons exactly
   * `round(rate * count)`, drawn anew each step, as the report has it.
   */
  readonly draw?: 'bernoulli' | 'exact';
}

/** Any layer. */
export type LayerConfig =
  | Conv2dConfig
  | Pool2dConfig
  | GlobalPool2dConfig
  | FlattenConfig
  | DenseConfig
  | BatchNormConfig
  | ActivationConfig
  | DropoutConfig;

/** A network: one chain of layers from framed pictures to logits. */
export interface NetworkConfig {
  /** By which commands and cards call it. */
  readonly name: string;
  /** What it is and where it comes from, in a sentence or two. */
  readonly description: string;
  /** `[channel, row, column]` of one input picture, values 0..1, ink 1. */
  readonly input: readonly [channels: number, rows: number, columns: number];
  /** The layers from input to logits; the last gives one logit a class. */
  readonly layers: readonly LayerConfig[];
  /** Outputs at other depths that train along with the last one and are cut off for inference. */
  readonly auxiliary?: readonly AuxiliaryOutput[];
}

/**
 * An output somewhere below the last one (multi-supervised training: Chen et al. 2015; deeply-supervised nets: Lee et al.
 * 2015): its loss, weighted, is added to that of the last output, so that gradients reach the lower layers directly.
 */
export interface AuxiliaryOutput {
  /** Name of the layer whose output it reads: the layer's own, or `<type>_<n>` counted from 1 within the type. */
  readonly after: string;
  /** Weight of its loss; that of the last output's is 1. */
  readonly weight: number;
  /** From there to one logit a class. */
  readonly layers: readonly LayerConfig[];
}
