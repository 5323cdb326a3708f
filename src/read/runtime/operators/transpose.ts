// Transpose: the axes in another order; works on constants of any type too.
import { sizeOf, stridesOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/** Axis `i` of the result is axis `perm[i]` of the input; reversed where the node does not say. */
export const transpose: Operator = {
  attributes: ['perm'],
  prepare: (node) => ({
    plan(inputs) {
      const { shape, type } = node.info(inputs, 0);
      const order = node.ints('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
      if ([...order].sort((a, b) => a - b).some((axis, at) => axis !== at) || order.length !== shape.length) {
        throw node.misfit(`a tensor with axes ${order.join(', ')}`, shape);
      }
      const strides = stridesOf(shape);
      const extents = order.map((axis) => shape[axis]!);
      const steps = order.map((axis) => strides[axis]!);
      return {
        outputs: [{ shape: extents, type }],
        work: sizeOf(shape),
        bind() {
          const place = new Int32Array(extents.length);
          return (values, results) => {
            // Elements only move, so what type they have does not matter.
            const input = values[0] as Float32Array;
            const output = results[0] as Float32Array;
            place.fill(0);
            let from = 0;
            for (let to = 0; to < output.length; to++) {
              output[to] = input[from]!;
              for (let axis = extents.length - 1; axis >= 0; axis--) {
                from += steps[axis]!;
                place[axis] = place[axis]! + 1;
                if (place[axis]! < extents[axis]!) break;
                from -= steps[axis]! * extents[axis]!;
                place[axis] = 0;
              }
            }
          };
        },
      };
    },
  }),
};
