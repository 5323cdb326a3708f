// Whole numbers to float32.
import { ShapeError } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** The nearest float32 of each int32; no gradient flows into whole numbers. */
export const toFloatOperator: Operator<undefined> = {
  name: 'toFloat',
  infer([x]) {
    if (x!.type !== 'int32') throw new ShapeError(`toFloat: expected int32, received ${x!.type}`);
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit({ inputs, outputs }, onnx) {
    onnx.node('Cast', [inputs[0]!.name], [outputs[0]!.name], { to: 1 });
  },
  reference: ([x]) => [x!.data.slice()],
};

/**
 * `x` as float32, rounded beyond 2^24. @param x int32; bytes go through `dequantize`. @throws {ShapeError} for another
 * type.
 */
export function toFloat(x: Tensor): Tensor {
  return applyOne(toFloatOperator, [x], undefined);
}
