// Batch normalisation with given statistics, as at inference: a scale and shift per channel.

import { float } from '../onnxBuilder.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { add } from './add.ts';
import { type BatchNormAttributes, channelLoop, checkChannels } from './batchNorm.ts';
import { divide } from './divide.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { reduceSum } from './reduceSum.ts';
import { allAxes } from './reduction.ts';
import { reshape } from './reshape.ts';
import { squareRoot } from './squareRoot.ts';
import { subtract } from './subtract.ts';

/** `y = gamma (x - mean) / sqrt(variance + epsilon) + beta` per channel. Inputs: x, gamma, beta, mean, variance. */
export const batchNormInferenceOperator: Operator<BatchNormAttributes> = {
  name: 'batchNormInference',
  infer([x, ...perChannel]) {
    checkChannels('batchNormInference', x!, ...perChannel);
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit({ inputs, outputs, attributes }, onnx) {
    const names = inputs.map(({ name }) => name);
    onnx.node('BatchNormalization', names, [outputs[0]!.name], { epsilon: float(attributes.epsilon) });
  },
  gradient({ inputs: [x, gamma, , mean, variance], outputGradients: [dy], attributes }) {
    const { shape } = x!;
    const wide = (tensor: Tensor): Tensor => reshape(tensor, [shape[1]!, ...shape.slice(2).map(() => 1)]);
    const axes = allAxes(shape).filter((axis) => axis !== 1);
    const inverse = divide(scalar(1), squareRoot(add(variance!, scalar(attributes.epsilon))));
    const scale = multiply(gamma!, inverse);
    const dBeta = reduceSum(dy!, axes);
    const dGamma = multiply(reduceSum(multiply(dy!, subtract(x!, wide(mean!))), axes), inverse);
    const dVariance = multiply(multiply(dGamma, multiply(scale, inverse)), scalar(-0.5));
    return [multiply(dy!, wide(scale)), dGamma, dBeta, negate(multiply(dBeta, scale)), dVariance];
  },
  reference([x, gamma, beta, mean, variance], { epsilon }) {
    const y = new Float64Array(x!.data.length);
    channelLoop(x!.shape).forEach((index, c) => {
      const normal = (x!.data[index]! - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + epsilon);
      y[index] = normal * gamma!.data[c]! + beta!.data[c]!;
    });
    return [y];
  },
};

/** Normalises each channel by given statistics. Shapes as in `batchNorm`; mean and variance are `[channel]`. */
export function batchNormInference(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  mean: Tensor,
  variance: Tensor,
  epsilon: number,
): Tensor {
  return applyOne(batchNormInferenceOperator, [x, gamma, beta, mean, variance], { epsilon });
}
