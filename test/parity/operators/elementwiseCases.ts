// Conformance cases of the elementwise operators.
import type { Shape } from '../../../src/core/floor.ts';
import { applyOne, type Tensor } from '../../../src/engine/graph/operator.ts';
import { add } from '../../../src/engine/graph/operators/add.ts';
import { dequantize } from '../../../src/engine/graph/operators/dequantize.ts';
import { divide } from '../../../src/engine/graph/operators/divide.ts';
import { dropout } from '../../../src/engine/graph/operators/dropout.ts';
import { equalMask } from '../../../src/engine/graph/operators/equalMask.ts';
import { exponential } from '../../../src/engine/graph/operators/exponential.ts';
import { leakyRelu, leakyReluGradientOperator } from '../../../src/engine/graph/operators/leakyRelu.ts';
import { lessMask } from '../../../src/engine/graph/operators/lessMask.ts';
import { logarithm } from '../../../src/engine/graph/operators/logarithm.ts';
import { multiply } from '../../../src/engine/graph/operators/multiply.ts';
import { negate } from '../../../src/engine/graph/operators/negate.ts';
import { relu, reluGradientOperator } from '../../../src/engine/graph/operators/relu.ts';
import { sigmoid } from '../../../src/engine/graph/operators/sigmoid.ts';
import { squareRoot } from '../../../src/engine/graph/operators/squareRoot.ts';
import { subtract } from '../../../src/engine/graph/operators/subtract.ts';
import { tanh } from '../../../src/engine/graph/operators/tanh.ts';
import { constant, input } from '../../../src/engine/graph/tensor.ts';
import { topologicalOrder } from '../../../src/engine/graph/traverse.ts';
import { activations } from '../../../src/engine/nn/activation.ts';
import { bytes, floats, given, type OperatorCase, type Rejection } from './conformance.ts';

const shapes: readonly Shape[] = [[2, 3], [3], [2, 1], [1], []];
const text = (shape: Shape): string => `[${shape.join(', ')}]`;

const unaryCases: OperatorCase[] = [
  { f: relu, name: 'relu', low: -1, high: 1 },
  { f: leakyRelu, name: 'leakyRelu', low: -1, high: 1 },
  { f: (x: Tensor) => leakyRelu(x, 0.3), name: 'leakyRelu of slope 0.3', low: -1, high: 1 },
  { f: sigmoid, name: 'sigmoid', low: -5, high: 5 },
  { f: tanh, name: 'tanh', low: -3, high: 3 },
  { f: exponential, name: 'exponential', low: -3, high: 3 },
  { f: logarithm, name: 'logarithm', low: 0.5, high: 4 },
  { f: squareRoot, name: 'squareRoot', low: 0.5, high: 4 },
  { f: negate, name: 'negate', low: -1, high: 1 },
].flatMap(({ f, name, low, high }) =>
  [[2, 3, 4, 4], [5], []].map((shape) => ({
    name: `${name} of ${text(shape)}`,
    // One element alone would stand in the middle of the range, on the kink of a rectifier.
    inputs: { x: shape.length === 0 ? given([], [0.75]) : floats(shape, low, high) },
    build: ({ x }) => f(x!),
  })),
);

/** The activations of the table, so that one which brings an operator of its own needs no entry here. */
const activationKinds = Object.entries(activations).filter(([name]) => name !== 'linear');

const activationCases: OperatorCase[] = activationKinds.map(([name, { apply }]) => ({
  name: `activation ${name}`,
  inputs: { x: floats([3, 4, 5], -3.1, 2.9) },
  build: ({ x }) => apply(x!),
}));

/** Every pair of shapes that broadcasts, both ways round; four operators at once. */
const broadcastCases: OperatorCase[] = [
  ...shapes.flatMap((a) => shapes.map((b) => [a, b] as const)),
  [
    [2, 3, 4, 4],
    [3, 1, 1],
  ] as const,
  [
    [2, 1, 4, 1],
    [3, 1, 5],
  ] as const,
  [
    [1, 3],
    [4, 1, 1],
  ] as const,
].map(([a, b]) => ({
  name: `add, subtract, multiply, divide of ${text(a)} and ${text(b)}`,
  inputs: { a: floats(a), b: floats(b, 1, 2) },
  build: ({ a, b }) => [add(a!, b!), subtract(a!, b!), multiply(a!, b!), divide(a!, b!)],
}));

export const elementwiseCases: readonly OperatorCase[] = [
  ...unaryCases,
  ...activationCases,
  ...broadcastCases,
  {
    name: 'divide by negative numbers',
    inputs: { a: floats([3, 4]), b: floats([4], -2, -1) },
    build: ({ a, b }) => divide(a!, b!),
  },
  {
    name: 'a tensor with itself',
    inputs: { x: floats([2, 3], 1, 2) },
    build: ({ x }) => [add(x!, x!), subtract(x!, x!), multiply(x!, x!), divide(x!, x!)],
  },
  {
    name: 'relu at 0 has gradient 0',
    inputs: { x: given([5], [-1, -0, 0, 1e-30, 1]) },
    build: ({ x }) => relu(x!),
    weights: [[1, 2, 3, 4, 5]],
    expected: [[0, 0, 0, 1e-30, 1]],
    expectedGradients: { x: [0, 0, 0, 4, 5] },
  },
  {
    name: 'leakyRelu at 0 has the gradient of its left side',
    inputs: { x: given([4], [-1, 0, 1e-30, 1]) },
    build: ({ x }) => leakyRelu(x!, 0.25),
    weights: [[1, 2, 3, 4]],
    expected: [[-0.25, 0, 1e-30, 1]],
    expectedGradients: { x: [0.25, 0.5, 3, 4] },
  },
  {
    name: 'sigmoid and tanh far out are 0, 1 and -1 and no NaN',
    inputs: { x: given([4], [-200, -50, 50, 200]) },
    build: ({ x }) => [sigmoid(x!), tanh(x!)],
    expected: [
      [0, 0, 1, 1],
      [-1, -1, 1, 1],
    ],
    expectedGradients: { x: [0, 0, 0, 0] },
  },
  {
    name: 'equalMask',
    inputs: { a: given([2, 3], [1, 2, 3, 4, 5, 6]), b: given([3], [1, 5, 3]) },
    build: ({ a, b }) => equalMask(a!, b!),
    expected: [[1, 0, 1, 0, 1, 0]],
    notDifferentiable: 'equalMask',
  },
  {
    name: 'lessMask',
    inputs: { a: given([2, 3], [1, 2, 3, 4, 5, 6]), b: given([3], [2, 2, 7]) },
    build: ({ a, b }) => lessMask(a!, b!),
    expected: [[1, 0, 1, 0, 0, 1]],
    notDifferentiable: 'lessMask',
  },
  {
    name: 'reluGradient by itself',
    inputs: { y: given([4], [0, 1, -1, 2]), dy: floats([4]) },
    build: ({ y, dy }) => applyOne(reluGradientOperator, [y!, dy!], undefined),
    notDifferentiable: 'reluGradient',
  },
  {
    name: 'leakyReluGradient by itself',
    inputs: { x: given([4], [0, 1, -1, 2]), dy: floats([4]) },
    build: ({ x, dy }) => applyOne(leakyReluGradientOperator, [x!, dy!], { slope: 0.1 }),
    notDifferentiable: 'leakyReluGradient',
  },
  {
    name: 'dequantize',
    inputs: { x: bytes([2, 1, 3, 4]) },
    build: ({ x }) => dequantize(x!, 1 / 255),
  },
  {
    name: 'dequantize of the ends of the range',
    inputs: { x: given([3], [0, 128, 255], 'uint8') },
    build: ({ x }) => dequantize(x!, 1 / 255),
    expected: [[0, 128 / 255, 1]],
  },
  {
    name: 'dropout',
    inputs: { x: floats([3, 8]), mask: bytes([3, 8], 2) },
    build: ({ x, mask }) => dropout(x!, mask!, 0.8),
  },
  {
    name: 'dropout drops and scales',
    inputs: { x: given([1, 4], [1, 2, 3, 4]), mask: given([1, 4], [1, 0, 1, 0], 'uint8') },
    build: ({ x, mask }) => dropout(x!, mask!, 0.5),
    weights: [[1, 1, 1, 1]],
    expected: [[2, 0, 6, 0]],
    expectedGradients: { x: [2, 0, 2, 0] },
  },
];

const two = (): [Tensor, Tensor] => [input('a', [2, 3]), input('b', [2, 4])];
const mask = (): Tensor => input('mask', [2, 3], 'uint8');

export const elementwiseRejections: readonly Rejection[] = [
  ...[add, subtract, multiply, divide, equalMask, lessMask].flatMap((f) => [
    { what: `${f.name} of [2, 3] and [2, 4]`, build: () => f(...two()), mentions: [f.name, '[2, 3]', '[2, 4]'] },
    {
      what: `${f.name} of [2, 3] and [2, 3, 1]`,
      build: () => f(input('a', [4, 3]), input('b', [2, 3, 1])),
      mentions: [f.name, '[4, 3]', '[2, 3, 1]'],
    },
    { what: `${f.name} of bytes`, build: () => f(input('a', [2, 3]), mask()), mentions: [f.name, 'float32', 'uint8'] },
  ]),
  ...activationKinds.flatMap(([name, { apply }]) =>
    topologicalOrder([apply(input('x', [2, 3]))])
      .filter(({ inputs }) => inputs.length === 1)
      .map(({ operator, attributes }) => ({
        what: `${operator.name} of bytes, by activation ${name}`,
        build: () => applyOne(operator, [mask()], attributes),
        mentions: [operator.name, 'float32', 'uint8'],
      })),
  ),
  ...[relu, leakyRelu, sigmoid, tanh, exponential, logarithm, squareRoot, negate].map((f) => ({
    what: `${f.name} of bytes`,
    build: () => f(mask()),
    mentions: [f.name, 'float32', 'uint8'],
  })),
  {
    what: 'reluGradient of two shapes',
    build: () => applyOne(reluGradientOperator, two(), undefined),
    mentions: ['reluGradient', '[2, 3]', '[2, 4]'],
  },
  {
    what: 'leakyReluGradient of two shapes',
    build: () => applyOne(leakyReluGradientOperator, two(), { slope: 0.1 }),
    mentions: ['leakyReluGradient', '[2, 3]', '[2, 4]'],
  },
  {
    what: 'dequantize of numbers',
    build: () => dequantize(input('x', [2]), 1),
    mentions: ['dequantize', 'uint8', 'float32'],
  },
  {
    what: 'dropout with a mask of another shape',
    build: () => dropout(input('x', [4, 3]), input('mask', [3], 'uint8'), 0.5),
    mentions: ['dropout', '[4, 3]', '[3]'],
  },
  { what: 'a constant with too few values', build: () => constant([1, 2], [3]), mentions: ['[3]', '3 values', '2'] },
  { what: 'an input without elements', build: () => input('x', [2, 0]), mentions: ['"x"', '[2, 0]'] },
  { what: 'an input with half a row', build: () => input('x', [1.5, 2]), mentions: ['"x"', '[1.5, 2]'] },
];
