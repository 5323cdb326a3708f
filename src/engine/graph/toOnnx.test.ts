import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import { writeOnnx } from '../../onnx/floor.ts';
import { add } from './operators/add.ts';
import { matMul } from './operators/matMul.ts';
import { multiply } from './operators/multiply.ts';
import { constant, input, scalar } from './tensor.ts';
import { toOnnx } from './toOnnx.ts';

const x = input('x', [4, 2]);
const w = input('w', [2, 3]);

describe('toOnnx', () => {
  it('refuses two inputs of one name, and takes one input used twice', () => {
    const attempt = (): unknown => toOnnx({ y: add(x, input('x', [2])) }, { name: 'twice' });
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow('"x"');
    expect(attempt).toThrow('"twice"');
    expect(toOnnx({ y: multiply(x, x) }, { name: 'once' }).graph.inputs).toHaveLength(1);
  });

  it('refuses two parameters of one name, and an output with the name of an input', () => {
    const other = input('w', [2, 3]);
    const parameters = new Map([
      [w, new Float32Array(6)],
      [other, new Float32Array(6)],
    ]);
    const twice = (): unknown => toOnnx({ y: add(matMul(x, w), matMul(x, other)) }, { name: 'g', parameters });
    expect(twice).toThrow(UsageError);
    expect(() => toOnnx({ x: add(x, x) }, { name: 'g' })).toThrow(/an input and an output are called "x"/);
    expect(toOnnx({ x }, { name: 'g' }).graph.nodes).toEqual([]);
  });

  it('gives no value a name that an input or output has', () => {
    const sly = input('add_0', [4, 2]);
    const { graph } = toOnnx({ Add_1: add(add(sly, sly), sly) }, { name: 'g' });
    const made = [...graph.nodes.flatMap(({ outputs }) => outputs), 'add_0'];
    expect(new Set(made).size).toBe(made.length);
  });

  it('writes parameters as initializers of their names and everything else as inputs', () => {
    const weights = Float32Array.of(1, 2, 3, 4, 5, 6);
    const { graph } = toOnnx({ y: matMul(x, w) }, { name: 'g', parameters: new Map([[w, weights]]) });
    expect(graph.inputs).toEqual([{ name: 'x', type: 'float32', shape: [4, 2] }]);
    expect(graph.initializers).toEqual([{ name: 'w', type: 'float32', shape: [2, 3], data: weights }]);
    expect(graph.outputs).toEqual([{ name: 'y', type: 'float32', shape: [4, 3] }]);
  });

  it('opens the batch of inputs and outputs and leaves scalars alone', () => {
    const options = { name: 'g', parameters: new Map([[w, new Float32Array(6)]]), openBatch: true };
    const { graph } = toOnnx({ y: matMul(x, w), one: multiply(scalar(2), input('s', [])) }, options);
    expect(graph.inputs.map(({ shape }) => shape)).toEqual([['batch', 2], []]);
    expect(graph.outputs.map(({ shape }) => shape)).toEqual([['batch', 3], []]);
  });

  it('keeps the outputs in their order, and metadata, and says who made it', () => {
    const model = toOnnx(
      { z: add(x, x), a: multiply(x, x) },
      { name: 'g', metadata: { key: 'value' }, producerVersion: '1.2.3' },
    );
    expect(model.graph.outputs.map(({ name }) => name)).toEqual(['z', 'a']);
    expect(model).toMatchObject({
      irVersion: 10,
      opsets: { '': 21 },
      producerName: 'ductus',
      producerVersion: '1.2.3',
      metadata: { key: 'value' },
    });
  });

  it('stores equal small constants once and gives every value one name', () => {
    const y = add(multiply(x, scalar(0.5)), multiply(add(x, constant([1, 2], [2])), constant([0.5], [])));
    const { graph } = toOnnx({ y }, { name: 'g' });
    expect(graph.initializers).toHaveLength(2);
    const made = [...graph.nodes.flatMap(({ outputs }) => outputs), ...graph.initializers.map(({ name }) => name), 'x'];
    expect(new Set(made).size).toBe(made.length);
  });

  it('writes the same bytes for the same graph', () => {
    const build = (): Uint8Array =>
      writeOnnx(toOnnx({ y: matMul(input('x', [4, 2]), input('w', [2, 3])) }, { name: 'g' }));
    expect(build()).toEqual(build());
  });
});
