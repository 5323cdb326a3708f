// Conformance cases of pooling.
import type { Shape } from '../../../src/core/floor.ts';
import { applyOne } from '../../../src/engine/graph/operator.ts';
import { averagePool2d, averagePool2dGradientOperator } from '../../../src/engine/graph/operators/averagePool2d.ts';
import { globalAveragePool2d, globalMaxPool2d } from '../../../src/engine/graph/operators/globalPool2d.ts';
import { maxPool2d, maxPool2dGradientOperator } from '../../../src/engine/graph/operators/maxPool2d.ts';
import type { Pads, Pair } from '../../../src/engine/graph/operators/window.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { floats, given, type OperatorCase, type Rejection } from './conformance.ts';

type Padding = 'valid' | 'same' | Pads;

const geometries: readonly (readonly [what: string, x: Shape, size: Pair, stride?: Pair, padding?: Padding])[] = [
  ['2x2', [2, 3, 6, 4], [2, 2]],
  ['2x2, last row and column not reached', [2, 2, 5, 7], [2, 2]],
  ['3x2', [1, 2, 6, 4], [3, 2]],
  ['1x1', [1, 2, 3, 3], [1, 1]],
  ['3x3 that overlap by 1', [2, 2, 7, 7], [3, 3], [2, 2]],
  ['3x3 that overlap by 2', [1, 2, 5, 6], [3, 3], [1, 1]],
  ['2x2, stride 3: pixels between windows', [1, 2, 8, 7], [2, 2], [3, 3]],
  ['2x3, stride 1x2', [1, 2, 5, 6], [2, 3], [1, 2]],
  ['2x2, same', [1, 2, 5, 7], [2, 2], [2, 2], 'same'],
  ['3x3, stride 2, same', [2, 2, 6, 5], [3, 3], [2, 2], 'same'],
  ['3x3, stride 1, same', [1, 2, 4, 5], [3, 3], [1, 1], 'same'],
  ['3x3, padded all round', [1, 2, 5, 5], [3, 3], [2, 2], [1, 1, 1, 1]],
  ['3x2, padded unevenly', [2, 1, 6, 5], [3, 2], [2, 2], [2, 0, 1, 1]],
  ['as large as the image', [2, 3, 4, 3], [4, 3]],
  ['one pixel', [1, 1, 1, 1], [1, 1]],
];

const window = { kernel: [2, 2], stride: [2, 2], pads: [0, 0, 0, 0] } as const;

export const poolCases: readonly OperatorCase[] = [
  ...geometries.flatMap(([what, x, size, stride, padding]): OperatorCase[] => [
    {
      name: `maxPool2d ${what}`,
      inputs: { x: floats(x) },
      build: (inputs) => maxPool2d(inputs.x!, size, stride, padding),
    },
    {
      // Padding must not win over numbers below 0.
      name: `maxPool2d of negative numbers, ${what}`,
      inputs: { x: floats(x, -3, -1) },
      build: (inputs) => maxPool2d(inputs.x!, size, stride, padding),
    },
    {
      name: `averagePool2d ${what}`,
      inputs: { x: floats(x) },
      build: (inputs) => averagePool2d(inputs.x!, size, stride, padding),
    },
  ]),
  {
    name: 'maxPool2d of equal numbers: the first of each window wins',
    inputs: { x: given([1, 1, 4, 4], [5, 5, 0, 7, 5, 5, 7, 7, 0, 0, 3, 1, 0, 0, 2, 3]) },
    build: ({ x }) => maxPool2d(x!, [2, 2]),
    weights: [[1, 2, 3, 4]],
    expected: [[5, 7, 0, 3]],
    expectedGradients: { x: [1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0] },
  },
  {
    name: 'maxPool2d of equal numbers in overlapping, padded windows',
    inputs: { x: given([1, 1, 3, 3], [1, 1, 1, 1, 1, 1, 1, 1, 1]) },
    build: ({ x }) => maxPool2d(x!, [2, 2], [1, 1], [1, 1, 0, 0]),
    weights: [[1, 2, 4, 8, 16, 32, 64, 128, 256]],
    expected: [[1, 1, 1, 1, 1, 1, 1, 1, 1]],
    expectedGradients: { x: [1 + 2 + 8 + 16, 4 + 32, 0, 64 + 128, 256, 0, 0, 0, 0] },
  },
  {
    // What a rectifier leaves: whole windows of 0.
    name: 'maxPool2d of many zeros, wide enough for vector code',
    inputs: {
      x: given(
        [1, 2, 6, 40],
        Array.from({ length: 480 }, (_, i) => (i % 7 === 3 ? i % 5 : 0)),
      ),
    },
    build: ({ x }) => maxPool2d(x!, [3, 2], [3, 2]),
    weights: [Array.from({ length: 80 }, (_, i) => i + 1)],
    expectedGradients: { x: firstWins() },
  },
  {
    name: 'averagePool2d leaves the padding out of the count',
    inputs: { x: given([1, 1, 2, 2], [1, 2, 3, 4]) },
    build: ({ x }) => averagePool2d(x!, [2, 2], [2, 2], [1, 1, 1, 1]),
    weights: [[1, 2, 3, 4]],
    expected: [[1, 2, 3, 4]],
    expectedGradients: { x: [1, 2, 3, 4] },
  },
  ...[
    [2, 3, 4, 5],
    [1, 1, 1, 1],
    [3, 2, 1, 4],
  ].flatMap((shape): OperatorCase[] => [
    {
      name: `globalAveragePool2d of ${shape.join('x')}`,
      inputs: { x: floats(shape) },
      build: ({ x }) => globalAveragePool2d(x!),
    },
    {
      name: `globalMaxPool2d of ${shape.join('x')}`,
      inputs: { x: floats(shape) },
      build: ({ x }) => globalMaxPool2d(x!),
    },
  ]),
  {
    name: 'globalMaxPool2d of equal numbers: they share',
    inputs: { x: given([1, 2, 1, 3], [1, 1, 0, 2, 3, 3]) },
    build: ({ x }) => globalMaxPool2d(x!),
    weights: [[1, 3]],
    expectedGradients: { x: [0.5, 0.5, 0, 0, 1.5, 1.5] },
  },
  {
    name: 'maxPool2dGradient by itself',
    inputs: { x: floats([1, 1, 4, 4]), y: floats([1, 1, 2, 2]), dy: floats([1, 1, 2, 2]) },
    build: ({ x, y, dy }) => applyOne(maxPool2dGradientOperator, [x!, y!, dy!], window),
    notDifferentiable: 'maxPool2dGradient',
  },
  {
    name: 'averagePool2dGradient by itself',
    inputs: { dy: floats([1, 1, 2, 2]) },
    build: ({ dy }) => applyOne(averagePool2dGradientOperator, [dy!], { ...window, inputShape: [1, 1, 5, 5] }),
    notDifferentiable: 'averagePool2dGradient',
  },
];

/** The gradient of the case of many zeros, in loops of its own: window 3x2 without overlap on two planes of 6x40. */
function firstWins(): number[] {
  const gradient = new Array<number>(480).fill(0);
  for (let output = 0; output < 80; output++) {
    const [plane, row, column] = [Math.floor(output / 40), Math.floor(output / 20) % 2, output % 20];
    let [best, at] = [-1, -1];
    for (let i = 0; i < 6; i++) {
      const index = plane * 240 + (row * 3 + Math.floor(i / 2)) * 40 + column * 2 + (i % 2);
      const value = index % 7 === 3 ? index % 5 : 0;
      if (value > best) [best, at] = [value, index];
    }
    gradient[at] = output + 1;
  }
  return gradient;
}

const image = [1, 1, 4, 4];

export const poolRejections: readonly Rejection[] = [maxPool2d, averagePool2d].flatMap((pool): Rejection[] => [
  {
    what: `${pool.name} of a window larger than the image`,
    build: () => pool(input('x', image), [5, 2]),
    mentions: [pool.name, '[5, 2]', '[1, 1, 4, 4]'],
  },
  { what: `${pool.name} of two axes`, build: () => pool(input('x', [4, 4]), [2, 2]), mentions: [pool.name, '[4, 4]'] },
  {
    what: `${pool.name} of stride 0`,
    build: () => pool(input('x', image), [2, 2], [2, 0]),
    mentions: [pool.name, '[2, 0]', '[2, 2]'],
  },
  {
    what: `${pool.name} of half a pixel`,
    build: () => pool(input('x', image), [1.5, 2]),
    mentions: [pool.name, '[1.5, 2]'],
  },
  {
    what: `${pool.name} with windows of padding alone`,
    build: () => pool(input('x', image), [2, 2], [2, 2], [0, 2, 0, 0]),
    mentions: [pool.name, '[2, 2]', '[0, 2, 0, 0]'],
  },
  {
    what: `${pool.name} of bytes`,
    build: () => pool(input('x', image, 'uint8'), [2, 2]),
    mentions: [pool.name, 'uint8', 'float32'],
  },
]);

export const poolOtherRejections: readonly Rejection[] = [
  ...[globalAveragePool2d, globalMaxPool2d].map((pool) => ({
    what: `${pool.name} of two axes`,
    build: () => pool(input('x', [4, 4])),
    mentions: ['global', '[4, 4]', '[batch, channel, row, column]'],
  })),
  {
    what: 'maxPool2dGradient of another shape',
    build: () =>
      applyOne(
        maxPool2dGradientOperator,
        [input('x', image), input('y', [1, 1, 2, 2]), input('dy', [1, 1, 2, 3])],
        window,
      ),
    mentions: ['maxPool2dGradient', '[1, 1, 2, 2]', '[1, 1, 2, 3]'],
  },
  {
    what: 'averagePool2dGradient of another shape',
    build: () => applyOne(averagePool2dGradientOperator, [input('dy', [1, 1, 3, 2])], { ...window, inputShape: image }),
    mentions: ['averagePool2dGradient', '[1, 1, 2, 2]', '[1, 1, 3, 2]'],
  },
];
