// Where one tensor is below another, as factors 0 and 1.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary } from './elementwise.ts';

/** 1 where `a < b`, otherwise 0; no gradient flows through it. */
export const lessMaskOperator: Operator<undefined> = binary({
  name: 'lessMask',
  onnx: ({ inputs, outputs }, onnx) => {
    const less = onnx.call('Less', [inputs[0]!.name, inputs[1]!.name]);
    onnx.node('Cast', [less], [outputs[0]!.name], { to: 1 });
  },
  f: (a, b) => (a < b ? 1 : 0),
});

/** 1 where `a < b`, otherwise 0, as float32; shapes broadcast. @throws {ShapeError} naming both shapes. */
export function lessMask(a: Tensor, b: Tensor): Tensor {
  return applyOne(lessMaskOperator, [a, b], undefined);
}
