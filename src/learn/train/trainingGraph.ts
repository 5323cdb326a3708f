// The training step as one graph: forward pass, loss, gradient, optimiser, running statistics and averaged weights.
import type { Shape } from '../../core/index.ts';
import { gradients } from '../graph/gradients.ts';
import type { ElementType, Tensor } from '../graph/operator.ts';
import { add } from '../graph/operators/add.ts';
import { countMatches } from '../graph/operators/countMatches.ts';
import { dequantize } from '../graph/operators/dequantize.ts';
import { crossEntropy } from '../graph/operators/losses.ts';
import { multiply } from '../graph/operators/multiply.ts';
import { slice } from '../graph/operators/slice.ts';
import { subtract } from '../graph/operators/subtract.ts';
import { input } from '../graph/tensor.ts';
import type { NetworkConfig } from '../nn/config.ts';
import type { ParameterSpec } from '../nn/layer.ts';
import { buildNetwork, classCount, type MaskInput, networkParameters } from '../nn/network.ts';
import { type OptimizerConfig, optimizerOf } from './optimizers.ts';

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
  /** Outputs by name: `next/<state>` for every state tensor, `loss` (mean over the batch) and `correct` (a count). */
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

  const next = new Map<string, Tensor>(updates);
  for (const [index, spec] of trained.entries()) {
    const slots = Object.fromEntries(optimizer.slots.map((slot) => [slot, state.get(`${slot}/${spec.name}`)!]));
    const changed = optimizer.update(state.get(spec.name)!, slopes[index]!, slots, scalarAt, spec.decays);
    next.set(spec.name, changed.parameter);
    for (const [slot, value] of Object.entries(changed.state)) next.set(`${slot}/${spec.name}`, value);
  }
  if (averaging)
    for (const spec of specs) next.set(averageName(spec.name), averaged(spec, state, next, scalarAt.at(-1)!));

  const outputs: Record<string, Tensor> = { loss, correct: countMatches(logits, targets) };
  for (const name of state.keys()) outputs[`next/${name}`] = next.get(name)!;
  return { outputs, masks, inputs: { images, targets, scalars } };
}

/** `average + share (new - average)`. */
function averaged(
  { name }: ParameterSpec,
  state: ReadonlyMap<string, Tensor>,
  next: ReadonlyMap<string, Tensor>,
  share: Tensor,
): Tensor {
  const old = state.get(averageName(name))!;
  return add(old, multiply(subtract(next.get(name)!, old), share));
}
