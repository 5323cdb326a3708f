// Forward pass, loss and gradient of a shard of a batch as one graph. Without the optimiser: ONNX Runtime returns every
// output of a graph as a copy, and parameters and moments are the largest tensors.
import { formatShape, type Shape, ShapeError } from '../../../core/floor.ts';
import type { ElementType, NetworkConfig, Tensor } from '../../../engine/floor.ts';
import {
  add,
  buildNetwork,
  classCount,
  countMatches,
  crossEntropy,
  dequantize,
  gradients,
  input,
  type MaskInput,
  multiply,
  networkParameters,
  scalar,
} from '../../../engine/floor.ts';

/** What determines the graph; any change needs another graph. */
export interface GradientGraphOptions {
  readonly network: NetworkConfig;
  /** Pictures of the shard, at least 1. */
  readonly count: number;
  /** See `crossEntropy`. */
  readonly labelSmoothing: number;
  /** Names of dense kernels whose gradient is given as its two factors (see `factoredParameters`). Default: none. */
  readonly factored?: ReadonlySet<string>;
  /** Also learn from soft targets, which are then an input `teacher`. */
  readonly distillation?: { readonly temperature: number; readonly weight: number } | undefined;
}

/** The graph of a shard's gradient. */
export interface GradientGraph {
  /**
   * Outputs by name: `loss` (mean over the shard, of the last output alone), `correct` (a count), and for every
   * parameter either `gradient/<name>` or, where it is not trained, `update/<name>`, its new value. A factored gradient
   * is `left/<name>`^T `right/<name>`, of shapes `[count, rows]` and `[count, columns]`.
   */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Dropout masks that must be fed, each under `mask/<layer>`. */
  readonly masks: readonly MaskInput[];
  /**
   * Inputs `images` (uint8), `targets` and perhaps `teacher` (float32); parameters are inputs under their own names.
   */
  readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly type: ElementType }>>;
}

/** Builds the graph of a shard's gradient. */
export function gradientGraph(options: GradientGraphOptions): GradientGraph {
  const { network, count, labelSmoothing, distillation } = options;
  const specs = networkParameters(network);
  const parameters = new Map(specs.map(({ name, shape }) => [name, input(name, shape)]));
  const images = input('images', [count, ...network.input], 'uint8');
  const targets = input('targets', [count, classCount(network)]);
  const masks: MaskInput[] = [];
  const { logits, auxiliary, updates } = buildNetwork(network, dequantize(images, 1 / 255), parameters, (mask) => {
    masks.push(mask);
    return input(`mask/${mask.layer}`, mask.shape, 'uint8');
  });
  const teacher = distillation && input('teacher', targets.shape);
  /** What is minimised: for the true classes, and for the teacher's answer. */
  const objective = (scores: Tensor): Tensor => {
    const hard = crossEntropy(scores, targets, labelSmoothing);
    if (distillation === undefined || teacher === undefined) return hard;
    const { temperature, weight } = distillation;
    const soft = crossEntropy(multiply(scores, scalar(1 / temperature)), teacher);
    // Gradients of the soft part shrink with T^2 (Hinton et al. 2015, section 2).
    return add(multiply(hard, scalar(1 - weight)), multiply(soft, scalar(weight * temperature ** 2)));
  };
  const loss = objective(logits);
  const total = auxiliary.reduce(
    (sum, output) => add(sum, multiply(objective(output.logits), scalar(output.weight))),
    loss,
  );
  const trained = specs.filter(({ trainable }) => trainable);
  const slopes = gradients(
    total,
    trained.map(({ name }) => parameters.get(name)!),
  );
  const outputs: Record<string, Tensor> = { loss, correct: countMatches(logits, targets) };
  for (const [index, { name }] of trained.entries()) {
    const slope = slopes[index];
    if (slope === undefined) continue;
    if (options.factored?.has(name)) {
      const [left, right] = factorsOf(slope, name);
      outputs[`left/${name}`] = left;
      outputs[`right/${name}`] = right;
    } else outputs[`gradient/${name}`] = slope;
  }
  for (const [name, value] of updates) outputs[`update/${name}`] = value;
  return { outputs, masks, inputs: { images, targets, ...(teacher && { teacher }) } };
}

/** The matrices whose product, the first transposed, is a dense kernel's gradient. */
function factorsOf({ origin, shape }: Tensor, name: string): readonly [Tensor, Tensor] {
  if (origin.kind === 'node' && origin.node.operator.name === 'matMul') {
    const { transposeA, transposeB } = origin.node.attributes as { transposeA: boolean; transposeB: boolean };
    const [left, right] = origin.node.inputs as readonly [Tensor, Tensor];
    if (transposeA && !transposeB && left.shape.length === 2) return [left, right];
  }
  throw new ShapeError(`gradient by "${name}" ${formatShape(shape)}: expected a product of two matrices`);
}
