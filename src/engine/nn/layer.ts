// What a layer is to the code that reads, builds, describes and exports networks: one object with all that there is of its type.
import type * as v from 'valibot';
import type { Shape } from '../../core/floor.ts';
import type { KerasWriter } from '../export/kerasWriter.ts';
import type { Tensor } from '../graph/operator.ts';
import type { Initializer } from './layerFields.ts';

/** One weight tensor of a layer. */
export interface ParameterSpec {
  /** `kernel`, `bias`, `gamma`, `beta`, `movingMean` or `movingVariance`; in a network prefixed by the layer's name. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer | 'zeros' | 'ones';
  /** Inputs and outputs that one unit is connected to, for the initialiser's variance. */
  readonly fans: { readonly in: number; readonly out: number };
  /** False for running statistics, which the forward pass updates instead of the gradient. */
  readonly trainable: boolean;
  /** Whether weight decay may pull it to 0: kernels, but not biases and scales. */
  readonly decays: boolean;
}

/** What a dropout mask is drawn by. */
export interface MaskConfig {
  /** Share set to 0, in [0, 1). */
  readonly rate: number;
  /**
   * `'bernoulli'` (default): each neuron by its own coin. `'exact'`: of every sample's neurons exactly
   * `round(rate * count)`, drawn anew each step, as the report has it.
   */
  readonly draw?: 'bernoulli' | 'exact';
}

/** What a layer may ask for while its part of the graph is built. */
export interface BuildContext {
  /** Whether the graph is for training: dropout drops, batch normalisation uses the batch. */
  readonly training: boolean;
  /** The tensor of one of the layer's own parameters. */
  parameter(name: string): Tensor;
  /** The new value of a parameter that is not trained (training only). */
  update(name: string, value: Tensor): void;
  /** A uint8 input of this shape for a mask of the layer's (training only). */
  mask(shape: Shape, config: MaskConfig): Tensor;
}

/** A layer type. Shapes leave the batch out: `[channel, row, column]` or `[units]`. */
export interface Layer<Config, Schema extends v.GenericSchema = v.GenericSchema<unknown, Config>> {
  /** Its config's schema, with bounds: configs come from model files, which strangers write. */
  readonly schema: Schema;
  /** Shape of the output. @throws {ShapeError} when the layer does not fit its input. */
  outputShape(config: Config, input: Shape): Shape;
  /** Weight tensors, in the order in which they are drawn and counted. */
  parameters(config: Config, input: Shape): readonly ParameterSpec[];
  /** Multiplications with a weight that one input costs; what the field counts as the cost of a network. */
  multiplyAdds(config: Config, input: Shape): number;
  /** Adds the layer to the graph. @param x `[batch, ...input]`. */
  build(config: Config, x: Tensor, context: BuildContext): Tensor;
  /** Writes the layer as Keras has it. @throws {UnsupportedError} naming the layer, when Keras has none that computes the same. */
  keras(config: Config, name: string, input: Shape, keras: KerasWriter): void;
}
