// ReduceMean: the mean over some axes; from version 18 on the axes are an input.
import { sizeOf, stridesOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/** `y = mean of x over the axes`, which stay with extent 1 unless keepdims is 0; all axes where none are given. */
export const reduceMean: Operator = {
  attributes: ['axes', 'keepdims', 'noop_with_empty_axes'],
  prepare(node) {
    const stated = (node.opset < 18 ? node.ints('axes') : node.intConstant(1, 'axes')) ?? [];
    const keep = node.int('keepdims', 1) !== 0;
    if (stated.length === 0) node.demandInt('noop_with_empty_axes', 0);
    return {
      plan(inputs) {
        const shape = node.floatShape(inputs, 0);
        const axes = new Set(stated.length === 0 ? shape.keys() : stated.map((axis) => node.axis(axis, shape.length)));
        const kept = shape.map((extent, axis) => (axes.has(axis) ? 1 : extent));
        const count = sizeOf(shape) / Math.max(1, sizeOf(kept));
        if (count === 0) throw node.misfit('at least one element', shape);
        const keptStrides = stridesOf(kept);
        const steps = shape.map((_, axis) => (axes.has(axis) ? 0 : keptStrides[axis]!));
        return {
          outputs: [{ shape: keep ? kept : kept.filter((_, axis) => !axes.has(axis)), type: 'float32' }],
          scratchBytes: 8 * sizeOf(kept),
          work: sizeOf(shape),
          bind() {
            const place = new Int32Array(shape.length);
            const sums = new Float64Array(sizeOf(kept));
            return (values, results) => {
              const input = values[0] as Float32Array;
              const output = results[0] as Float32Array;
              sums.fill(0);
              place.fill(0);
              let to = 0;
              for (let from = 0; from < input.length; from++) {
                sums[to] = sums[to]! + input[from]!;
                for (let axis = shape.length - 1; axis >= 0; axis--) {
                  to += steps[axis]!;
                  place[axis] = place[axis]! + 1;
                  if (place[axis]! < shape[axis]!) break;
                  to -= steps[axis]! * shape[axis]!;
                  place[axis] = 0;
                }
              }
              for (let at = 0; at < output.length; at++) output[at] = sums[at]! / count;
            };
          },
        };
      },
    };
  },
};
