// Where two tensors are equal, as factors 0 and 1.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary } from './elementwise.ts';

/** 1 where `a` equals `b`, otherwise 0; no gradient flows through it. */
export const equalMaskOperator: Operator<undefined> = binary({
  name: 'equalMask',
  onnx: ({ inputs, outputs }, onnx) => {
    const equal = onnx.call('Equal', [inputs[0]!.name, inputs[1]!.name]);
    onnx.node('Cast', [equal], [outputs[0]!.name], { to: 1 });
  },
  f: (a, b) => (a === b ? 1 : 0),
});

/** 1 where `a` equals `b`, otherwise 0, as float32; shapes broadcast. */
export function equalMask(a: Tensor, b: Tensor): Tensor {
  return applyOne(equalMaskOperator, [a, b], undefined);
}
