// Cast: constants of any type become float32, so that weights stored as float16 or int8 can be used.
import { sizeOf } from '../../../core/floor.ts';
import { fromFloat16, tensorTypeCode } from '../../../onnx/floor.ts';
import type { Operator } from '../operator.ts';

/** `y = x` as float32; any other target type is refused. */
export const cast: Operator = {
  attributes: ['saturate', 'to'],
  prepare(node) {
    node.demandInt('to', tensorTypeCode.float32);
    return {
      plan(inputs) {
        const { shape, type } = node.info(inputs, 0);
        return {
          outputs: [{ shape, type: 'float32' }],
          work: sizeOf(shape),
          bind: () => (values, results) => {
            const input = values[0]!;
            const output = results[0] as Float32Array;
            if (type === 'float16') output.set(fromFloat16(input as Uint16Array));
            else for (let at = 0; at < output.length; at++) output[at] = Number(input[at]);
          },
        };
      },
    };
  },
};
