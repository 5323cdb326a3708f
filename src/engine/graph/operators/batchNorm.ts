// Batch normalisation (Ioffe and Szegedy 2015) in training: by the mean and variance of the current batch.
import { formatShape, ShapeError, sameShape, sizeOf, UnsupportedError } from '../../../core/floor.ts';
import { float } from '../onnxBuilder.ts';
import { apply, type Operator, type Tensor } from '../operator.ts';
import { allAxes } from './reduction.ts';

/** Added to the variance, so that a constant channel causes no division by 0. */
export interface BatchNormAttributes {
  readonly epsilon: number;
}

/**
 * `y = gamma (x - mean) / sqrt(variance + epsilon) + beta` per channel; also gives the batch's mean and (biased)
 * variance.
 */
export const batchNormOperator: Operator<BatchNormAttributes> = {
  name: 'batchNorm',
  infer([x, gamma, beta]) {
    checkChannels('batchNorm', x!, gamma!, beta!);
    const channels = [x!.shape[1]!];
    return [x!.shape, channels, channels].map((shape) => ({ type: 'float32', shape }));
  },
  emit({ inputs: [x, gamma, beta], outputs, attributes }, onnx) {
    // With momentum 0 the returned "running" statistics are those of this batch alone, for any input statistics. ONNX
    // Runtime lets them reuse the memory of the input statistics (issue 29790 there), so no other tensor may share
    // that.
    const running = [onnx.scratch(gamma!.name), onnx.scratch(gamma!.name)];
    onnx.node(
      'BatchNormalization',
      [x!.name, gamma!.name, beta!.name, ...running],
      outputs.map(({ name }) => name),
      {
        epsilon: float(attributes.epsilon),
        momentum: float(0),
        training_mode: 1,
      },
    );
  },
  gradient({ inputs: [x, gamma], outputs: [, mean, variance], outputGradients: [dy, dMean, dVariance], attributes }) {
    if (dMean !== undefined || dVariance !== undefined || dy === undefined) {
      throw new UnsupportedError('batchNorm: no gradient flows through the mean and variance that it hands back');
    }
    return [...apply(batchNormGradientOperator, [x!, gamma!, mean!, variance!, dy], attributes)];
  },
  reference([x, gamma, beta], { epsilon }) {
    const { count, forEach } = channelLoop(x!.shape);
    const channels = x!.shape[1]!;
    const mean = new Float64Array(channels);
    const variance = new Float64Array(channels);
    forEach((index, c) => {
      mean[c] = mean[c]! + x!.data[index]! / count;
    });
    forEach((index, c) => {
      variance[c] = variance[c]! + (x!.data[index]! - mean[c]!) ** 2 / count;
    });
    const y = new Float64Array(x!.data.length);
    forEach((index, c) => {
      const normal = (x!.data[index]! - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
      y[index] = normal * gamma!.data[c]! + beta!.data[c]!;
    });
    return [y, mean, variance];
  },
};

/**
 * Computes the gradients by x, gamma and beta from x, gamma, mean, variance and dy.
 *
 * With `s = 1 / sqrt(variance + epsilon)`, `z = (x - mean) s` and N pixels per channel: `dbeta = sum dy`, `dgamma = sum
 * dy z`, `dx = gamma s (dy - dbeta / N - z dgamma / N)`.
 */
export const batchNormGradientOperator: Operator<BatchNormAttributes> = {
  name: 'batchNormGradient',
  infer([x, gamma, mean, variance, dy]) {
    checkChannels('batchNormGradient', x!, gamma!, mean!, variance!);
    if (!sameShape(x!.shape, dy!.shape)) {
      throw new ShapeError(`batchNormGradient: shapes ${formatShape(x!.shape)} and ${formatShape(dy!.shape)} differ`);
    }
    return [x!.shape, gamma!.shape, gamma!.shape].map((shape) => ({ type: 'float32', shape }));
  },
  emit({ inputs, outputs: [dx, dGamma, dBeta], attributes }, onnx) {
    const [x, gamma, mean, variance, dy] = inputs.map(({ name }) => name) as [string, string, string, string, string];
    const { shape } = inputs[0]!;
    const channels = shape[1]!;
    const count = sizeOf(shape) / channels;
    const axes = onnx.integers(allAxes(shape).filter((axis) => axis !== 1));
    const deviation = onnx.call('Sqrt', [onnx.call('Add', [variance, onnx.scalar(attributes.epsilon)])]);
    const inverse = onnx.call('Div', [onnx.scalar(1), deviation]);
    onnx.node('ReduceSum', [dy, axes], [dBeta!.name], { keepdims: 0 });
    const product = onnx.call('ReduceSum', [onnx.call('Mul', [dy, x]), axes], { keepdims: 0 });
    const centred = onnx.call('Sub', [product, onnx.call('Mul', [mean, dBeta!.name])]);
    onnx.node('Mul', [centred, inverse], [dGamma!.name]);
    // dx = A dy + B x + C with A, B, C per channel. BatchNormalization at inference is a scale and shift per channel in
    // one pass.
    const a = onnx.call('Mul', [gamma, inverse]);
    const minusShare = onnx.call('Mul', [a, onnx.scalar(-1 / count)]);
    const b = onnx.call('Mul', [onnx.call('Mul', [minusShare, inverse]), dGamma!.name]);
    const c = onnx.call('Sub', [onnx.call('Mul', [minusShare, dBeta!.name]), onnx.call('Mul', [b, mean])]);
    const zeros = onnx.constant('float32', [channels], new Float32Array(channels), 'zeros');
    const ones = onnx.constant('float32', [channels], new Float32Array(channels).fill(1), 'ones');
    const affine = (value: string, scale: string, shift: string): string =>
      onnx.call('BatchNormalization', [value, scale, shift, zeros, ones], { epsilon: float(0) });
    onnx.node('Add', [affine(dy, a, c), affine(x, b, zeros)], [dx!.name]);
  },
  reference([x, gamma, mean, variance, dy], { epsilon }) {
    const { count, forEach } = channelLoop(x!.shape);
    const channels = x!.shape[1]!;
    const [dGamma, dBeta] = [new Float64Array(channels), new Float64Array(channels)];
    const inverse = variance!.data.map((value) => 1 / Math.sqrt(value + epsilon));
    const normal = (index: number, c: number): number => (x!.data[index]! - mean!.data[c]!) * inverse[c]!;
    forEach((index, c) => {
      dBeta[c] = dBeta[c]! + dy!.data[index]!;
      dGamma[c] = dGamma[c]! + dy!.data[index]! * normal(index, c);
    });
    const dx = new Float64Array(x!.data.length);
    forEach((index, c) => {
      const error = dy!.data[index]! - dBeta[c]! / count - (normal(index, c) * dGamma[c]!) / count;
      dx[index] = gamma!.data[c]! * inverse[c]! * error;
    });
    return [dx, dGamma, dBeta];
  },
};

/**
 * Normalises each channel by the current batch, as in training. `batchNormInference` uses given statistics instead.
 *
 * @param x `[batch, channel, row, column]` or `[batch, channel]`.
 * @param gamma `[channel]`, the scale.
 * @param beta `[channel]`, the shift.
 * @returns the normalised tensor, and the batch's mean and biased variance, each `[channel]`.
 * @throws {ShapeError} naming the shapes that do not fit.
 */
export function batchNorm(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
): { y: Tensor; mean: Tensor; variance: Tensor } {
  const [y, mean, variance] = apply(batchNormOperator, [x, gamma, beta], { epsilon });
  return { y: y!, mean: mean!, variance: variance! };
}

/** Throws unless x has a channel axis and every other tensor has one number per channel. */
export function checkChannels(name: string, x: Tensor, ...perChannel: readonly Tensor[]): void {
  for (const tensor of perChannel) {
    if (x.shape.length < 2 || tensor.shape.length !== 1 || tensor.shape[0] !== x.shape[1]) {
      throw new ShapeError(
        `${name}: expected one number for every channel of ${formatShape(x.shape)}, received shape ${formatShape(tensor.shape)}`,
      );
    }
  }
}

/** Elements per channel, and a visit of every element with its channel. */
export function channelLoop(shape: readonly number[]): {
  count: number;
  forEach: (visit: (index: number, channel: number) => void) => void;
} {
  const channels = shape[1]!;
  const plane = sizeOf(shape.slice(2));
  return {
    count: shape[0]! * plane,
    forEach(visit) {
      for (let index = 0; index < sizeOf(shape); index++) visit(index, Math.floor(index / plane) % channels);
    },
  };
}
