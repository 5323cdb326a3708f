// Concat: tensors one after the other along an axis; works on constants of any type too.
import { sizeOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/** All extents but that of the axis must be equal. */
export const concat: Operator = {
  attributes: ['axis'],
  prepare(node) {
    const stated = node.int('axis', 1);
    return {
      plan(inputs) {
        const first = node.info(inputs, 0);
        const axis = node.axis(stated, first.shape.length);
        const shapes = inputs.map((_, index) => {
          const { shape, type } = node.info(inputs, index);
          if (type !== first.type) throw node.unsupported(`inputs of types ${first.type} and ${type}`);
          if (shape.length !== first.shape.length || shape.some((n, at) => at !== axis && n !== first.shape[at])) {
            throw node.misfit(`a shape like [${first.shape.join(', ')}] but for axis ${axis}`, shape);
          }
          return shape;
        });
        const extent = shapes.reduce((sum, shape) => sum + shape[axis]!, 0);
        const shape = first.shape.map((n, at) => (at === axis ? extent : n));
        const outer = sizeOf(shape.slice(0, axis));
        const lines = shapes.map((own) => sizeOf(own.slice(axis)));
        return {
          outputs: [{ shape, type: first.type }],
          work: sizeOf(shape),
          bind: () => (values, results) => {
            const output = results[0] as Float32Array;
            let to = 0;
            for (let row = 0; row < outer; row++) {
              for (let index = 0; index < lines.length; index++) {
                const input = values[index] as Float32Array;
                const length = lines[index]!;
                const from = row * length;
                for (let at = 0; at < length; at++) output[to + at] = input[from + at]!;
                to += length;
              }
            }
          },
        };
      },
    };
  },
};
