// Convolution and its gradients on the engine's blocked layout, against the float64 reference, over channels that fill
// blocks, fill them partly, and are less than one. On a processor that has no such layout the plain formulation runs
// instead.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/core/floor.ts';
import { type Engine, type TensorBuffer, tensorBuffer } from '../../../src/engine/graph/engine.ts';
import { gradients } from '../../../src/engine/graph/gradients.ts';
import { applyOne, type Tensor } from '../../../src/engine/graph/operator.ts';
import { conv2d, conv2dOperator } from '../../../src/engine/graph/operators/conv2d.ts';
import { crossEntropy } from '../../../src/engine/graph/operators/losses.ts';
import { multiply } from '../../../src/engine/graph/operators/multiply.ts';
import { reduceSum } from '../../../src/engine/graph/operators/reduceSum.ts';
import type { Pads, Pair } from '../../../src/engine/graph/operators/window.ts';
import { evaluateReference } from '../../../src/engine/graph/reference.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { toOnnx } from '../../../src/engine/graph/toOnnx.ts';
import { initializeNetwork } from '../../../src/engine/nn/initializers.ts';
import { buildNetwork, classCount, networkParameters } from '../../../src/engine/nn/network.ts';
import { networkNamed } from '../../../src/engine/nn/networks/networks.ts';
import { writeOnnx } from '../../../src/onnx/floor.ts';
import { onnxRuntimeEngine } from '../../../src/platform/node/engine/onnxRuntime.ts';
import { expectClose, floats } from './conformance.ts';

type Geometry = readonly [name: string, kernel: Pair, stride?: Pair, pads?: Pads];

const counts = [1, 3, 8, 12, 16, 21, 24, 32, 40, 64];
const geometries: readonly Geometry[] = [
  ['1x1', [1, 1]],
  ['3x3', [3, 3]],
  ['3x3 same', [3, 3], [1, 1], [1, 1, 1, 1]],
  ['5x5 same', [5, 5], [1, 1], [2, 2, 2, 2]],
  ['2x3, padded unevenly', [2, 3], [1, 1], [1, 2, 0, 1]],
  ['3x3, stride 2', [3, 3], [2, 2], [0, 1, 1, 0]],
  ['2x3, stride 1 by 2', [2, 3], [1, 2]],
];

/** Every geometry with channels and filters that take turns, so that each count stands in each place. */
const cases = geometries.flatMap(([name, kernel, stride = [1, 1], pads = [0, 0, 0, 0]], g) =>
  counts.map((channels, i) => {
    const filters = counts[(i * 3 + g) % counts.length]!;
    return { name: `${name}, ${channels} to ${filters}`, channels, filters, kernel, stride, padding: pads };
  }),
);

describe('convolution on the blocked layout', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await onnxRuntimeEngine();
  });

  it('is written by standard operators unless the block size is given', () => {
    const y = conv2d(input('x', [2, 16, 5, 5]), input('kernel', [16, 16, 3, 3]));
    const model = toOnnx({ y }, { name: 'plain' });
    expect(model.opsets).toEqual({ '': 21 });
    expect(model.graph.nodes.map(({ opType, domain }) => domain + opType)).toEqual(['Conv']);
    const blocked = toOnnx({ y }, { name: 'blocked', blockSize: 16 });
    expect(blocked.opsets).toEqual({ '': 21, 'com.microsoft.nchwc': 1 });
  });

  it.each(cases)('$name', async ({ channels, filters, kernel: size, stride, padding, name }) => {
    const [x, kernel] = [input('x', [2, channels, 6, 5]), input('kernel', [filters, channels, ...size])];
    const attributes = { kernel: size, stride, pads: padding, groups: 1, layout: 'blocked' } as const;
    const y = applyOne(conv2dOperator, [x, kernel], attributes);
    const dy = input('dy', y.shape);
    const slopes = gradients(reduceSum(multiply(y, dy)), [x, kernel]);
    const outputs = { y, dx: slopes[0]!, dKernel: slopes[1]! };
    const feeds = new Map<Tensor, Float32Array>();
    const fed = Object.fromEntries(
      Object.entries({ x, kernel, dy }).map(([label, tensor]) => {
        const data = Float32Array.from(floats(tensor.shape).values(name, label));
        feeds.set(tensor, data);
        return [label, { type: 'float32' as const, shape: tensor.shape, data }];
      }),
    );
    const { blockSize } = engine;
    const program = await engine.compile(writeOnnx(toOnnx(outputs, { name: 'blocked', blockSize })), { threads: 2 });
    const found = Object.fromEntries(
      Object.entries(outputs).map(([label, { shape }]) => [label, tensorBuffer(shape, 'float32')]),
    );
    await program.run(fed, found);
    await program.dispose();
    const expected = evaluateReference(Object.values(outputs), feeds);
    for (const [index, label] of Object.keys(outputs).entries()) {
      expectClose(found[label]!.data, expected[index]!, 1e-5, label);
    }
  });

  it.each(['keras', 'compact'])('gives the gradients that standard operators give to %s', async (name) => {
    const network = networkNamed(name);
    const weights = initializeNetwork(network, 3);
    // More than a block of pictures, so that the rest of a batch takes part too.
    const batch = 20;
    const images = input('images', [batch, ...network.input]);
    const targets = input('targets', [batch, classCount(network)]);
    const specs = networkParameters(network);
    const parameters = new Map(specs.map((spec) => [spec.name, input(spec.name, spec.shape)]));
    const built = buildNetwork(network, images, parameters, ({ layer, shape }) =>
      input(`mask/${layer}`, shape, 'uint8'),
    );
    const trained = specs.filter(({ trainable }) => trainable);
    const slopes = gradients(
      crossEntropy(built.logits, targets, 0),
      trained.map((spec) => parameters.get(spec.name)!),
    );
    const outputs = Object.fromEntries(trained.map((spec, index) => [`by/${spec.name}`, slopes[index]!]));
    const random = randomStream(7, name);
    const fed = new Map<string, TensorBuffer>();
    const run = async (blockSize: number | undefined): Promise<Record<string, TensorBuffer>> => {
      const model = toOnnx(outputs, { name, blockSize });
      for (const { name: label, type, shape } of model.graph.inputs) {
        if (fed.has(label)) continue;
        const buffer = tensorBuffer(shape as number[], type as 'float32');
        const known = weights.get(label);
        if (known !== undefined) buffer.data.set(known);
        else if (label === 'targets') for (let n = 0; n < batch; n++) buffer.data[n * 10 + random.integer(10)] = 1;
        else for (let i = 0; i < buffer.data.length; i++) buffer.data[i] = label === 'images' ? random.uniform() : 1;
        fed.set(label, buffer);
      }
      const program = await engine.compile(writeOnnx(model), { threads: 2 });
      const found = Object.fromEntries(
        Object.entries(outputs).map(([label, { shape }]) => [label, tensorBuffer(shape, 'float32')]),
      );
      await program.run(Object.fromEntries(fed), found);
      await program.dispose();
      return found;
    };
    const [plain, blocked] = [await run(undefined), await run(engine.blockSize)];
    for (const label of Object.keys(outputs)) {
      expectClose(blocked[label]!.data as Float32Array, plain[label]!.data as Float32Array, 1e-3, label);
    }
  });
});
