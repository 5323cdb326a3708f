// Conformance cases of operators on whole numbers: squaredDistances, smallest, toFloat.
import type { Tensor } from '../../../src/engine/graph/operator.ts';
import { concat } from '../../../src/engine/graph/operators/concat.ts';
import { broadcastTo } from '../../../src/engine/graph/operators/reduceSum.ts';
import { slice } from '../../../src/engine/graph/operators/slice.ts';
import { smallest } from '../../../src/engine/graph/operators/smallest.ts';
import { longestByteRow, squaredDistances } from '../../../src/engine/graph/operators/squaredDistances.ts';
import { toFloat } from '../../../src/engine/graph/operators/toFloat.ts';
import { constant, input } from '../../../src/engine/graph/tensor.ts';
import { bytes, floats, given, type OperatorCase, type Rejection } from './conformance.ts';

/** Largest difference of all bytes that fits: 2,147,410,125 of 2,147,483,647. */
const farApart: OperatorCase = {
  name: 'squaredDistances of the longest rows that differ most',
  inputs: {
    a: given([1, longestByteRow], new Array(longestByteRow).fill(255), 'uint8'),
    b: given(
      [2, longestByteRow],
      [...Array(2 * longestByteRow).keys()].map((at) => (at < longestByteRow ? 0 : 255)),
      'uint8',
    ),
  },
  build: ({ a, b }) => squaredDistances(a!, b!),
  differentiate: [],
  expected: [[longestByteRow * 255 ** 2, 0]],
};

export const wholeNumberCases: readonly OperatorCase[] = [
  ...[
    [1, 1, 1],
    [3, 5, 7],
    [64, 784, 30],
  ].map(
    ([rows, size, others]): OperatorCase => ({
      name: `squaredDistances of [${rows}, ${size}] and [${others}, ${size}]`,
      inputs: { a: bytes([rows!, size!]), b: bytes([others!, size!]) },
      build: ({ a, b }) => squaredDistances(a!, b!),
      differentiate: [],
      tolerance: { forward: 0 },
    }),
  ),
  {
    name: 'squaredDistances to a constant, by hand',
    inputs: { a: given([2, 2], [0, 0, 255, 3], 'uint8') },
    build: ({ a }) => squaredDistances(a!, constant([0, 0, 3, 4, 255, 0], [3, 2], 'uint8')),
    differentiate: [],
    expected: [[0, 25, 65025, 65034, 63505, 9]],
    tolerance: { forward: 0 },
  },
  farApart,
  ...[
    [[5], 2],
    [[3, 7], 3],
    [[2, 3, 4], 4],
    [[4, 1], 1],
  ].map(
    ([shape, count]): OperatorCase => ({
      name: `smallest ${count} of [${shape}]`,
      inputs: { x: { ...floats(shape as number[], -1000, 1000), type: 'int32' } },
      build: ({ x }) => smallest(x!, count as number),
      differentiate: [],
      tolerance: { forward: 0 },
    }),
  ),
  {
    name: 'smallest with equal numbers, negative ones and the ends of the range',
    inputs: { x: given([2, 4], [7, -3, 7, -3, 2 ** 31 - 1, -(2 ** 31), 10, 9], 'int32') },
    build: ({ x }) => smallest(x!, 3),
    differentiate: [],
    expected: [[-3, -3, 7, -(2 ** 31), 9, 10]],
  },
  {
    name: 'toFloat, rounded where float32 has no such number',
    inputs: { x: given([4], [0, -5, 2 ** 24 + 2, 2 ** 31 - 1], 'int32') },
    build: ({ x }) => toFloat(x!),
    expected: [[0, -5, 2 ** 24 + 2, 2 ** 31 - 1]],
  },
  {
    name: 'whole numbers through slice, concat and broadcastTo',
    inputs: { x: given([2, 3], [1, 2, 3, 4, 5, 6], 'int32') },
    build: ({ x }) => concat([x!, broadcastTo(slice(x!, [0, 2], [2, 3]), [2, 2])], 1),
    differentiate: [],
    expected: [[1, 2, 3, 3, 3, 4, 5, 6, 6, 6]],
  },
];

const rows = (...shape: number[]): Tensor => input('rows', shape, 'uint8');
const whole = (...shape: number[]): Tensor => input('whole', shape, 'int32');

export const wholeNumberRejections: readonly Rejection[] = [
  {
    what: 'squaredDistances of rows of two lengths',
    build: () => squaredDistances(rows(2, 3), rows(4, 5)),
    mentions: ['squaredDistances', '[2, 3]', '[4, 5]'],
  },
  {
    what: 'squaredDistances of one row without others',
    build: () => squaredDistances(rows(2, 3), rows(3)),
    mentions: ['squaredDistances', '[2, 3]', '[3]'],
  },
  {
    what: 'squaredDistances of numbers',
    build: () => squaredDistances(rows(2, 3), input('x', [2, 3])),
    mentions: ['squaredDistances', 'uint8', 'float32'],
  },
  {
    what: 'squaredDistances that int32 may not hold',
    build: () => squaredDistances(rows(1, longestByteRow + 1), rows(1, longestByteRow + 1)),
    mentions: ['squaredDistances', '33025', '33026'],
  },
  { what: 'smallest 4 of 3', build: () => smallest(whole(2, 3), 4), mentions: ['smallest', '[2, 3]', '1 to 3', '4'] },
  { what: 'smallest 0', build: () => smallest(whole(2, 3), 0), mentions: ['smallest', '[2, 3]', '0'] },
  { what: 'smallest of a scalar', build: () => smallest(whole(), 1), mentions: ['smallest', '[]'] },
  {
    what: 'smallest of numbers with a fraction',
    build: () => smallest(input('x', [3]), 1),
    mentions: ['smallest', 'int32', 'float32'],
  },
  { what: 'toFloat of bytes', build: () => toFloat(rows(2)), mentions: ['toFloat', 'int32', 'uint8'] },
];
