// Bytes to numbers: pixels to 0..1, a dropout mask to 0 or 1 / keep.
import { ShapeError } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** `scale * byte`; no gradient flows into bytes. */
export const dequantizeOperator: Operator<{ readonly scale: number }> = {
  name: 'dequantize',
  infer([x]) {
    if (x!.type !== 'uint8') throw new ShapeError(`dequantize: expected uint8, received ${x!.type}`);
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit({ inputs, outputs, attributes }, onnx) {
    // DequantizeLinear converts and scales in one pass; Cast and Mul would take two.
    onnx.node('DequantizeLinear', [inputs[0]!.name, onnx.scalar(attributes.scale)], [outputs[0]!.name]);
  },
  reference: ([x], { scale }) => [x!.data.map((value) => value * scale)],
};

/** `scale * x` as float32. @param x uint8. @throws {ShapeError} for another type. */
export function dequantize(x: Tensor, scale: number): Tensor {
  return applyOne(dequantizeOperator, [x], { scale });
}
