// Every operator against ONNX Runtime on the same file, in several shapes and with each attribute that it honours, by
// each set of kernels.
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import {
  int64,
  modelOf,
  node,
  normals,
  type PlainAttribute,
  tensor,
  weight,
} from '../../../../test/parity/runtimeModels.ts';
import { type OnnxModel, type OnnxNode, type OnnxTensor, toFloat16, writeOnnx } from '../../../onnx/floor.ts';
import { plainKernels } from '../kernels/plain.ts';
import { wasmKernels } from '../kernels/wasm.ts';
import { loadNetwork } from '../network.ts';
import { activationOperators } from './activations.ts';
import { operators } from './table.ts';

/** Node has vectors in WebAssembly; were they refused here, this would fail and not pass by default. */
const kernelSets = [plainKernels, wasmKernels()!];

/**
 * Runs a model in both engines, and by each set of kernels, and expects equal shapes, and values equal to 1e-4 of the
 * largest.
 */
async function expectParity(model: OnnxModel, shape: readonly number[], scale = 1): Promise<void> {
  const bytes = writeOnnx(model);
  const length = shape.reduce((product, extent) => product * extent, 1);
  const values = normals(length, scale, 'input', ...shape);
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const expected = await session.run({ x: new ort.Tensor('float32', values.slice(), [...shape]) });
  for (const kernels of kernelSets) {
    const received = loadNetwork(bytes, { kernels }).run(values, shape[0]!);
    for (const [name, { dims, data }] of Object.entries(expected)) {
      expect(received[name]!.shape).toEqual(dims);
      const wanted = data as Float32Array;
      expect(received[name]!.data.length).toBe(wanted.length);
      let worst = 0;
      let largest = 1;
      for (const [index, value] of wanted.entries()) {
        largest = Math.max(largest, Math.abs(value));
        worst = Math.max(worst, Math.abs(value - received[name]!.data[index]!));
      }
      expect(worst / largest, kernels.name).toBeLessThan(1e-4);
    }
  }
  await session.release();
}

interface Case {
  readonly op: string;
  readonly shape: readonly number[];
  readonly attributes?: Readonly<Record<string, PlainAttribute>>;
  /** Inputs after (or, with `x` among them, instead of) the input `x`. */
  readonly inputs?: readonly (OnnxTensor | 'x' | '')[];
  readonly opset?: number;
  readonly rank?: number;
  readonly scale?: number;
}

const image = [2, 4, 9, 8] as const;
const bias = weight('bias', [6]);
const filters = weight('filters', [6, 4, 3, 3]);
const positive = (name: string, length: number): OnnxTensor =>
  tensor(
    name,
    'float32',
    [length],
    normals(length, 1, name).map((value) => value * value + 0.1),
  );
const statistics = [weight('gamma', [4]), weight('beta', [4]), weight('mean', [4]), positive('variance', 4)];
const scalar = (name: string, value: number): OnnxTensor => tensor(name, 'float32', [], Float32Array.of(value));

const conv = (
  attributes: Case['attributes'] = {},
  inputs: Case['inputs'] = [filters, bias],
  shape: readonly number[] = image,
): Case => ({
  op: 'Conv',
  shape,
  attributes: attributes!,
  inputs: inputs!,
});

const cases: readonly Case[] = [
  conv(),
  conv({}, [filters]),
  conv({ strides: [2, 3], pads: [1, 0, 2, 1] }),
  conv({ dilations: [2, 1], pads: [2, 1, 2, 1], kernel_shape: [3, 3] }),
  conv({ auto_pad: 'SAME_UPPER', strides: [2, 2] }),
  conv({ auto_pad: 'SAME_LOWER', strides: [2, 2] }),
  conv({ auto_pad: 'VALID' }),
  conv({ group: 2 }, [weight('grouped', [6, 2, 3, 3]), bias]),
  conv({ group: 2, pads: [2, 2, 2, 2] }, [weight('grouped5', [10, 2, 5, 5])]),
  conv({ group: 4, pads: [1, 1, 1, 1] }, [weight('depthwise', [4, 1, 3, 3]), weight('bias4', [4])]),
  conv({ group: 4, strides: [2, 2], dilations: [1, 2] }, [weight('depthwise2', [8, 1, 3, 3])]),
  conv({}, [weight('pointwise', [5, 4, 1, 1])]),
  conv({}, [weight('rows', [3, 4, 1, 5])]),
  conv({ pads: [1, 1, 1, 1] }, [weight('one', [1, 1, 3, 3])], [3, 1, 28, 28]),
  conv({}, [weight('whole', [7, 4, 9, 8])]),
  { op: 'MaxPool', shape: image, attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
  { op: 'MaxPool', shape: image, attributes: { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] } },
  { op: 'MaxPool', shape: image, attributes: { kernel_shape: [3, 3], auto_pad: 'SAME_UPPER', strides: [2, 2] } },
  { op: 'MaxPool', shape: image, attributes: { kernel_shape: [2, 2], dilations: [2, 3] } },
  { op: 'MaxPool', shape: image, attributes: { kernel_shape: [2, 2], auto_pad: 'SAME_LOWER' } },
  { op: 'AveragePool', shape: image, attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
  { op: 'AveragePool', shape: image, attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2] } },
  { op: 'AveragePool', shape: image, attributes: { kernel_shape: [3, 3], pads: [2, 1, 0, 1], count_include_pad: 1 } },
  { op: 'AveragePool', shape: image, attributes: { kernel_shape: [3, 2], auto_pad: 'SAME_UPPER', strides: [2, 3] } },
  { op: 'AveragePool', shape: image, attributes: { kernel_shape: [2, 3], dilations: [2, 2], pads: [1, 2, 1, 1] } },
  { op: 'GlobalAveragePool', shape: image },
  { op: 'GlobalMaxPool', shape: image },
  { op: 'Gemm', shape: [3, 5], inputs: [weight('g', [5, 7]), weight('gb', [7])] },
  {
    op: 'Gemm',
    shape: [4, 5],
    inputs: [weight('gt', [7, 5]), weight('gb1', [1, 7])],
    attributes: { transB: 1, alpha: 0.5, beta: { float: 2 } },
  },
  {
    op: 'Gemm',
    shape: [5, 3],
    inputs: [weight('g', [5, 7]), weight('gc', [3, 1])],
    attributes: { transA: 1, alpha: { float: 3 } },
  },
  { op: 'Gemm', shape: [1, 5], inputs: [weight('g', [5, 6])] },
  { op: 'Gemm', shape: [5, 2], inputs: ['x', 'x'], attributes: { transB: 1 } },
  { op: 'Gemm', shape: [2, 5], inputs: [weight('g', [5, 6]), scalar('gs', 0.7)] },
  { op: 'MatMul', shape: [3, 5], inputs: [weight('m', [5, 6])] },
  { op: 'MatMul', shape: [2, 3, 5], inputs: [weight('m', [5, 6])] },
  { op: 'MatMul', shape: [2, 3, 5], inputs: [weight('m3', [2, 5, 4])] },
  { op: 'MatMul', shape: [4, 1, 3, 5], inputs: [weight('m4', [2, 5, 2])] },
  { op: 'MatMul', shape: [2, 3, 3], inputs: ['x', 'x'] },
  { op: 'MatMul', shape: [4, 5], inputs: [weight('left', [3, 4]), 'x'] },
  { op: 'MatMul', shape: [2, 5], inputs: [weight('vector', [5])], rank: 1 },
  ...(['Add', 'Sub', 'Mul', 'Div'] as const).flatMap((op): Case[] => [
    { op, shape: [2, 3, 4], inputs: [positive('p4', 4)] },
    { op, shape: [2, 3, 4], inputs: [tensor('p31', 'float32', [3, 1], positive('p31', 3).data)] },
    { op, shape: [2, 3, 4], inputs: [scalar('s', 1.7)] },
    { op, shape: [2, 1, 4], inputs: [tensor('p2', 'float32', [2, 3, 1], positive('p2', 6).data)] },
    { op, shape: [2, 3], inputs: [tensor('p4d', 'float32', [2, 2, 2, 3], positive('p4d', 24).data)], rank: 4 },
    { op, shape: [3, 5], inputs: ['x', 'x'] },
    { op, shape: [3], inputs: [positive('p3', 3), 'x'] },
  ]),
  ...Object.keys(activationOperators).map((op) => ({ op, shape: [3, 7], scale: 5 })),
  { op: 'LeakyRelu', shape: [3, 7], attributes: { alpha: 0.25 } },
  { op: 'Sigmoid', shape: [3, 7], scale: 20 },
  { op: 'Clip', shape: [3, 7], inputs: [scalar('low', -0.5), scalar('high', 0.5)] },
  { op: 'Clip', shape: [3, 7], inputs: ['x', '', scalar('high', 0.5)] },
  { op: 'Clip', shape: [3, 7], attributes: { min: -0.25, max: { float: 1 } }, opset: 10 },
  { op: 'BatchNormalization', shape: image, inputs: statistics },
  { op: 'BatchNormalization', shape: [3, 4], inputs: statistics, attributes: { epsilon: 0.1 } },
  { op: 'Flatten', shape: image, rank: 2 },
  { op: 'Flatten', shape: image, rank: 2, attributes: { axis: 3 } },
  { op: 'Flatten', shape: image, rank: 2, attributes: { axis: -2 } },
  { op: 'Flatten', shape: [6], rank: 2, attributes: { axis: 0 } },
  { op: 'Reshape', shape: [2, 6], inputs: [int64('to', [0, 2, -1])], rank: 3 },
  { op: 'Reshape', shape: [2, 6], inputs: [int64('to1', [-1])], rank: 1 },
  { op: 'Reshape', shape: [2, 6], inputs: [int64('to2', [3, 4])], attributes: { allowzero: 1 } },
  { op: 'Transpose', shape: [2, 3, 4] },
  { op: 'Transpose', shape: image, attributes: { perm: [0, 2, 3, 1] } },
  { op: 'Concat', shape: [2, 3, 4], inputs: ['x', weight('more', [2, 5, 4]), 'x'], attributes: { axis: 1 } },
  { op: 'Concat', shape: [2, 3], inputs: ['x', weight('last', [2, 2])], attributes: { axis: -1 } },
  { op: 'Softmax', shape: [3, 10], scale: 30 },
  { op: 'Softmax', shape: [2, 3, 4], attributes: { axis: 1 } },
  { op: 'Softmax', shape: [2, 3, 4], attributes: { axis: 1 }, opset: 11 },
  { op: 'LogSoftmax', shape: [3, 10], scale: 30 },
  { op: 'LogSoftmax', shape: [2, 3, 4], attributes: { axis: 0 } },
  { op: 'LogSoftmax', shape: [2, 3, 4], opset: 11 },
  { op: 'Dropout', shape: [3, 4] },
  { op: 'Dropout', shape: [3, 4], attributes: { ratio: 0.3 }, opset: 10 },
  { op: 'Identity', shape: [3, 4] },
  { op: 'Cast', shape: [3, 4], attributes: { to: 1 } },
  { op: 'Pad', shape: [2, 3, 4], inputs: [int64('widths', [0, 1, 2, 1, 0, 3])] },
  {
    op: 'Pad',
    shape: [2, 3],
    inputs: [int64('widths2', [0, 1, 2, 1]), scalar('fill', -2)],
    attributes: { mode: 'constant' },
  },
  { op: 'Squeeze', shape: [2, 1, 3, 1], rank: 2 },
  { op: 'Squeeze', shape: [2, 1, 3, 1], inputs: [int64('axes', [-1])], rank: 3 },
  { op: 'Squeeze', shape: [2, 1, 3, 1], attributes: { axes: [1] }, opset: 11, rank: 3 },
  { op: 'Unsqueeze', shape: [2, 3], inputs: [int64('axes2', [0, -1])], rank: 4 },
  { op: 'Unsqueeze', shape: [2, 3], attributes: { axes: [1] }, opset: 11, rank: 3 },
  { op: 'ReduceMean', shape: image, inputs: [int64('spatial', [2, 3])] },
  { op: 'ReduceMean', shape: image, attributes: { axes: [1, -1], keepdims: 0 }, opset: 13, rank: 2 },
  { op: 'ReduceMean', shape: [4, 5], attributes: { keepdims: 0 }, rank: 0 },
];

function singleNode({ op, shape, attributes = {}, inputs = [], opset = 21, rank = shape.length }: Case): OnnxModel {
  const all = inputs.includes('x') ? inputs : (['x', ...inputs] as const);
  const constants = new Map(all.filter((input) => typeof input !== 'string').map((input) => [input.name, input]));
  return modelOf({
    nodes: [
      node(
        op,
        all.map((input) => (typeof input === 'string' ? input : input.name)),
        ['y'],
        attributes,
      ),
    ],
    initializers: [...constants.values()],
    input: shape,
    outputs: { y: Array.from({ length: rank }, (_, axis) => `y${axis}`) },
    opset,
  });
}

describe('operators give what ONNX Runtime gives', () => {
  for (const [index, one] of cases.entries()) {
    const details = JSON.stringify(one.attributes ?? {});
    it(`${one.op} ${index}: [${one.shape}] ${details}${one.opset === undefined ? '' : ` opset ${one.opset}`}`, async () => {
      await expectParity(singleNode(one), one.shape, one.scale);
    });
  }

  it('DequantizeLinear: int8 and uint8 weights, one scale or one an axis', async () => {
    const int8 = Int8Array.from({ length: 24 }, (_, index) => index * 10 - 120);
    const nodes: OnnxNode[] = [
      node('DequantizeLinear', ['q', 's1'], ['a']),
      node('DequantizeLinear', ['q', 's4', 'z4'], ['b'], { axis: 1 }),
      node('DequantizeLinear', ['u', 's6', 'z6'], ['c'], { axis: 0 }),
      node('Add', ['x', 'a'], ['xa']),
      node('Mul', ['xa', 'b'], ['xb']),
      node('Sub', ['xb', 'c'], ['y']),
    ];
    const initializers = [
      tensor('q', 'int8', [6, 4], int8),
      tensor(
        'u',
        'uint8',
        [6, 4],
        Uint8Array.from(int8, (value) => value + 120),
      ),
      scalar('s1', 0.02),
      positive('s4', 4),
      tensor('z4', 'int8', [4], Int8Array.of(-5, 0, 7, 100)),
      positive('s6', 6),
      tensor('z6', 'uint8', [6], Uint8Array.of(0, 1, 2, 128, 200, 255)),
    ];
    await expectParity(modelOf({ nodes, initializers, input: [6, 4], outputs: { y: [6, 4] } }), [6, 4]);
  });

  it('Cast and Constant: weights in half precision and in nodes', async () => {
    const nodes: OnnxNode[] = [
      node('Cast', ['half'], ['w'], { to: 1 }),
      node('Constant', [], ['k'], { value: weight('', [4]) }),
      node('Constant', [], ['f'], { value_float: 1.5 }),
      node('Constant', [], ['shape'], { value_ints: [4, 3] }),
      node('Reshape', ['w', 'shape'], ['w43']),
      node('Transpose', ['w43'], ['w34']),
      node('Cast', ['whole'], ['wf'], { to: 1 }),
      node('MatMul', ['x', 'w34'], ['m']),
      node('Add', ['m', 'k'], ['a']),
      node('Mul', ['a', 'f'], ['b']),
      node('Add', ['b', 'wf'], ['y']),
    ];
    const half = tensor('half', 'float16', [12], toFloat16(normals(12, 1, 'half')));
    const whole = tensor('whole', 'int64', [4], BigInt64Array.of(1n, -2n, 3n, 4n));
    const model = modelOf({ nodes, initializers: [half, whole], input: [2, 3], outputs: { y: [2, 4] } });
    await expectParity(model, [2, 3]);
  });

  it('covers every operator of the table', () => {
    const covered = new Set([...cases.map(({ op }) => op), 'DequantizeLinear', 'Constant']);
    expect([...operators.keys()].filter((name) => !covered.has(name))).toEqual([]);
  });
});
