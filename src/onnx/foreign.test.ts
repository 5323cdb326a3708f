// Our reader and writer against a reader and writer that this project did not make: the onnx-proto package, generated
// from ONNX's own schema. The model is a LeNet as PyTorch would export it, built without any code of ours.
import onnxProto from 'onnx-proto';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { digitModel, normals } from '../../test/parity/runtimeModels.ts';
import { loadNetwork } from '../read/floor.ts';
import { modelCardOf } from './card/cardText.ts';
import { readOnnx } from './file/read.ts';
import { writeOnnx } from './file/write.ts';

const { onnx } = onnxProto;

function initializer(name: string, dims: number[], scale: number): onnxProto.onnx.ITensorProto {
  const length = dims.reduce((product, extent) => product * extent, 1);
  return { name, dims, dataType: 1, floatData: Array.from(normals(length, scale, 'foreign', name)) };
}

function attribute(name: string, value: number | number[] | string): onnxProto.onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === 'number') return { name, i: value, type: AttributeType.INT };
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: AttributeType.STRING };
  return { name, ints: value, type: AttributeType.INTS };
}

function valueInfo(name: string, dims: (number | string)[]): onnxProto.onnx.IValueInfoProto {
  const dim = dims.map((extent) => (typeof extent === 'number' ? { dimValue: extent } : { dimParam: extent }));
  return { name, type: { tensorType: { elemType: 1, shape: { dim } } } };
}

function foreignLeNet(): Uint8Array {
  const conv = { opType: 'Conv', attribute: [attribute('kernel_shape', [5, 5]), attribute('strides', [1, 1])] };
  const pool = {
    opType: 'MaxPool',
    attribute: [attribute('kernel_shape', [2, 2]), attribute('strides', [2, 2]), attribute('ceil_mode', 0)],
  };
  const gemm = { opType: 'Gemm', attribute: [attribute('transB', 1)] };
  const model = onnx.ModelProto.create({
    irVersion: 7,
    producerName: 'somebody else',
    opsetImport: [{ domain: 'ai.onnx', version: 11 }],
    graph: {
      name: 'lenet',
      input: [valueInfo('image', ['N', 1, 28, 28])],
      output: [valueInfo('scores', ['N', 10])],
      initializer: [
        initializer('conv1.weight', [6, 1, 5, 5], 0.2),
        initializer('conv1.bias', [6], 0.2),
        initializer('conv2.weight', [16, 6, 5, 5], 0.1),
        initializer('conv2.bias', [16], 0.1),
        initializer('fc1.weight', [120, 256], 0.1),
        initializer('fc1.bias', [120], 0.1),
        initializer('fc2.weight', [84, 120], 0.1),
        initializer('fc2.bias', [84], 0.1),
        initializer('fc3.weight', [10, 84], 0.2),
        initializer('fc3.bias', [10], 0.2),
        { name: 'flat', dims: [2], dataType: 7, int64Data: [-1, 256] },
      ],
      node: [
        { ...conv, name: 'conv1', input: ['image', 'conv1.weight', 'conv1.bias'], output: ['1'] },
        { opType: 'Relu', input: ['1'], output: ['2'] },
        { ...pool, input: ['2'], output: ['3'] },
        { ...conv, name: 'conv2', input: ['3', 'conv2.weight', 'conv2.bias'], output: ['4'] },
        { opType: 'Relu', input: ['4'], output: ['5'] },
        { ...pool, input: ['5'], output: ['6'] },
        { opType: 'Reshape', input: ['6', 'flat'], output: ['7'] },
        { ...gemm, input: ['7', 'fc1.weight', 'fc1.bias'], output: ['8'] },
        { opType: 'Tanh', input: ['8'], output: ['9'] },
        { ...gemm, input: ['9', 'fc2.weight', 'fc2.bias'], output: ['10'] },
        { opType: 'Sigmoid', input: ['10'], output: ['11'] },
        { ...gemm, input: ['11', 'fc3.weight', 'fc3.bias'], output: ['12'] },
        { opType: 'LogSoftmax', input: ['12'], output: ['scores'], attribute: [attribute('axis', 1)] },
      ],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

describe('a digit model that this project did not make', () => {
  it('runs in the runtime as in ONNX Runtime', async () => {
    const bytes = foreignLeNet();
    const batch = 16;
    const values = normals(batch * 784, 1, 'foreign input');
    const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
    const expected = await session.run({ image: new ort.Tensor('float32', values, [batch, 1, 28, 28]) });
    const received = loadNetwork(bytes).run(values, batch).scores!;
    const wanted = expected.scores!.data as Float32Array;
    expect(received.data.length).toBe(wanted.length);
    for (const [index, value] of wanted.entries()) expect(Math.abs(value - received.data[index]!)).toBeLessThan(1e-4);
  });

  it('has no card', () => {
    expect(modelCardOf(readOnnx(foreignLeNet()))).toBeUndefined();
  });
});

describe('a file that this project wrote', () => {
  it('says the same to a foreign reader, whose own file of it we read back', () => {
    const model = digitModel({ key: 'value \u00e9' });
    const foreign = onnx.ModelProto.decode(writeOnnx(model));
    expect(onnx.ModelProto.verify(foreign)).toBeNull();
    expect(foreign.graph!.node!.map(({ opType }) => opType)).toEqual(model.graph.nodes.map(({ opType }) => opType));
    expect(foreign.metadataProps![0]).toMatchObject({ key: 'key', value: 'value \u00e9' });
    expect(readOnnx(onnx.ModelProto.encode(foreign).finish())).toEqual(model);
  });
});
