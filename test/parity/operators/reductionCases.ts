// Conformance cases of reductions, softmax and losses.
import type { Tensor } from '../../../src/engine/graph/operator.ts';
import { countMatches } from '../../../src/engine/graph/operators/countMatches.ts';
import { logSoftmax } from '../../../src/engine/graph/operators/logSoftmax.ts';
import { crossEntropy, meanSquaredError } from '../../../src/engine/graph/operators/losses.ts';
import { reduceMax } from '../../../src/engine/graph/operators/reduceMax.ts';
import { reduceMean } from '../../../src/engine/graph/operators/reduceMean.ts';
import { reduceSum } from '../../../src/engine/graph/operators/reduceSum.ts';
import { softmax } from '../../../src/engine/graph/operators/softmax.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { type CaseInput, floats, given, type OperatorCase, type Rejection } from './conformance.ts';

const reductions = [reduceSum, reduceMean, reduceMax] as const;

/** Every choice of axes. */
function subsets(rank: number): number[][] {
  return Array.from({ length: 2 ** rank }, (_, bits) =>
    Array.from({ length: rank }, (_, axis) => axis).filter((axis) => (bits >> axis) & 1),
  );
}

const reductionCases: OperatorCase[] = reductions.flatMap((reduce) =>
  [[2, 3, 4, 2], [5]].flatMap((shape) =>
    subsets(shape.length).flatMap((axes) =>
      [false, true].map((keepDims) => ({
        name: `${reduce.name} of [${shape}] over [${axes}]${keepDims ? ', keepDims' : ''}`,
        inputs: { x: floats(shape) },
        build: ({ x }: Record<string, Tensor>) => reduce(x!, axes, keepDims),
      })),
    ),
  ),
);

/** Rows that sum to 1 and hold no 0. */
function distributions([rows, classes]: readonly [number, number]): CaseInput {
  const values = Array.from({ length: rows * classes }, (_, i) => {
    const total = (classes * (classes + 1)) / 2;
    return (((i % classes) + Math.floor(i / classes)) % classes) / total + 1 / total;
  });
  return given([rows, classes], values);
}

function oneHot(rows: number, classes: number): CaseInput {
  return given(
    [rows, classes],
    Array.from({ length: rows * classes }, (_, i) =>
      (Math.floor(i / classes) * 7 + 2) % classes === i % classes ? 1 : 0,
    ),
  );
}

const lossCases: OperatorCase[] = [
  ...[0, 0.1].flatMap((smoothing) =>
    (
      [
        ['one-hot', oneHot(5, 4)],
        ['soft', distributions([5, 4])],
      ] as const
    ).map(([what, targets]) => ({
      name: `crossEntropy, ${what} targets, smoothing ${smoothing}`,
      inputs: { logits: floats([5, 4], -3, 3), targets },
      build: ({ logits, targets }: Record<string, Tensor>) => crossEntropy(logits!, targets!, smoothing),
    })),
  ),
  {
    name: 'crossEntropy of even logits is the logarithm of the classes',
    inputs: { logits: given([2, 4], [0, 0, 0, 0, 5, 5, 5, 5]), targets: oneHot(2, 4) },
    build: ({ logits, targets }) => crossEntropy(logits!, targets!),
    weights: [[8]],
    expected: [[Math.log(4)]],
    // (softmax - target) / batch
    expectedGradients: { logits: [1, 1, -3, 1, 1, -3, 1, 1], targets: new Array(8).fill(8 * Math.log(2)) },
  },
  {
    name: 'crossEntropy of huge logits',
    inputs: { logits: given([2, 3], [1000, -1000, 0, -2000, 3000, 2999]), targets: given([2, 3], [1, 0, 0, 0, 0, 1]) },
    build: ({ logits, targets }) => crossEntropy(logits!, targets!),
    expected: [[(1 + Math.log(1 + Math.exp(-1))) / 2]],
    tolerance: { finiteDifferences: 1e-5 },
  },
  {
    name: 'meanSquaredError',
    inputs: { outputs: floats([3, 4]), targets: floats([3, 4]) },
    build: ({ outputs, targets }) => meanSquaredError(outputs!, targets!),
  },
  {
    name: 'meanSquaredError by hand',
    inputs: { outputs: given([2], [1, 5]), targets: given([2], [2, 2]) },
    build: ({ outputs, targets }) => meanSquaredError(outputs!, targets!),
    weights: [[1]],
    expected: [[5]],
    expectedGradients: { outputs: [-1, 3], targets: [1, -3] },
  },
  {
    name: 'countMatches takes the first of equal numbers',
    inputs: {
      a: given([4, 3], [1, 2, 3, 3, 2, 1, 5, 5, 5, 0, 1, 1]),
      b: given([4, 3], [0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0]),
    },
    build: ({ a, b }) => countMatches(a!, b!),
    expected: [[3]],
    notDifferentiable: 'countMatches',
  },
  {
    name: 'countMatches of many rows',
    inputs: { a: floats([40, 10]), b: floats([40, 10]) },
    build: ({ a, b }) => countMatches(a!, b!),
    notDifferentiable: 'countMatches',
  },
];

const softmaxCases: OperatorCase[] = [softmax, logSoftmax].flatMap((f): OperatorCase[] => [
  ...[[3, 5], [2, 3, 4], [2, 2, 1, 3], [7], [4, 1]].map((shape) => ({
    name: `${f.name} of [${shape}]`,
    inputs: { x: floats(shape, -3, 3) },
    build: ({ x }: Record<string, Tensor>) => f(x!),
  })),
  {
    name: `${f.name} of huge logits`,
    inputs: { x: given([3, 3], [1e4, -1e4, 0, 1e30, 1e30, 0, -1e30, -1e4, -1e4]) },
    build: ({ x }) => f(x!),
    differentiate: [],
  },
  {
    name: `${f.name} of large logits, differentiated`,
    inputs: { x: given([2, 3], [500, 499, 498.5, -700, -701, 90]) },
    build: ({ x }) => f(x!),
  },
]);

export const reductionAndLossCases: readonly OperatorCase[] = [
  ...reductionCases,
  {
    name: 'reduceMax of equal numbers: they share the gradient',
    inputs: { x: given([2, 4], [1, 3, 3, 0, -5, -5, -5, -5]) },
    build: ({ x }) => reduceMax(x!, [1]),
    weights: [[1, 2]],
    expected: [[3, -5]],
    expectedGradients: { x: [0, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0.5] },
  },
  ...reductions.map((reduce) => ({
    name: `${reduce.name} of everything, by default`,
    inputs: { x: floats([2, 3]) },
    build: ({ x }: Record<string, Tensor>) => reduce(x!),
  })),
  ...reductions.map((reduce) => ({
    name: `${reduce.name} of a scalar`,
    inputs: { x: given([], [0.5]) },
    build: ({ x }: Record<string, Tensor>) => reduce(x!),
  })),
  ...softmaxCases,
  ...lossCases,
];

const x = (): Tensor => input('x', [2, 3]);

export const reductionAndLossRejections: readonly Rejection[] = [
  ...reductions.flatMap((reduce) => [
    { what: `${reduce.name} over axis 2`, build: () => reduce(x(), [2]), mentions: [reduce.name, '[2, 3]', '[2]'] },
    { what: `${reduce.name} over axis -1`, build: () => reduce(x(), [-1]), mentions: [reduce.name, '[2, 3]', '[-1]'] },
    {
      what: `${reduce.name} twice over`,
      build: () => reduce(x(), [1, 1]),
      mentions: [reduce.name, '[2, 3]', '[1, 1]'],
    },
    {
      what: `${reduce.name} over axis 0.5`,
      build: () => reduce(x(), [0.5]),
      mentions: [reduce.name, '[2, 3]', '[0.5]'],
    },
    {
      what: `${reduce.name} of bytes`,
      build: () => reduce(input('x', [2], 'uint8')),
      mentions: [reduce.name, 'uint8', 'float32'],
    },
  ]),
  ...[softmax, logSoftmax].flatMap((f) => [
    { what: `${f.name} of a scalar`, build: () => f(input('x', [])), mentions: [f.name, '[]', 'axis'] },
    { what: `${f.name} of bytes`, build: () => f(input('x', [2], 'uint8')), mentions: [f.name, 'uint8', 'float32'] },
  ]),
  ...[crossEntropy, meanSquaredError, countMatches].flatMap((loss) => [
    {
      what: `${loss.name} of other targets`,
      build: () => loss(x(), input('t', [2, 4])),
      mentions: [loss.name, '[2, 3]', '[2, 4]'],
    },
    {
      what: `${loss.name} of targets that would broadcast`,
      build: () => loss(x(), input('t', [3])),
      mentions: [loss.name, '[2, 3]', '[3]'],
    },
  ]),
  ...[crossEntropy, countMatches].map((loss) => ({
    what: `${loss.name} of one row without a batch`,
    build: () => loss(input('x', [3]), input('t', [3])),
    mentions: [loss.name, '[3]', '[batch, classes]'],
  })),
];
