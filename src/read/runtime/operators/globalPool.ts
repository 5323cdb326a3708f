// What GlobalAveragePool and GlobalMaxPool share: one value for each channel of each picture.
import type { Operator } from '../operator.ts';
import { imageShape } from './window.ts';

/** A global pooling operator from the function that turns a plane `values[start..end)` into its value. */
export function globalPoolOperator(reduce: (values: Float32Array, start: number, end: number) => number): Operator {
  return {
    attributes: [],
    prepare: (node) => ({
      plan(inputs) {
        const shape = node.floatShape(inputs, 0);
        const [batch, channels, rows, columns] = imageShape(node, shape);
        const plane = rows * columns;
        if (plane === 0) throw node.misfit('at least one pixel', shape);
        return {
          outputs: [{ shape: [batch, channels, 1, 1], type: 'float32' }],
          work: batch * channels * plane,
          bind: () => (values, results) => {
            const input = values[0] as Float32Array;
            const output = results[0] as Float32Array;
            for (let at = 0; at < batch * channels; at++) output[at] = reduce(input, at * plane, (at + 1) * plane);
          },
        };
      },
    }),
  };
}
