// A layer type as one object, for the code that reads, builds, describes and exports networks.
import type * as v from 'valibot';
import type { Shape } from '../../core/floor.ts';
import type { KerasWriter } from '../export/kerasWriter.ts';
import type { Tensor } from '../graph/operator.ts';
import type { Initializer } from './layerFields.ts';

/** One weight tensor of a layer. */
export interface ParameterSpec {
  /** `kernel`, `bias`, `gamma`, `beta`, `movingMean` or `movingVariance`; prefixed by the layer's name in a network. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer | 'zeros' | 'ones';
  /** Inputs and outputs connected to one unit, for the initialiser's variance. */
  readonly fans: { readonly in: number; readonly out: number };
  /** False for running statistics, which the forward pass updates, not the gradient. */
  readonly trainable: boolean;
  /** Whether weight decay applies: to kernels, but not to biases and scales. */
  readonly decays: boolean;
}

/** How a dropout mask is drawn. */
export interface MaskConfig {
  /** Share set to 0, in [0, 1). */
  readonly rate: number;
  /**
   * `'bernoulli'` (default): each neuron independently. `'exact'`: exactly `round(rate * count)` of every sample's
   * neurons, drawn anew each step, as in the report.
   */
  readonly draw?: 'bernoulli' | 'exact';
}

/** What a layer may use while it builds its part of the graph. */
export interface BuildContext {
  /** Whether the graph is for training: dropout drops, batch normalisation uses the batch. */
  readonly training: boolean;
  /** The tensor of one of the layer's own parameters. */
  parameter(name: string): Tensor;
  /** The new value of a parameter that is not trained (training only). */
  update(name: string, value: Tensor): void;
  /** A uint8 input of this shape for a mask of the layer (training only). */
  mask(shape: Shape, config: MaskConfig): Tensor;
}

/** A layer type. Shapes leave the batch out: `[channel, row, column]` or `[units]`. */
export interface Layer<Config, Schema extends v.GenericSchema = v.GenericSchema<unknown, Config>> {
  /** Its config's schema, with bounds: configs come from untrusted model files. */
  readonly schema: Schema;
  /** Shape of the output. @throws {ShapeError} when the layer does not fit its input. */
  outputShape(config: Config, input: Shape): Shape;
  /** Weight tensors, in the order in which they are drawn and counted. */
  parameters(config: Config, input: Shape): readonly ParameterSpec[];
  /** Multiplications with a weight for one input: the usual measure of a network's cost. */
  multiplyAdds(config: Config, input: Shape): number;
  /** Adds the layer to the graph. @param x `[batch, ...input]`. */
  build(config: Config, x: Tensor, context: BuildContext): Tensor;
  /**
   * Writes the layer's Keras form. @throws {UnsupportedError} naming the layer, when Keras has none that computes the
   * same.
   */
  keras(config: Config, name: string, input: Shape, keras: KerasWriter): void;
}
