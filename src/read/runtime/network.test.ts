import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { digitModel, int64, modelOf, node, normals, tensor, weight } from '../../../test/parity/runtimeModels.ts';
import { DuctusError, FormatError, ShapeError, UnsupportedError, UsageError } from '../../core/floor.ts';
import { halveWeights, type OnnxModel, type OnnxNode, writeOnnx } from '../../onnx/floor.ts';
import { plainKernels } from './kernels/plain.ts';
import { wasmKernels } from './kernels/wasm.ts';
import { loadNetwork } from './network.ts';

const sample = 784;

async function reference(
  model: OnnxModel,
  values: Float32Array,
  shape: readonly number[],
): Promise<ort.InferenceSession.ReturnType> {
  const session = await ort.InferenceSession.create(writeOnnx(model), { logSeverityLevel: 3 });
  return session.run({ x: new ort.Tensor('float32', values, [...shape]) });
}

function worstDifference(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((worst, value, index) => Math.max(worst, Math.abs(value - right[index]!)), 0);
}

/** A chain of elementwise nodes, for graphs in which only the wiring matters. */
function wired(nodes: readonly OnnxNode[], output = 'y'): OnnxModel {
  return modelOf({ nodes, input: ['batch', 4], outputs: { [output]: ['batch', 4] }, initializers: [weight('k', [4])] });
}

describe('a digit network', () => {
  const model = digitModel();

  it('gives what ONNX Runtime gives, at every batch size, back and forth', async () => {
    const networks = [plainKernels, wasmKernels()!].map((kernels) => loadNetwork(writeOnnx(model), { kernels }));
    for (const batch of [1, 5, 2, 33, 1]) {
      const values = normals(batch * sample, 1, 'digits', batch);
      const expected = await reference(model, values, [batch, 1, 28, 28]);
      for (const network of networks) {
        const received = network.run(values, batch);
        for (const name of ['probabilities', 'logits']) {
          expect(received[name]!.shape).toEqual([batch, 10]);
          expect(worstDifference(expected[name]!.data as Float32Array, received[name]!.data)).toBeLessThan(1e-4);
        }
      }
    }
  });

  it('says what goes in and what comes out', () => {
    const network = loadNetwork(model);
    expect(network.inputs).toEqual([{ name: 'x', type: 'float32', shape: ['batch', 1, 28, 28] }]);
    expect(network.outputs.map(({ shape }) => shape)).toEqual([
      ['batch', 10],
      ['batch', 10],
    ]);
  });

  it('with weights in half precision stays close and takes half the bytes', () => {
    const halved = halveWeights(model);
    expect(writeOnnx(halved).length).toBeLessThan(writeOnnx(model).length * 0.6);
    const values = normals(sample, 1, 'halved');
    const [whole, half] = [model, halved].map((one) => loadNetwork(writeOnnx(one)).run(values, 1).logits!.data);
    const difference = worstDifference(whole!, half!);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(5e-3);
  });

  it('merges bias, batch normalisation and Relu into the weights', () => {
    const packed: string[] = [];
    loadNetwork(model, {
      kernels: {
        ...plainKernels,
        packConvolution(weights, activation, claim) {
          packed.push(`convolution ${activation}`);
          return plainKernels.packConvolution(weights, activation, claim);
        },
        packDense(weights, depth, units, bias, activation, claim) {
          packed.push(`dense ${activation} ${bias.some((value) => value !== 0)}`);
          return plainKernels.packDense(weights, depth, units, bias, activation, claim);
        },
      },
    });
    expect(packed).toEqual(['convolution relu', 'convolution relu', 'dense relu true', 'dense none true']);
  });

  it('keeps a value that is an output too, or that two nodes use, out of fusion', async () => {
    const nodes = [
      node('Conv', ['x', 'w'], ['c']),
      node('Relu', ['c'], ['r']),
      node('Conv', ['r', 'w'], ['d']),
      node('Relu', ['d'], ['e']),
      node('Add', ['d', 'e'], ['y']),
    ];
    const both = modelOf({
      nodes,
      initializers: [weight('w', [2, 2, 3, 3])],
      input: ['batch', 2, 7, 7],
      outputs: { y: ['batch', 2, 3, 3], c: ['batch', 2, 5, 5] },
    });
    const values = normals(98, 1, 'fusion');
    const expected = await reference(both, values, [1, 2, 7, 7]);
    const received = loadNetwork(both).run(values, 1);
    for (const name of ['y', 'c']) {
      expect(worstDifference(expected[name]!.data as Float32Array, received[name]!.data)).toBeLessThan(1e-4);
    }
  });

  it('answers only the outputs that are wanted, in copies of their own', () => {
    const network = loadNetwork(model);
    const first = network.run(normals(sample, 1, 'first'), 1, ['logits']);
    expect(Object.keys(first)).toEqual(['logits']);
    const kept = first.logits!.data.slice();
    network.run(normals(sample, 1, 'second'), 1);
    expect(first.logits!.data).toEqual(kept);
  });

  it('does not grow over 10,000 runs', { tags: ['slow'] }, () => {
    let allocated = 0;
    const small = digitModel({}, 8);
    const network = loadNetwork(small, {
      kernels: {
        ...plainKernels,
        allocate(length) {
          allocated += length;
          return plainKernels.allocate(length);
        },
      },
    });
    const values = normals(128, 1, 'growth');
    const first = network.run(values, 2);
    const before = allocated;
    for (let run = 0; run < 10_000; run++) network.run(values.subarray(0, 64 + 64 * (run % 2)), 1 + (run % 2));
    expect(allocated).toBe(before);
    expect(network.run(values, 2)).toEqual(first);
  });

  it('refuses wrong input, batch sizes and names, and runs after dispose', () => {
    const network = loadNetwork(model);
    const values = new Float32Array(sample);
    expect(() => network.run(values.subarray(1), 1)).toThrow(/expected 784 values, received 783/);
    expect(() => network.run(values, 2)).toThrow(UsageError);
    for (const batch of [0, -1, 1.5, Number.NaN]) expect(() => network.run(values, batch)).toThrow(/batch size/);
    expect(() => network.run(values, 1, ['nosuch'])).toThrow(/expected probabilities or logits, received "nosuch"/);
    network.dispose();
    network.dispose();
    expect(() => network.run(values, 1)).toThrow(/dispose/);
  });
});

describe('hostile models', () => {
  it('a cycle is named', () => {
    const looped = wired([
      node('Add', ['x', 'c'], ['a']),
      node('Relu', ['a'], ['b']),
      node('Tanh', ['b'], ['c']),
      node('Relu', ['c'], ['y']),
    ]);
    expect(() => loadNetwork(looped)).toThrow(FormatError);
    expect(() => loadNetwork(looped)).toThrow(/cycle.*"a" \(Add\).*"b" \(Relu\).*"c" \(Tanh\)/);
  });

  it('nodes out of order are put in order', () => {
    const network = loadNetwork(wired([node('Relu', ['a'], ['y']), node('Add', ['x', 'k'], ['a'])]));
    const k = normals(4, 0.5, 'k');
    expect(network.run(new Float32Array(4), 1).y!.data).toEqual(k.map((value) => Math.max(0, value)));
  });

  it('an input that nothing makes is named', () => {
    expect(() => loadNetwork(wired([node('Add', ['x', 'ghost'], ['y'])]))).toThrow(/"y" \(Add\).*"ghost"/);
  });

  it('every unknown operator is listed, custom domains too', () => {
    const odd = { ...node('Fancy', ['x'], ['b']), domain: 'com.example' };
    const model = wired([node('Loop', ['x'], ['a']), odd, node('Einsum', ['a', 'b'], ['y'])]);
    expect(() => loadNetwork(model)).toThrow(UnsupportedError);
    expect(() => loadNetwork(model)).toThrow(/Einsum, Loop, com\.example\.Fancy/);
  });

  it('an attribute that is not honoured is named', () => {
    const pool = (attributes: Record<string, number | readonly number[]>): OnnxModel =>
      modelOf({
        nodes: [node('MaxPool', ['x'], ['y'], { kernel_shape: [2, 2], ...attributes })],
        input: ['batch', 1, 4, 4],
        outputs: { y: ['batch', 1, 3, 3] },
      });
    expect(() => loadNetwork(pool({ ceil_mode: 1 }))).toThrow(/"y" \(MaxPool\).*ceil_mode = 1/);
    expect(() => loadNetwork(pool({ novelty: 1 }))).toThrow(/novelty of node "y"/);
    expect(() => loadNetwork(pool({ strides: [0, 1] }))).toThrow(/strides = \[0, 1\]/);
    expect(() => loadNetwork(pool({ kernel_shape: [2, 2, 2] }))).toThrow(UnsupportedError);
    expect(() => loadNetwork(pool({ kernel_shape: 2 }))).toThrow(/kernel_shape as ints, received int/);
    expect(() => loadNetwork(pool({ kernel_shape: [9, 9] }))).toThrow(ShapeError);
  });

  it('terabytes are refused before they are allocated', () => {
    const padded = modelOf({
      nodes: [node('Pad', ['x', 'widths'], ['y'])],
      initializers: [int64('widths', [0, 2 ** 40])],
      input: [4],
      outputs: { y: ['n'] },
    });
    const one = { ...padded, graph: { ...padded.graph, initializers: [int64('widths', [0, 2 ** 42])] } };
    expect(() => loadNetwork(one)).toThrow(/bytes/);
    const outer = modelOf({
      nodes: [node('Add', ['column', 'row'], ['square']), node('Add', ['x', 'square'], ['y'])],
      initializers: [weight('column', [20_000, 1]), weight('row', [1, 20_000])],
      input: ['batch', 1],
      outputs: { y: [20_000, 20_000] },
    });
    expect(() => loadNetwork(outer)).toThrow(FormatError);
    const huge = modelOf({
      nodes: [node('Relu', ['x'], ['y'])],
      input: ['batch', 2 ** 50],
      outputs: { y: ['batch', 1] },
    });
    expect(() => loadNetwork(huge)).toThrow(/bytes/);
    const many = loadNetwork(digitModel());
    expect(() => many.run({ length: 1e6 * sample } as Float32Array, 1e6)).toThrow(UsageError);
  });

  it('endless work is refused before it is begun', () => {
    const model = modelOf({
      nodes: [node('Conv', ['x', 'w'], ['y'], { pads: [2000, 2000, 2000, 2000] })],
      initializers: [tensor('w', 'float32', [1, 1, 300, 300], new Float32Array(90_000))],
      input: ['batch', 1, 1000, 1000],
      outputs: { y: ['batch', 1, 4701, 4701] },
    });
    expect(() => loadNetwork(model)).toThrow(/multiply-adds/);
  });

  it('inputs that are not one float32 tensor are refused', () => {
    const base = wired([node('Relu', ['x'], ['y'])]);
    const withInput = (input: Partial<OnnxModel['graph']['inputs'][0]>): OnnxModel => ({
      ...base,
      graph: { ...base.graph, inputs: [{ ...base.graph.inputs[0]!, ...input }] },
    });
    expect(() => loadNetwork(withInput({ type: 'int64' }))).toThrow(/expected float32, received int64/);
    expect(() => loadNetwork(withInput({ shape: ['batch', 'width'] }))).toThrow(/"width"/);
    expect(() => loadNetwork(withInput({ shape: [] }))).toThrow(/scalar/);
    expect(() => loadNetwork(withInput({ shape: [0, 4] }))).toThrow(FormatError);
    const two = {
      ...base,
      graph: { ...base.graph, inputs: [...base.graph.inputs, { ...base.graph.inputs[0]!, name: 'z' }] },
    };
    expect(() => loadNetwork(two)).toThrow(/one input, received 2/);
  });

  it('damaged files and models never throw anything but our own errors', { tags: ['slow'] }, () => {
    const bytes = writeOnnx(digitModel({}, 8));
    const values = normals(64, 1, 'damaged');
    const attempt = (damaged: Uint8Array): void => {
      try {
        loadNetwork(damaged).run(values, 1);
      } catch (error) {
        if (!(error instanceof DuctusError)) throw error;
      }
    };
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    // The first and last few hundred bytes hold the structure; most of the rest is weights.
    const structure = fc.oneof(fc.integer({ min: 0, max: 900 }), place);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(structure, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
        (edits) => {
          const damaged = bytes.slice();
          for (const [at, value] of edits) damaged[at] = value;
          attempt(damaged);
        },
      ),
      { numRuns: 1500, seed: 4 },
    );
    fc.assert(
      fc.property(place, place, (start, length) =>
        attempt(Uint8Array.of(...bytes.slice(0, start), ...bytes.slice(start + length))),
      ),
      { numRuns: 100, seed: 5 },
    );
  });
});
