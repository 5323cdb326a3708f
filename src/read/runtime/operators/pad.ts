// Pad: a border of one value round a tensor; only the mode `constant`.
import { sizeOf, stridesOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/** Widths before all axes, then behind all axes; negative widths, which crop, are refused. */
export const pad: Operator = {
  attributes: ['mode', 'pads', 'value'],
  prepare(node) {
    if (node.string('mode', 'constant') !== 'constant')
      throw node.unsupported(`attribute mode = ${node.string('mode', '')}`);
    if (node.hasInput(3)) throw node.unsupported('a choice of axes');
    const widths = (node.opset < 11 ? node.ints('pads') : node.intConstant(1, 'pads')) ?? [];
    if (widths.some((width) => width < 0)) throw node.unsupported(`widths [${widths.join(', ')}]`);
    const given = node.opset >= 11 && node.hasInput(2) ? node.floatConstant(2, 'value').data[0] : undefined;
    const value = given ?? node.float('value', 0);
    return {
      plan(inputs) {
        const shape = node.floatShape(inputs, 0);
        const rank = shape.length;
        if (widths.length !== rank * 2) throw node.misfit(`${widths.length / 2} axes`, shape);
        const result = shape.map((extent, axis) => extent + widths[axis]! + widths[axis + rank]!);
        const strides = stridesOf(result);
        const start = strides.reduce((sum, stride, axis) => sum + stride * widths[axis]!, 0);
        return {
          outputs: [{ shape: result, type: 'float32' }],
          work: sizeOf(result),
          bind() {
            const place = new Int32Array(rank);
            return (values, results) => {
              const input = values[0] as Float32Array;
              const output = results[0] as Float32Array;
              output.fill(value);
              place.fill(0);
              let to = start;
              for (let from = 0; from < input.length; from++) {
                output[to] = input[from]!;
                for (let axis = rank - 1; axis >= 0; axis--) {
                  to += strides[axis]!;
                  place[axis] = place[axis]! + 1;
                  if (place[axis]! < shape[axis]!) break;
                  to -= strides[axis]! * shape[axis]!;
                  place[axis] = 0;
                }
              }
            };
          },
        };
      },
    };
  },
};
