// Forward pass, loss and gradient of a shard of a batch as one graph. The optimiser is not in it: ONNX Runtime hands every
// output of a graph back as a copy, and parameters and moments are the largest tensors there are.
import type { Shape } from '../../core/index.ts';
import { gradients } from '../graph/gradients.ts';
import type { ElementType, Tensor } from '../graph/operator.ts';
import { add } from '../graph/operators/add.ts';
import { countMatches } from '../graph/operators/countMatches.ts';
import { dequantize } from '../graph/operators/dequantize.ts';
import { crossEntropy } from '../graph/operators/losses.ts';
import { multiply } from '../graph/operators/multiply.ts';
import { input, scalar } from '../graph/tensor.ts';
import type { NetworkConfig } from '../nn/config.ts';
import { buildNetwork, classCount, type MaskInput, networkParameters } from '../nn/network.ts';

/** What decides the graph; a change of any of it needs another graph. */
export interface GradientGraphOptions {
  readonly network: NetworkConfig;
  /** Pictures of the shard, at least 1. */
  readonly count: number;
  /** See `crossEntropy`. */
  readonly labelSmoothing: number;
}

/** The graph of a shard's gradient. */
export interface GradientGraph {
  /**
   * Outputs by name: `loss` (mean over the shard, of the last output alone), `correct` (a count), and for every parameter either `gradient/<name>` or,
   * where it is not trained, `update/<name>`, its new value.
   */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Dropout masks that must be fed, each under `mask/<layer>`. */
  readonly masks: readonly MaskInput[];
  /** Shapes of the inputs `images` (uint8) and `targets` (float32); parameters are inputs under their own names. */
  readonly inputs: Readonly<Record<'images' | 'targets', { readonly shape: Shape; readonly type: ElementType }>>;
}

/** Builds the graph of a shard's gradient. */
export function gradientGraph({ network, count, labelSmoothing }: GradientGraphOptions): GradientGraph {
  const specs = networkParameters(network);
  const parameters = new Map(specs.map(({ name, shape }) => [name, input(name, shape)]));
  const images = input('images', [count, ...network.input], 'uint8');
  const targets = input('targets', [count, classCount(network)]);
  const masks: MaskInput[] = [];
  const { logits, auxiliary, updates } = buildNetwork(network, dequantize(images, 1 / 255), parameters, (mask) => {
    masks.push(mask);
    return input(`mask/${mask.layer}`, mask.shape, 'uint8');
  });
  const loss = crossEntropy(logits, targets, labelSmoothing);
  const total = auxiliary.reduce(
    (sum, output) => add(sum, multiply(crossEntropy(output.logits, targets, labelSmoothing), scalar(output.weight))),
    loss,
  );
  const trained = specs.filter(({ trainable }) => trainable);
  const slopes = gradients(
    total,
    trained.map(({ name }) => parameters.get(name)!),
  );
  const outputs: Record<string, Tensor> = { loss, correct: countMatches(logits, targets) };
  for (const [index, { name }] of trained.entries()) outputs[`gradient/${name}`] = slopes[index]!;
  for (const [name, value] of updates) outputs[`update/${name}`] = value;
  return { outputs, masks, inputs: { images, targets } };
}
