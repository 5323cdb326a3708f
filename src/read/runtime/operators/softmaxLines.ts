// What Softmax and LogSoftmax share: which elements belong together. Before version 13 that was all axes from one on.
import { sizeOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/** `run(input, output, start, count, stride)` computes one line of elements that belong together. */
export type SoftmaxKernel = (
  input: Float32Array,
  output: Float32Array,
  start: number,
  count: number,
  stride: number,
) => void;

/** An operator that normalises lines. */
export function softmaxOperator(line: SoftmaxKernel): Operator {
  return {
    attributes: ['axis'],
    prepare: (node) => ({
      plan(inputs) {
        const shape = node.floatShape(inputs, 0);
        const flat = node.opset < 13;
        const axis = node.axis(node.int('axis', flat ? 1 : -1), shape.length);
        const outer = sizeOf(shape.slice(0, axis));
        const count = flat ? sizeOf(shape.slice(axis)) : (shape[axis] ?? 1);
        const inner = flat ? 1 : sizeOf(shape.slice(axis + 1));
        return {
          outputs: [{ shape, type: 'float32' }],
          work: sizeOf(shape),
          bind: () => (values, results) => {
            const input = values[0] as Float32Array;
            const output = results[0] as Float32Array;
            for (let row = 0; row < outer; row++) {
              for (let column = 0; column < inner; column++)
                line(input, output, row * count * inner + column, count, inner);
            }
          },
        };
      },
    }),
  };
}

/** The largest element of a line, subtracted before exponentials so that none overflows. */
export function lineMaximum(input: Float32Array, start: number, count: number, stride: number): number {
  let best = -Infinity;
  for (let i = 0; i < count; i++) if (input[start + i * stride]! > best) best = input[start + i * stride]!;
  return best;
}
