// Rectified linear unit.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary, unary } from './elementwise.ts';

/** `max(x, 0)`. */
export const reluOperator: Operator<undefined> = unary({
  name: 'relu',
  onnx: 'Relu',
  f: (x) => Math.max(x, 0),
  gradient: (_x, y, dy) => applyOne(reluGradientOperator, [y, dy], undefined),
});

/** `dy` where the output is above 0, else 0: from the output, so that the input's memory can be used again. */
export const reluGradientOperator: Operator<undefined> = binary({
  name: 'reluGradient',
  onnx: ({ inputs, outputs }, onnx) => {
    const active = onnx.call('Greater', [inputs[0]!.name, onnx.scalar(0)]);
    onnx.node('Where', [active, inputs[1]!.name, onnx.scalar(0)], [outputs[0]!.name]);
  },
  f: (y, dy) => (y > 0 ? dy : 0),
});

/** `max(x, 0)`, element by element; the gradient at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return applyOne(reluOperator, [x], undefined);
}
