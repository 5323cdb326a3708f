// Size of a step's gradients, layer by layer, which shows whether they reach the lower layers.
import type { NetworkConfig } from '../../../engine/floor.ts';
import { networkParameters, withoutAuxiliary } from '../../../engine/floor.ts';
import { factoredParameters } from './factoredGradients.ts';
import { gradientName, leftName, rightName, type TrainingMemory } from './trainingMemory.ts';

/**
 * Euclidean norm of the loss's gradient by each kernel, `|dL/dW| = sqrt(sum (dL/dW)^2)`, of the last step.
 *
 * A factored gradient `x^T g` is never computed: `|x^T g|^2 = sum_ab (x_a . x_b)(g_a . g_b)` over the batch's samples
 * a, b.
 *
 * @param memory of a team that is between two runs.
 * @param batch samples of a whole batch, on which the layout depends; `samples` those of the last step.
 * @returns by name of the kernel, in the order of the layers; auxiliary outputs are left out.
 */
export function gradientNorms(
  memory: TrainingMemory,
  network: NetworkConfig,
  batch: number,
  samples: number,
): Record<string, number> {
  const factored = new Set(factoredParameters(network, batch).map(({ name }) => name));
  const kernels = networkParameters(withoutAuxiliary(network)).filter(
    ({ shape, trainable }) => trainable && shape.length > 1,
  );
  return Object.fromEntries(
    kernels.map(({ name }) => {
      // The gradients of all shards are summed in the first shard's.
      if (!factored.has(name)) return [name, norm(memory.values(gradientName(0, name)))];
      const row = (values: Float32Array): ((sample: number) => Float32Array) => {
        const width = values.length / batch;
        return (sample) => values.subarray(sample * width, (sample + 1) * width);
      };
      const [left, right] = [row(memory.values(leftName(name))), row(memory.values(rightName(name)))];
      let square = 0;
      for (let a = 0; a < samples; a++) {
        for (let b = 0; b < samples; b++) square += product(left(a), left(b)) * product(right(a), right(b));
      }
      // Rounding may leave a tiny negative number instead of zero.
      return [name, Math.sqrt(Math.max(0, square))];
    }),
  );
}

function product(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}

function norm(values: Float32Array): number {
  return Math.sqrt(product(values, values));
}
