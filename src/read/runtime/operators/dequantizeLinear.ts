// DequantizeLinear: whole numbers of few bits become float32, by one scale or one for each place along an axis.
import { sizeOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/** `y = (x - zeroPoint) scale`; scale and zero point are constants; blocks of a shared scale are not honoured. */
export const dequantizeLinear: Operator = {
  attributes: ['axis', 'block_size', 'output_dtype'],
  prepare(node) {
    node.demandInt('block_size', 0);
    if (![0, 1].includes(node.int('output_dtype', 0))) throw node.unsupported('an output other than float32');
    const scale = node.floatConstant(1, 'scale');
    const zero = node.constant(2);
    if (node.hasInput(2) && zero === undefined) throw node.unsupported('a zero point that is computed');
    if (scale.shape.length > 1) throw node.misfit('a scale of at most one axis', scale.shape);
    if (zero !== undefined && zero.data.length !== scale.data.length) {
      throw node.misfit(`a zero point of shape [${scale.shape.join(', ')}]`, zero.shape);
    }
    return {
      plan(inputs) {
        const { shape, type } = node.info(inputs, 0);
        if (type !== 'int8' && type !== 'uint8' && type !== 'int32') throw node.unsupported(`input of type ${type}`);
        if (zero !== undefined && zero.type !== type)
          throw node.unsupported(`a zero point of type ${zero.type} for ${type}`);
        const axis = scale.shape.length === 0 ? 0 : node.axis(node.int('axis', 1), shape.length);
        const places = scale.data.length;
        // A scale of one element serves all; ONNX writes it as a scalar, some exporters as a list of one.
        if (places !== 1 && shape[axis] !== places) throw node.misfit(`extent ${places} at axis ${axis}`, shape);
        const inner = places === 1 ? 1 : sizeOf(shape.slice(axis + 1));
        return {
          outputs: [{ shape, type: 'float32' }],
          work: sizeOf(shape),
          bind: () => (values, results) => {
            const input = values[0] as Int8Array;
            const output = results[0] as Float32Array;
            for (let at = 0; at < output.length; at++) {
              const place = places === 1 ? 0 : Math.floor(at / inner) % places;
              output[at] = (input[at]! - Number(zero?.data[place] ?? 0)) * scale.data[place]!;
            }
          },
        };
      },
    };
  },
};
