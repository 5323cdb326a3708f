// The training step as one graph: forward pass, loss, gradient, optimiser, running statistics and averaged weights.
import { type Shape, sameShape } from '../../core/index.ts';
import { gradients } from '../graph/gradients.ts';
import type { ElementType, Tensor } from '../graph/operator.ts';
import { add } from '../graph/operators/add.ts';
import { countMatches } from '../graph/operators/countMatches.ts';
import { dequantize } from '../graph/operators/dequantize.ts';
import { crossEntropy } from '../graph/operators/losses.ts';
import { matMul } from '../graph/operators/matMul.ts';
import { multiply } from '../graph/operators/multiply.ts';
import { slice } from '../graph/operators/slice.ts';
import { subtract } from '../graph/operators/subtract.ts';
import { input } from '../graph/tensor.ts';
import type { NetworkConfig } from '../nn/config.ts';
import { buildNetwork, classCount, type MaskInput, networkParameters } from '../nn/network.ts';
import { type OptimizerConfig, optimizerOf } from './optimizers.ts';
import { blockName, type StateBlock, stateBlocks } from './stateBlocks.ts';

/** What decides the graph; a change of any of it needs another graph. */
export interface TrainingGraphOptions {
  readonly network: NetworkConfig;
  readonly batch: number;
  readonly optimizer: OptimizerConfig;
  /** See `crossEntropy`. */
  readonly labelSmoothing: number;
  /** Whether an exponential moving average of the weights is kept beside them. */
  readonly averaging: boolean;
}

/** A tensor that goes into a step and comes out changed. */
export interface StateSpec {
  readonly name: string;
  readonly shape: Shape;
}

/** The graph of a training step. */
export interface TrainingGraph {
  /** Outputs by name: `loss` (mean over the batch), `correct` (a count), `next/<state>` for every block of every state tensor. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Dropout masks that must be fed, each under `mask/<layer>`. */
  readonly masks: readonly MaskInput[];
  /** Shapes of the inputs `images` (uint8), `targets` and `scalars` (float32). */
  readonly inputs: Readonly<
    Record<'images' | 'targets' | 'scalars', { readonly shape: Shape; readonly type: ElementType }>
  >;
}

/** State tensors of a training: parameters, then the optimiser's slots, then averaged weights. */
export function stateSpecs(options: Omit<TrainingGraphOptions, 'batch'>): StateSpec[] {
  const parameters = networkParameters(options.network);
  const { slots } = optimizerOf(options.optimizer);
  const trained = parameters.filter(({ trainable }) => trainable);
  return [
    ...parameters.map(({ name, shape }) => ({ name, shape })),
    ...slots.flatMap((slot) => trained.map(({ name, shape }) => ({ name: `${slot}/${name}`, shape }))),
    ...(options.averaging ? parameters.map(({ name, shape }) => ({ name: averageName(name), shape })) : []),
  ];
}

/** State name of a parameter's moving average. */
export function averageName(parameter: string): string {
  return `average/${parameter}`;
}

/** Numbers fed to every step beside the batch: the optimiser's, then the share that the moving average takes of the new weights. */
export function stepScalars(
  options: Omit<TrainingGraphOptions, 'batch'>,
  step: number,
  rate: number,
  averageShare: number,
): number[] {
  return [...optimizerOf(options.optimizer).scalars(step, rate), averageShare];
}

/** Builds the graph of one training step. */
export function trainingGraph(options: TrainingGraphOptions): TrainingGraph {
  const { network, batch, labelSmoothing, averaging } = options;
  const optimizer = optimizerOf(options.optimizer);
  const specs = networkParameters(network);
  const state = new Map(stateSpecs(options).map(({ name, shape }) => [name, input(name, shape)]));
  const images = input('images', [batch, ...network.input], 'uint8');
  const targets = input('targets', [batch, classCount(network)]);
  const scalarCount = optimizer.scalars(1, 0).length + 1;
  const scalars = input('scalars', [scalarCount]);
  const scalarAt = Array.from({ length: scalarCount }, (_, index) => slice(scalars, [index], [index + 1]));

  const masks: MaskInput[] = [];
  const { logits, updates } = buildNetwork(network, dequantize(images, 1 / 255), state, (mask) => {
    masks.push(mask);
    return input(`mask/${mask.layer}`, mask.shape, 'uint8');
  });
  const loss = crossEntropy(logits, targets, labelSmoothing);
  const trained = specs.filter(({ trainable }) => trainable);
  const slopes = gradients(
    loss,
    trained.map(({ name }) => state.get(name)!),
  );

  const next: Record<string, Tensor> = {};
  const write = (name: string, value: Tensor): void => {
    next[`next/${name}`] = value;
  };
  const share = scalarAt.at(-1)!;
  for (const [index, spec] of trained.entries()) {
    const blocks = stateBlocks(spec.shape);
    for (const [number, block] of blocks.entries()) {
      const nameOf = (name: string): string => blockName(name, number, blocks.length);
      const stateOf = (name: string): Tensor =>
        blocks.length === 1 ? state.get(name)! : input(nameOf(name), block.shape);
      const slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, stateOf(`${slot}/${spec.name}`)]));
      const slope = rowsOf(slopes[index]!, block);
      const changed = optimizer.update(stateOf(spec.name), slope, slots, scalarAt, spec.decays);
      write(nameOf(spec.name), changed.parameter);
      for (const [slot, value] of Object.entries(changed.state)) write(nameOf(`${slot}/${spec.name}`), value);
      if (averaging) {
        const average = averageName(spec.name);
        write(nameOf(average), averaged(stateOf(average), changed.parameter, share));
      }
    }
  }
  for (const [name, value] of updates) {
    write(name, value);
    if (averaging) write(averageName(name), averaged(state.get(averageName(name))!, value, share));
  }
  const outputs = { loss, correct: countMatches(logits, targets), ...next };
  return { outputs, masks, inputs: { images, targets, scalars } };
}

/** A block of a gradient; of a dense layer's only that block is computed, so that it is in the cache when it is used. */
function rowsOf(gradient: Tensor, { from, to, shape }: StateBlock): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const { origin } = gradient;
  if (origin.kind === 'node' && origin.node.operator.name === 'matMul') {
    const { inputs, attributes } = origin.node;
    const [a, b] = inputs as readonly [Tensor, Tensor];
    const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
    if (transposeA && a.shape.length === 2) {
      return matMul(slice(a, [0, from], [a.shape[0]!, to]), b, true, transposeB);
    }
  }
  const starts = gradient.shape.map((_, axis) => (axis === 0 ? from : 0));
  const ends = gradient.shape.map((extent, axis) => (axis === 0 ? to : extent));
  return slice(gradient, starts, ends);
}

/** `average + share (value - average)`. */
function averaged(average: Tensor, value: Tensor, share: Tensor): Tensor {
  return add(average, multiply(subtract(value, average), share));
}
