// Conformance cases of what moves numbers about: reshape, transpose, concat, slice, pad, broadcastTo; and matrix
// products.
import type { Shape } from '../../../src/core/floor.ts';
import type { Tensor } from '../../../src/engine/graph/operator.ts';
import { concat } from '../../../src/engine/graph/operators/concat.ts';
import { matMul } from '../../../src/engine/graph/operators/matMul.ts';
import { multiply } from '../../../src/engine/graph/operators/multiply.ts';
import { broadcastTo, sumTo } from '../../../src/engine/graph/operators/reduceSum.ts';
import { flatten, reshape } from '../../../src/engine/graph/operators/reshape.ts';
import { pad, slice } from '../../../src/engine/graph/operators/slice.ts';
import { transpose } from '../../../src/engine/graph/operators/transpose.ts';
import { input, scalar } from '../../../src/engine/graph/tensor.ts';
import { floats, given, type OperatorCase, type Rejection } from './conformance.ts';

const flags = [false, true] as const;
const mark = (transposed: boolean): string => (transposed ? ' transposed' : '');
const turned = (shape: Shape, transposed: boolean): Shape =>
  transposed ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;

/** Shapes before transposition; every one of the four transposes of each. */
const products: readonly (readonly [Shape, Shape])[] = [
  [
    [3, 4],
    [4, 5],
  ],
  [
    [1, 1],
    [1, 1],
  ],
  [
    [17, 33],
    [33, 19],
  ],
  [
    [2, 3, 4],
    [2, 4, 5],
  ],
  [
    [2, 3, 4],
    [4, 5],
  ],
  [
    [3, 4],
    [2, 4, 5],
  ],
  [
    [2, 1, 3, 4],
    [3, 4, 2],
  ],
  [
    [2, 3, 2, 4],
    [1, 3, 4, 2],
  ],
];

const matMulCases: OperatorCase[] = products.flatMap(([a, b]) =>
  flags.flatMap((transposeA) =>
    flags.map((transposeB) => ({
      name: `matMul of [${a}]${mark(transposeA)} and [${b}]${mark(transposeB)}`,
      inputs: { a: floats(turned(a, transposeA)), b: floats(turned(b, transposeB)) },
      build: (inputs) => matMul(inputs.a!, inputs.b!, transposeA, transposeB),
    })),
  ),
);

const reshapes: readonly (readonly [Shape, Shape])[] = [
  [
    [2, 3],
    [3, 2],
  ],
  [[2, 3], [6]],
  [
    [2, 3, 4],
    [2, 12],
  ],
  [
    [2, 12],
    [2, 3, 2, 2],
  ],
  [
    [2, 3, 4],
    [4, 6],
  ],
  [[3], [3, 1, 1]],
  [[], [1]],
  [[1, 1], []],
  [
    [4, 3],
    [4, 1, 3],
  ],
];

const permutations: readonly (readonly [Shape, readonly number[]])[] = [
  [
    [2, 3],
    [1, 0],
  ],
  [
    [2, 3, 4],
    [2, 0, 1],
  ],
  [
    [2, 3, 4],
    [0, 2, 1],
  ],
  [
    [2, 3, 4, 5],
    [1, 0, 2, 3],
  ],
  [
    [2, 3, 4, 5],
    [0, 2, 3, 1],
  ],
  [
    [2, 3, 4, 5],
    [3, 1, 2, 0],
  ],
  [[5], [0]],
];

const expansions: readonly (readonly [Shape, Shape])[] = [
  [[], [2, 3]],
  [[1], [4]],
  [[3], [2, 3]],
  [
    [2, 1],
    [2, 3],
  ],
  [
    [3, 1, 1],
    [2, 3, 4, 5],
  ],
  [
    [1, 1],
    [3, 2],
  ],
];

export const layoutCases: readonly OperatorCase[] = [
  ...matMulCases,
  {
    name: 'matMul by hand',
    inputs: { a: given([2, 2], [1, 2, 3, 4]), b: given([2, 1], [10, 100]) },
    build: ({ a, b }) => matMul(a!, b!),
    weights: [[1, 2]],
    expected: [[210, 430]],
    expectedGradients: { a: [10, 100, 20, 200], b: [7, 10] },
  },
  {
    name: 'matMul of a matrix with its own transpose',
    inputs: { a: floats([3, 4]) },
    build: ({ a }) => matMul(a!, a!, false, true),
  },
  ...reshapes.map(([from, to]) => ({
    name: `reshape of [${from}] to [${to}]`,
    inputs: { x: floats(from) },
    build: ({ x }: Record<string, Tensor>) => reshape(x!, to),
  })),
  { name: 'reshape to the same shape', inputs: { x: floats([2, 3]) }, build: ({ x }) => reshape(x!, [2, 3]) },
  { name: 'flatten of [2,3,4,5]', inputs: { x: floats([2, 3, 4, 5]) }, build: ({ x }) => flatten(x!) },
  { name: 'flatten of [2,3]', inputs: { x: floats([2, 3]) }, build: ({ x }) => flatten(x!) },
  ...permutations.map(([shape, permutation]) => ({
    name: `transpose of [${shape}] to axes [${permutation}]`,
    inputs: { x: floats(shape) },
    build: ({ x }: Record<string, Tensor>) => transpose(x!, permutation),
  })),
  {
    name: 'transpose by hand',
    inputs: { x: given([2, 3], [1, 2, 3, 4, 5, 6]) },
    build: ({ x }) => transpose(x!, [1, 0]),
    expected: [[1, 4, 2, 5, 3, 6]],
  },
  ...[0, 1, 2].map((axis) => ({
    name: `concat of three tensors along axis ${axis}`,
    inputs: Object.fromEntries(
      [1, 2, 3].map((extent) => [`x${extent}`, floats([2, 3, 2].map((size, i) => (i === axis ? extent : size)))]),
    ),
    build: ({ x1, x2, x3 }: Record<string, Tensor>) => concat([x1!, x2!, x3!], axis),
  })),
  {
    name: 'concat of a tensor with itself',
    inputs: { x: floats([2, 3]) },
    build: ({ x }) => concat([x!, x!], 1),
  },
  { name: 'concat of one tensor', inputs: { x: floats([2, 3]) }, build: ({ x }) => concat([x!], 1) },
  {
    name: 'concat by hand, one part differentiated',
    inputs: { x: given([2, 1], [1, 2]) },
    build: ({ x }) => concat([broadcastTo(scalar(9), [2, 2]), x!], 1),
    weights: [[1, 2, 3, 4, 5, 6]],
    expected: [[9, 9, 1, 9, 9, 2]],
    expectedGradients: { x: [3, 6] },
  },
  {
    name: 'slice of the middle',
    inputs: { x: floats([3, 5, 4]) },
    build: ({ x }) => slice(x!, [1, 0, 2], [2, 5, 4]),
  },
  { name: 'slice of one element', inputs: { x: floats([4]) }, build: ({ x }) => slice(x!, [3], [4]) },
  { name: 'slice of everything', inputs: { x: floats([2, 3]) }, build: ({ x }) => slice(x!, [0, 0], [2, 3]) },
  {
    name: 'slices that overlap add up',
    inputs: { x: given([4], [1, 2, 3, 4]) },
    build: ({ x }) => [slice(x!, [0], [3]), slice(x!, [1], [4])],
    weights: [
      [1, 2, 3],
      [10, 20, 30],
    ],
    expected: [
      [1, 2, 3],
      [2, 3, 4],
    ],
    expectedGradients: { x: [1, 12, 23, 30] },
  },
  { name: 'pad on every side', inputs: { x: floats([2, 3]) }, build: ({ x }) => pad(x!, [1, 2], [3, 0]) },
  {
    name: 'pad of images',
    inputs: { x: floats([2, 2, 3, 3]) },
    build: ({ x }) => pad(x!, [0, 0, 1, 0], [0, 0, 0, 2]),
  },
  { name: 'pad by nothing', inputs: { x: floats([2, 3]) }, build: ({ x }) => pad(x!, [0, 0], [0, 0]) },
  {
    name: 'pad by hand',
    inputs: { x: given([1, 2], [1, 2]) },
    build: ({ x }) => pad(x!, [1, 0], [0, 1]),
    expected: [[0, 0, 0, 1, 2, 0]],
  },
  ...expansions.map(([from, to]) => ({
    name: `broadcastTo of [${from}] to [${to}]`,
    inputs: { x: floats(from) },
    build: ({ x }: Record<string, Tensor>) => broadcastTo(x!, to),
  })),
  ...expansions.map(([to, from]) => ({
    name: `sumTo of [${from}] to [${to}]`,
    inputs: { x: floats(from) },
    build: ({ x }: Record<string, Tensor>) => multiply(sumTo(x!, to), sumTo(x!, to)),
  })),
];

const x = (): Tensor => input('x', [2, 3]);

export const layoutRejections: readonly Rejection[] = [
  ...flags.flatMap((transposeA) =>
    flags.map((transposeB) => ({
      what: `matMul of [3, 4]${mark(transposeA)} and [5, 6]${mark(transposeB)}`,
      build: () => matMul(input('a', [3, 4]), input('b', [5, 6]), transposeA, transposeB),
      mentions: ['matMul', `[3, 4]${mark(transposeA)}`, `[5, 6]${mark(transposeB)}`],
    })),
  ),
  {
    what: 'matMul with leading axes that do not broadcast',
    build: () => matMul(input('a', [2, 3, 4]), input('b', [5, 4, 2])),
    mentions: ['matMul', '[2, 3, 4]', '[5, 4, 2]'],
  },
  {
    what: 'matMul of a vector',
    build: () => matMul(input('a', [4]), input('b', [4, 2])),
    mentions: ['matMul', '[4]', '[4, 2]'],
  },
  {
    what: 'matMul of bytes',
    build: () => matMul(input('a', [2, 2], 'uint8'), input('b', [2, 2])),
    mentions: ['matMul', 'uint8', 'float32'],
  },
  { what: 'reshape to another count', build: () => reshape(x(), [4, 2]), mentions: ['[2, 3]', '[4, 2]', '6', '8'] },
  { what: 'reshape to negative extents', build: () => reshape(x(), [-2, -3]), mentions: ['[2, 3]', '[-2, -3]'] },
  { what: 'reshape to half rows', build: () => reshape(x(), [0.5, 12]), mentions: ['[2, 3]', '[0.5, 12]'] },
  { what: 'transpose with too few axes', build: () => transpose(x(), [0]), mentions: ['transpose', '[2, 3]', '[0]'] },
  { what: 'transpose with an axis twice', build: () => transpose(x(), [1, 1]), mentions: ['[2, 3]', '[1, 1]'] },
  { what: 'transpose with axis 2', build: () => transpose(x(), [0, 2]), mentions: ['[2, 3]', '[0, 2]'] },
  {
    what: 'concat of [2, 3] and [3, 2] along rows',
    build: () => concat([x(), input('y', [3, 2])], 0),
    mentions: ['concat', '[2, 3]', '[3, 2]'],
  },
  {
    what: 'concat of two ranks',
    build: () => concat([x(), input('y', [2, 3, 1])], 0),
    mentions: ['concat', '[2, 3]', '[2, 3, 1]'],
  },
  { what: 'concat along axis 2', build: () => concat([x(), x()], 2), mentions: ['concat', 'axis 2', '[2, 3]'] },
  { what: 'concat along axis -1', build: () => concat([x()], -1), mentions: ['concat', 'axis -1', '[2, 3]'] },
  { what: 'concat of nothing', build: () => concat([], 0), mentions: ['concat', 'at least one'] },
  {
    what: 'concat of two types',
    build: () => concat([x(), input('y', [2, 3], 'uint8')], 0),
    mentions: ['concat', 'float32', 'uint8'],
  },
  { what: 'slice past the end', build: () => slice(x(), [0, 1], [2, 4]), mentions: ['[2, 3]', '[0, 1]', '[2, 4]'] },
  { what: 'slice before the start', build: () => slice(x(), [-1, 0], [2, 3]), mentions: ['[2, 3]', '[-1, 0]'] },
  { what: 'slice of nothing', build: () => slice(x(), [1, 0], [1, 3]), mentions: ['[2, 3]', '[1, 0]', '[1, 3]'] },
  { what: 'slice along too few axes', build: () => slice(x(), [0], [1]), mentions: ['[2, 3]', '[0]', '[1]'] },
  { what: 'slice of half an element', build: () => slice(x(), [0.5, 0], [2, 3]), mentions: ['[2, 3]', '[0.5, 0]'] },
  { what: 'pad by less than nothing', build: () => pad(x(), [-1, 0], [0, 0]), mentions: ['pad', '[2, 3]', '[-1, 0]'] },
  { what: 'pad along too few axes', build: () => pad(x(), [1], [1]), mentions: ['pad', '[2, 3]', '[1]'] },
  {
    what: 'broadcastTo a shape that does not fit',
    build: () => broadcastTo(x(), [2, 4]),
    mentions: ['broadcastTo', '[2, 3]', '[2, 4]'],
  },
  {
    what: 'broadcastTo fewer axes',
    build: () => broadcastTo(x(), [3]),
    mentions: ['broadcastTo', '[2, 3]', '[3]'],
  },
  {
    what: 'broadcastTo no elements',
    build: () => broadcastTo(input('x', [1]), [0]),
    mentions: ['broadcastTo', '[1]', '[0]'],
  },
];
