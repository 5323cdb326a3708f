// Networks as plain data: a chain of layer configs. They survive JSON unchanged, so a model file, a recipe and a test
// can hold the same network. Each layer's config is in `layers/`, one file per layer.
import type { LayerConfig } from './layers/layers.ts';

export type { Activation } from './activation.ts';
export type { Initializer, Padding } from './layerFields.ts';
export type { LayerConfig } from './layers/layers.ts';

/** A network: one chain of layers from framed pictures to logits. */
export interface NetworkConfig {
  /** Its name in commands and cards. */
  readonly name: string;
  /** What it is and its source, in a sentence or two. */
  readonly description: string;
  /** `[channel, row, column]` of one input picture, values 0..1, ink 1. */
  readonly input: readonly [channels: number, rows: number, columns: number];
  /** The layers from input to logits; the last gives one logit per class. */
  readonly layers: readonly LayerConfig[];
  /** Outputs at other depths that train along with the last one and are cut off for inference. */
  readonly auxiliary?: readonly AuxiliaryOutput[];
}

/**
 * An output somewhere below the last one (multi-supervised training: Chen et al. 2015; deeply-supervised nets: Lee et
 * al. 2015): its weighted loss is added to that of the last output, so that gradients reach the lower layers directly.
 */
export interface AuxiliaryOutput {
  /** Name of the layer whose output it reads: the layer's own, or `<type>_<n>` counted from 1 within the type. */
  readonly after: string;
  /** Weight of its loss; that of the last output's is 1. */
  readonly weight: number;
  /** From there to one logit per class. */
  readonly layers: readonly LayerConfig[];
}
