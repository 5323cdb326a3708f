// Conformance cases of batch normalisation.
import type { Shape } from '../../../src/core/floor.ts';
import { applyOne, type Tensor } from '../../../src/engine/graph/operator.ts';
import { batchNorm, batchNormGradientOperator } from '../../../src/engine/graph/operators/batchNorm.ts';
import { batchNormInference } from '../../../src/engine/graph/operators/batchNormInference.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { floats, given, type OperatorCase, type Rejection } from './conformance.ts';

const perChannel = (channels: number) => ({
  gamma: floats([channels], 0.5, 2),
  beta: floats([channels]),
});

function normalisation(what: string, shape: Shape, low: number, high: number, tolerance = {}): OperatorCase {
  return {
    name: `batchNorm of [${shape}], ${what}`,
    inputs: { x: floats(shape, low, high), ...perChannel(shape[1]!) },
    build: ({ x, gamma, beta }) => {
      const { y, mean, variance } = batchNorm(x!, gamma!, beta!, 1e-3);
      return [y, mean, variance];
    },
    differentiate: [0],
    tolerance,
  };
}

export const normalisationCases: readonly OperatorCase[] = [
  normalisation('means near 0', [4, 3, 3, 2], -1, 1),
  normalisation('means near 0', [7, 3], -1, 1),
  normalisation('one channel', [5, 1, 2, 2], -1, 1),
  normalisation('one pixel a picture', [6, 2, 1, 1], -2, 1),
  normalisation('one picture', [1, 2, 4, 3], -1, 2),
  // The gradient's sums cancel in float32 as the mean grows against the deviation: about 1e-7 mean / deviation a
  // number.
  normalisation('means at 9 deviations', [4, 3, 3, 3], 4, 6),
  normalisation('means at 9 deviations', [8, 3], -6, -4),
  normalisation('means at 90 deviations', [4, 3, 3, 3], 49, 51, { forward: 1e-4, gradient: 1e-3 }),
  {
    name: 'batchNorm of a constant channel',
    inputs: { x: given([3, 1], [2, 2, 2]), gamma: given([1], [3]), beta: given([1], [0.5]) },
    build: ({ x, gamma, beta }) => Object.values(batchNorm(x!, gamma!, beta!, 1e-3)),
    differentiate: [0],
    weights: [[1, 2, 3]],
    expected: [[0.5, 0.5, 0.5], [2], [0]],
    expectedGradients: { x: [-3 / Math.sqrt(1e-3), 0, 3 / Math.sqrt(1e-3)], gamma: [0], beta: [6] },
  },
  {
    name: 'batchNorm by hand: the variance is the biased one',
    inputs: { x: given([2, 2], [1, 10, 3, 30]), gamma: given([2], [1, 2]), beta: given([2], [0, 1]) },
    build: ({ x, gamma, beta }) => Object.values(batchNorm(x!, gamma!, beta!, 0)),
    // Normalising sends any two values to -1 and 1, so without epsilon the gradient is 0 but for rounding.
    differentiate: [],
    expected: [
      [-1, -1, 1, 3],
      [2, 20],
      [1, 100],
    ],
  },
  {
    // ONNX Runtime may let a statistic take the memory of what it is given: several of one size must not get in each
    // other's way.
    name: 'batchNorm four times over, all of one size, statistics handed out',
    inputs: Object.fromEntries([
      ...Object.entries(perChannel(2)),
      ...[0, 1, 2, 3].map((i) => [`x${i}`, floats([6, 2], i, i + 2)]),
    ]),
    build: ({ gamma, beta, ...xs }) =>
      Object.values(xs).flatMap((x) => Object.values(batchNorm(x, gamma!, beta!, 1e-3))),
    differentiate: [0, 3, 6, 9],
  },
  {
    name: 'batchNorm after batchNorm',
    inputs: { x: floats([6, 2, 2, 2], 1, 4), ...perChannel(2) },
    build: ({ x, gamma, beta }) => {
      const first = batchNorm(x!, gamma!, beta!, 1e-3);
      return batchNorm(first.y, beta!, gamma!, 1e-2).y;
    },
    tolerance: { gradient: 1e-3 },
  },
  ...[
    [3, 2, 2, 3],
    [4, 3],
  ].map((shape) => ({
    name: `batchNormInference of [${shape}]`,
    inputs: {
      x: floats(shape, 3, 6),
      ...perChannel(shape[1]!),
      mean: floats([shape[1]!], 3, 5),
      variance: floats([shape[1]!], 0.5, 2),
    },
    build: ({ x, gamma, beta, mean, variance }: Record<string, Tensor>) =>
      batchNormInference(x!, gamma!, beta!, mean!, variance!, 1e-3),
  })),
  {
    name: 'batchNormGradient by itself',
    inputs: {
      x: floats([4, 2]),
      gamma: floats([2]),
      mean: floats([2]),
      variance: floats([2], 1, 2),
      dy: floats([4, 2]),
    },
    build: (inputs) => applyOne(batchNormGradientOperator, Object.values(inputs), { epsilon: 1e-3 }),
    notDifferentiable: 'batchNormGradient',
  },
];

const x = (): Tensor => input('x', [2, 3]);
const image = (): Tensor => input('x', [2, 3, 4, 4]);
const channels = (name: string, count = 3): Tensor => input(name, [count]);

export const normalisationRejections: readonly Rejection[] = [
  {
    what: 'batchNorm with a gamma of other channels',
    build: () => batchNorm(image(), channels('g', 4), channels('b'), 1e-3),
    mentions: ['batchNorm', '[2, 3, 4, 4]', '[4]'],
  },
  {
    what: 'batchNorm with a beta of two axes',
    build: () => batchNorm(image(), channels('g'), input('b', [3, 1]), 1e-3),
    mentions: ['batchNorm', '[2, 3, 4, 4]', '[3, 1]'],
  },
  {
    what: 'batchNorm of one axis',
    build: () => batchNorm(channels('x'), channels('g'), channels('b'), 1e-3),
    mentions: ['batchNorm', '[3]'],
  },
  ...[1, 2, 3, 4].map((wrong) => ({
    what: `batchNormInference with input ${wrong} of other channels`,
    build: () => {
      const [g, b, m, v] = [1, 2, 3, 4].map((i) => channels(`c${i}`, i === wrong ? 5 : 3));
      return batchNormInference(image(), g!, b!, m!, v!, 1e-3);
    },
    mentions: ['batchNormInference', '[2, 3, 4, 4]', '[5]'],
  })),
  {
    what: 'batchNormGradient of another shape',
    build: () =>
      applyOne(batchNormGradientOperator, [x(), channels('g'), channels('m'), channels('v'), input('dy', [4, 3])], {
        epsilon: 1e-3,
      }),
    mentions: ['batchNormGradient', '[2, 3]', '[4, 3]'],
  },
];
