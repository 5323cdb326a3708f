// The optimisers' passes in plain TypeScript: the definition, and the fallback where WebAssembly is refused.
import type { UpdateKernels } from './updateKernels.ts';

/** The passes over a memory; sums are float64 and rounded once, when they are stored. */
export function plainUpdateKernels(memory: { readonly buffer: ArrayBufferLike }): UpdateKernels {
  const values = new Float32Array(memory.buffer);
  /** Calls `visit` with 0, 1, ... count - 1. */
  const each = (count: number, visit: (index: number) => void): void => {
    for (let index = 0; index < count; index++) visit(index);
  };
  return {
    floats: values,
    scale(target, source, count, weight) {
      const [t, s] = [target / 4, source / 4];
      each(count, (i) => {
        values[t + i] = weight * values[s + i]!;
      });
    },
    accumulate(target, source, count, weight) {
      const [t, s] = [target / 4, source / 4];
      each(count, (i) => {
        values[t + i]! += weight * values[s + i]!;
      });
    },
    approach(target, source, count, share) {
      const [t, s] = [target / 4, source / 4];
      each(count, (i) => {
        values[t + i]! += share * (values[s + i]! - values[t + i]!);
      });
    },
    adam(parameter, first, second, gradient, count, beta1, beta2, stepSize, epsilon, shrink) {
      const [p, m, v, g] = [parameter / 4, first / 4, second / 4, gradient / 4];
      each(count, (i) => {
        const slope = values[g + i]!;
        values[m + i] = beta1 * values[m + i]! + slope;
        values[v + i] = beta2 * values[v + i]! + slope * slope;
        const step = (stepSize * values[m + i]!) / (Math.sqrt(values[v + i]!) + epsilon);
        values[p + i] = shrink * values[p + i]! - step;
      });
    },
    momentum(parameter, velocity, gradient, count, momentum, rate, weightDecay, lookAhead, alongVelocity) {
      const [p, v, g] = [parameter / 4, velocity / 4, gradient / 4];
      each(count, (i) => {
        const slope = values[g + i]! + weightDecay * values[p + i]!;
        values[v + i] = momentum * values[v + i]! + slope;
        values[p + i]! -= rate * (lookAhead * slope + alongVelocity * values[v + i]!);
      });
    },
    outer(target, left, right, samples, leftStride, rightStride, columns) {
      for (let row = 0; row < 4; row++) {
        each(columns, (column) => {
          let sum = 0;
          for (let n = 0; n < samples; n++) {
            sum += values[(left + n * leftStride) / 4 + row]! * values[(right + n * rightStride) / 4 + column]!;
          }
          values[target / 4 + row * columns + column] = sum;
        });
      }
    },
    descend(parameter, gradient, count, rate, weightDecay) {
      const [p, g] = [parameter / 4, gradient / 4];
      each(count, (i) => {
        values[p + i]! -= rate * (values[g + i]! + weightDecay * values[p + i]!);
      });
    },
  };
}
