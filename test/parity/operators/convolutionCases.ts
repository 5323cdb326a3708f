// Conformance cases of convolution. Its two gradient operators are met in the gradients of every case.
import type { Shape } from '../../../src/core/floor.ts';
import { applyOne } from '../../../src/engine/graph/operator.ts';
import { type Conv2dOptions, conv2d } from '../../../src/engine/graph/operators/conv2d.ts';
import { conv2dInputGradientOperator } from '../../../src/engine/graph/operators/conv2dInputGradient.ts';
import { conv2dWeightGradientOperator } from '../../../src/engine/graph/operators/conv2dWeightGradient.ts';
import { multiply } from '../../../src/engine/graph/operators/multiply.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { floats, given, type OperatorCase, type Rejection } from './conformance.ts';

function convolution(what: string, x: Shape, kernel: Shape, options: Conv2dOptions = {}): OperatorCase {
  return {
    name: `conv2d ${what}`,
    inputs: { x: floats(x), kernel: floats(kernel) },
    build: (inputs) => conv2d(inputs.x!, inputs.kernel!, options),
  };
}

const attributes = { kernel: [3, 3], stride: [1, 1], pads: [0, 0, 0, 0], groups: 1 } as const;

export const convolutionCases: readonly OperatorCase[] = [
  {
    // Counted by hand: an asymmetric kernel tells correlation from convolution, rows from columns.
    name: 'conv2d by hand',
    inputs: { x: given([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]), kernel: given([1, 1, 2, 2], [1, 10, 100, 1000]) },
    build: ({ x, kernel }) => conv2d(x!, kernel!),
    weights: [[1, 2]],
    expected: [[5421, 6532]],
    expectedGradients: { x: [1, 12, 20, 100, 1200, 2000], kernel: [5, 8, 14, 17] },
  },
  convolution('1x1', [2, 3, 4, 5], [4, 3, 1, 1]),
  convolution('1x1, stride 2', [2, 3, 5, 4], [2, 3, 1, 1], { stride: [2, 2] }),
  convolution('1x1, padded', [1, 2, 3, 3], [2, 2, 1, 1], { padding: [1, 1, 1, 1] }),
  convolution('2x2, valid', [1, 1, 5, 4], [3, 1, 2, 2]),
  convolution('2x2, same: the odd pixel at the end', [2, 2, 5, 4], [3, 2, 2, 2], { padding: 'same' }),
  convolution('3x3, valid', [2, 3, 6, 5], [4, 3, 3, 3]),
  convolution('3x3, same', [2, 3, 6, 5], [4, 3, 3, 3], { padding: 'same' }),
  convolution('5x5, valid', [1, 2, 7, 6], [3, 2, 5, 5]),
  convolution('5x5, same', [2, 2, 6, 7], [3, 2, 5, 5], { padding: 'same' }),
  convolution('as large as the image', [2, 3, 4, 5], [2, 3, 4, 5]),
  convolution('1x3', [1, 2, 4, 6], [3, 2, 1, 3], { padding: 'same' }),
  convolution('5x2', [1, 2, 7, 4], [2, 2, 5, 2]),
  convolution('3x3, stride 2, even', [2, 2, 7, 9], [3, 2, 3, 3], { stride: [2, 2] }),
  convolution('3x3, stride 2, last row and column not reached', [2, 2, 8, 6], [3, 2, 3, 3], { stride: [2, 2] }),
  convolution('3x3, stride 3, two rows not reached', [1, 2, 8, 9], [3, 2, 3, 3], { stride: [3, 3] }),
  convolution('2x2, stride 3: pixels between windows', [1, 2, 8, 7], [2, 2, 2, 2], { stride: [3, 3] }),
  convolution('3x3, stride 2x1', [1, 2, 7, 6], [2, 2, 3, 3], { stride: [2, 1] }),
  convolution('3x3, stride 1x3', [1, 2, 5, 8], [2, 2, 3, 3], { stride: [1, 3] }),
  convolution('3x3, stride 2, same', [1, 2, 6, 7], [2, 2, 3, 3], { stride: [2, 2], padding: 'same' }),
  convolution('5x5, stride 3, same', [1, 2, 7, 8], [2, 2, 5, 5], { stride: [3, 3], padding: 'same' }),
  convolution('1x1, stride 3, same: no padding', [1, 2, 7, 5], [2, 2, 1, 1], { stride: [3, 3], padding: 'same' }),
  convolution('3x3, asymmetric padding', [2, 2, 5, 4], [3, 2, 3, 3], { padding: [1, 0, 2, 1] }),
  convolution('3x2, asymmetric padding, stride 2', [1, 2, 6, 5], [2, 2, 3, 2], {
    padding: [2, 0, 0, 1],
    stride: [2, 2],
  }),
  convolution('3x3, padding larger than kernel - 1', [1, 2, 4, 5], [2, 2, 3, 3], { padding: [3, 4, 3, 3] }),
  convolution('2x2, padding larger than kernel - 1 on one side', [1, 2, 4, 4], [2, 2, 2, 2], { padding: [0, 3, 1, 0] }),
  convolution('3x3, large padding, stride 2', [1, 2, 4, 5], [2, 2, 3, 3], { padding: [4, 3, 3, 4], stride: [2, 2] }),
  convolution('3x3, 2 groups', [2, 4, 5, 5], [6, 2, 3, 3], { groups: 2 }),
  convolution('3x3, 2 groups, same, stride 2', [2, 4, 6, 5], [4, 2, 3, 3], {
    groups: 2,
    padding: 'same',
    stride: [2, 2],
  }),
  convolution('2x2, 3 groups, padding larger than the kernel', [1, 3, 3, 3], [6, 1, 2, 2], {
    groups: 3,
    padding: [3, 3, 3, 3],
  }),
  convolution('3x3, depthwise', [2, 4, 5, 6], [4, 1, 3, 3], { groups: 4, padding: 'same' }),
  convolution('1x1, depthwise', [2, 3, 4, 4], [3, 1, 1, 1], { groups: 3 }),
  convolution('5x3, depthwise, stride 2', [2, 3, 8, 7], [3, 1, 5, 3], { groups: 3, stride: [2, 2] }),
  convolution('3x3, depthwise with 2 filters a channel', [1, 3, 5, 5], [6, 1, 3, 3], { groups: 3 }),
  convolution('3x3, 17 channels to 19 filters (not a multiple of any vector)', [2, 17, 4, 4], [19, 17, 3, 3], {
    padding: 'same',
  }),
  convolution('one picture, one channel, one filter', [1, 1, 3, 3], [1, 1, 3, 3]),
  {
    name: 'conv2d of an image with itself as the kernel',
    inputs: { x: floats([2, 2, 3, 3]) },
    build: ({ x }) => conv2d(x!, x!, { padding: 'same' }),
  },
  {
    name: 'conv2d of a product, with a gradient through the image alone',
    inputs: { x: floats([1, 2, 5, 5]), scale: floats([2, 1, 1]) },
    build: ({ x, scale }) => conv2d(multiply(x!, scale!), multiply(x!, scale!), { padding: [1, 2, 3, 0] }),
  },
  {
    name: 'conv2dInputGradient by itself',
    inputs: { dy: floats([1, 2, 3, 3]), kernel: floats([2, 3, 3, 3]) },
    build: ({ dy, kernel }) =>
      applyOne(conv2dInputGradientOperator, [dy!, kernel!], { ...attributes, inputShape: [1, 3, 5, 5] }),
    notDifferentiable: 'conv2dInputGradient',
  },
  {
    name: 'conv2dWeightGradient by itself',
    inputs: { x: floats([1, 3, 5, 5]), dy: floats([1, 2, 3, 3]) },
    build: ({ x, dy }) =>
      applyOne(conv2dWeightGradientOperator, [x!, dy!], { ...attributes, kernelShape: [2, 3, 3, 3] }),
    notDifferentiable: 'conv2dWeightGradient',
  },
];

function refused(what: string, x: Shape, kernel: Shape, options: Conv2dOptions, mentions: string[]): Rejection {
  return {
    what: `conv2d ${what}`,
    build: () => conv2d(input('x', x), input('kernel', kernel), options),
    mentions: ['conv2d', ...mentions],
  };
}

export const convolutionRejections: readonly Rejection[] = [
  refused('with other channels', [1, 3, 5, 5], [2, 4, 3, 3], {}, ['[1, 3, 5, 5]', '[2, 4, 3, 3]', '1 groups']),
  refused('in groups that do not divide', [1, 4, 5, 5], [3, 2, 3, 3], { groups: 2 }, ['[1, 4, 5, 5]', '[3, 2, 3, 3]']),
  refused('in 1.5 groups', [1, 3, 5, 5], [3, 2, 3, 3], { groups: 1.5 }, ['[1, 3, 5, 5]', '[3, 2, 3, 3]']),
  refused('in no groups', [1, 3, 5, 5], [3, 3, 3, 3], { groups: 0 }, ['[1, 3, 5, 5]', '[3, 3, 3, 3]']),
  refused('of three axes', [3, 5, 5], [2, 3, 3, 3], {}, ['[3, 5, 5]', '[2, 3, 3, 3]']),
  refused('with a kernel of three axes', [1, 3, 5, 5], [3, 3, 3], {}, ['[1, 3, 5, 5]', '[3, 3, 3]']),
  refused('with a window larger than the image', [1, 1, 4, 4], [1, 1, 5, 3], {}, ['[5, 3]', '[1, 1, 4, 4]']),
  refused('of stride 0', [1, 1, 4, 4], [1, 1, 3, 3], { stride: [0, 1] }, ['[0, 1]', '[3, 3]']),
  refused('with negative padding', [1, 1, 4, 4], [1, 1, 3, 3], { padding: [0, -1, 0, 0] }, ['[0, -1, 0, 0]']),
  refused('with half a pixel of padding', [1, 1, 4, 4], [1, 1, 3, 3], { padding: [0.5, 0, 0.5, 0] }, [
    '[0.5, 0, 0.5, 0]',
  ]),
  {
    what: 'bytes as an image',
    build: () => conv2d(input('x', [1, 1, 4, 4], 'uint8'), input('kernel', [1, 1, 3, 3])),
    mentions: ['conv2d', 'uint8', 'float32'],
  },
  {
    what: 'conv2dInputGradient of another shape',
    build: () =>
      applyOne(conv2dInputGradientOperator, [input('dy', [1, 2, 4, 3]), input('kernel', [2, 3, 3, 3])], {
        ...attributes,
        inputShape: [1, 3, 5, 5],
      }),
    mentions: ['conv2dInputGradient', '[1, 2, 3, 3]', '[1, 2, 4, 3]'],
  },
  {
    what: 'conv2dWeightGradient of another shape',
    build: () =>
      applyOne(conv2dWeightGradientOperator, [input('x', [1, 3, 5, 5]), input('dy', [2, 2, 3, 3])], {
        ...attributes,
        kernelShape: [2, 3, 3, 3],
      }),
    mentions: ['conv2dWeightGradient', '[1, 2, 3, 3]', '[2, 2, 3, 3]'],
  },
];
