// Constant: a value that stands in the node itself.
import { FormatError, sizeOf } from '../../../core/floor.ts';
import type { TensorData, TensorType } from '../../../onnx/floor.ts';
import type { Operator } from '../operator.ts';
import type { Constant } from '../values.ts';

/** The tensor, number or list of numbers in the node's one attribute. */
export const constant: Operator = {
  attributes: ['value', 'value_float', 'value_floats', 'value_int', 'value_ints'],
  prepare(node) {
    const value = ((): Constant => {
      const tensor = node.tensor('value');
      if (tensor !== undefined) return tensor;
      if (node.has('value_float')) return of('float32', [], Float32Array.of(node.float('value_float', 0)));
      if (node.has('value_int')) return of('int64', [], BigInt64Array.of(BigInt(node.int('value_int', 0))));
      const floats = node.floats('value_floats');
      if (floats !== undefined) return of('float32', [floats.length], Float32Array.from(floats));
      const ints = node.ints('value_ints');
      if (ints !== undefined) return of('int64', [ints.length], BigInt64Array.from(ints, BigInt));
      throw new FormatError(`${node.what}: expected an attribute with the value, received none`);
    })();
    if (value.data.length !== sizeOf(value.shape)) {
      throw node.misfit(`a shape of ${value.data.length} elements`, value.shape);
    }
    return {
      plan: () => ({
        outputs: [{ shape: value.shape, type: value.type }],
        work: value.data.length,
        bind: () => (_values, results) => {
          (results[0] as Float32Array).set(value.data as Float32Array);
        },
      }),
    };
  },
};

function of(type: TensorType, shape: readonly number[], data: TensorData): Constant {
  return { type, shape, data };
}
