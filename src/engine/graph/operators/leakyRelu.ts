// Leaky rectified linear unit (Maas, Hannun and Ng 2013).

import { formatShape, ShapeError, sameShape } from '../../../core/floor.ts';
import { float } from '../onnxBuilder.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { unary } from './elementwise.ts';

interface LeakyAttributes {
  readonly slope: number;
}

/** `x` where x > 0, otherwise `slope * x`. */
export const leakyReluOperator: Operator<LeakyAttributes> = unary<LeakyAttributes>({
  name: 'leakyRelu',
  onnx: 'LeakyRelu',
  onnxAttributes: ({ slope }) => ({ alpha: float(slope) }),
  f: (x, { slope }) => (x > 0 ? x : slope * x),
  gradient: (x, _y, dy, attributes) => applyOne(leakyReluGradientOperator, [x, dy], attributes),
});

/** `dy` where x > 0, otherwise `slope * dy`. */
export const leakyReluGradientOperator: Operator<LeakyAttributes> = {
  name: 'leakyReluGradient',
  infer([x, dy]) {
    if (!sameShape(x!.shape, dy!.shape)) {
      throw new ShapeError(`leakyReluGradient: shapes ${formatShape(x!.shape)} and ${formatShape(dy!.shape)} differ`);
    }
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit({ inputs, outputs, attributes: { slope } }, onnx) {
    const active = onnx.call('Greater', [inputs[0]!.name, onnx.scalar(0)]);
    const weak = onnx.call('Mul', [inputs[1]!.name, onnx.scalar(slope)]);
    onnx.node('Where', [active, inputs[1]!.name, weak], [outputs[0]!.name]);
  },
  reference: ([x, dy], { slope }) => [dy!.data.map((value, i) => (x!.data[i]! > 0 ? value : slope * value))],
};

/** `x` where x > 0, otherwise `slope * x`; slope defaults to 0.01, the paper's and ONNX's. */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return applyOne(leakyReluOperator, [x], { slope });
}
