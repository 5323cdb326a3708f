// Whole graphs on both engines: a small network end to end, files with parameters and a free batch, and every shipped
// network.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream, type Shape } from '../../../src/core/floor.ts';
import { type Engine, type TensorBuffer, tensorBuffer } from '../../../src/engine/graph/engine.ts';
import type { Tensor } from '../../../src/engine/graph/operator.ts';
import { add } from '../../../src/engine/graph/operators/add.ts';
import { batchNorm } from '../../../src/engine/graph/operators/batchNorm.ts';
import { conv2d } from '../../../src/engine/graph/operators/conv2d.ts';
import { dropout } from '../../../src/engine/graph/operators/dropout.ts';
import { crossEntropy } from '../../../src/engine/graph/operators/losses.ts';
import { matMul } from '../../../src/engine/graph/operators/matMul.ts';
import { maxPool2d } from '../../../src/engine/graph/operators/maxPool2d.ts';
import { multiply } from '../../../src/engine/graph/operators/multiply.ts';
import { relu } from '../../../src/engine/graph/operators/relu.ts';
import { flatten, reshape } from '../../../src/engine/graph/operators/reshape.ts';
import { tanh } from '../../../src/engine/graph/operators/tanh.ts';
import { evaluateReference } from '../../../src/engine/graph/reference.ts';
import { constant, input, scalar } from '../../../src/engine/graph/tensor.ts';
import { toOnnx } from '../../../src/engine/graph/toOnnx.ts';
import { initializeNetwork } from '../../../src/engine/nn/initializers.ts';
import { buildNetwork, classCount, networkParameters, withoutAuxiliary } from '../../../src/engine/nn/network.ts';
import { networks } from '../../../src/engine/nn/networks/networks.ts';
import { type OnnxModel, writeOnnx } from '../../../src/onnx/floor.ts';
import { onnxRuntimeEngine } from '../../../src/platform/node/engine/onnxRuntime.ts';
import { bytes, checkConformance, expectClose, floats, given, type OperatorCase } from './conformance.ts';

/** Convolution, normalisation, rectifier, pool, dropout, dense layer and loss, small enough for finite differences. */
const network: OperatorCase = {
  name: 'conv, batchNorm, relu, maxPool, dropout, dense, crossEntropy',
  inputs: {
    images: floats([3, 1, 6, 6], 0, 1),
    kernel: floats([2, 1, 3, 3]),
    gamma: floats([2], 0.5, 1.5),
    beta: floats([2], 0.1, 0.5),
    mask: bytes([3, 8], 2),
    dense: floats([8, 3]),
    bias: floats([3]),
    targets: given([3, 3], [0, 1, 0, 0.2, 0.3, 0.5, 1, 0, 0]),
  },
  build: ({ images, kernel, gamma, beta, mask, dense, bias, targets }) => {
    const normal = batchNorm(conv2d(images!, kernel!), gamma!, beta!, 1e-3).y;
    const features = dropout(flatten(maxPool2d(relu(normal), [2, 2])), mask!, 0.8);
    return crossEntropy(add(matMul(features, dense!), bias!), targets!, 0.1);
  },
  weights: [[1]],
};

const shared: OperatorCase = {
  name: 'a diamond: a tensor used along three paths',
  inputs: { x: floats([2, 3]), w: floats([3, 3]) },
  build: ({ x, w }) => {
    const h = tanh(matMul(x!, w!));
    return add(multiply(h, relu(h)), multiply(h, matMul(h, w!)));
  },
};

checkConformance('whole graphs', [network, shared]);

describe('files of graphs', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await onnxRuntimeEngine();
  });

  async function run(model: OnnxModel, feeds: Record<string, TensorBuffer>, shape: Shape): Promise<Float32Array> {
    const program = await engine.compile(writeOnnx(model), { threads: 1 });
    const fetched = tensorBuffer(shape, 'float32');
    await program.run(feeds, { [model.graph.outputs[0]!.name]: fetched });
    await program.dispose();
    return fetched.data;
  }

  function drawn(shape: Shape, ...keys: (string | number)[]): TensorBuffer & { readonly data: Float32Array } {
    const buffer = tensorBuffer(shape, 'float32');
    const random = randomStream(5, ...keys);
    for (let i = 0; i < buffer.data.length; i++) buffer.data[i] = random.uniform();
    return buffer;
  }

  it.each(networks)(
    '$name: one file with its parameters runs batches of 1 and 3',
    { tags: ['slow'] },
    async (network) => {
      const config = withoutAuxiliary(network); // what is shipped
      const weights = initializeNetwork(config, 1);
      for (const [name, values] of weights) {
        // Statistics and shifts that are not the neutral 0 and 1, so that a missing one shows.
        if (/bias|beta|movingMean/.test(name)) values.set(values.map((_, i) => ((i % 7) - 3) / 50));
        if (/gamma|movingVariance/.test(name)) values.set(values.map((_, i) => 0.5 + (i % 5) / 5));
      }
      const images = input('input', [1, ...config.input]);
      const named = new Map(networkParameters(config).map(({ name, shape }) => [name, input(name, shape)]));
      const parameters = new Map([...named].map(([name, tensor]) => [tensor, weights.get(name)!]));
      const { logits, updates } = buildNetwork(config, images, named);
      expect(updates.size).toBe(0);
      const model = toOnnx({ logits }, { name: config.name, parameters, openBatch: true });
      expect(model.graph.inputs).toEqual([{ name: 'input', type: 'float32', shape: ['batch', ...config.input] }]);
      expect(model.graph.initializers.map(({ name }) => name)).toEqual(expect.arrayContaining([...weights.keys()]));

      const three = drawn([3, ...config.input], config.name);
      const classes = classCount(config);
      const together = await run(model, { input: three }, [3, classes]);
      const pixels = three.data.length / 3;
      for (let n = 0; n < 3; n++) {
        const one = {
          type: 'float32',
          shape: [1, ...config.input],
          data: three.data.slice(n * pixels, (n + 1) * pixels),
        } as const;
        const alone = await run(model, { input: one }, [1, classes]);
        expectClose(alone, together.subarray(n * classes, (n + 1) * classes), 1e-5, `picture ${n}`);
        if (n > 0) continue;
        const feeds = new Map<Tensor, ArrayLike<number>>([...parameters, [images, one.data]]);
        expectClose(alone, evaluateReference([logits], feeds)[0]!, 1e-4, 'reference');
      }
    },
  );

  it('writes an output that is an input, a constant, or another output under a second name', async () => {
    const x = input('x', [2]);
    const y = relu(x);
    const outputs = { copy: x, fixed: constant([3, 4], [2]), y, again: y };
    const model = toOnnx(outputs, { name: 'names' });
    const program = await engine.compile(writeOnnx(model));
    const fetches = Object.fromEntries(Object.keys(outputs).map((name) => [name, tensorBuffer([2], 'float32')]));
    await program.run({ x: { type: 'float32', shape: [2], data: Float32Array.of(-1, 2) } }, fetches);
    await program.dispose();
    await program.dispose();
    expect(Object.entries(fetches).map(([name, { data }]) => [name, ...data])).toEqual([
      ['copy', -1, 2],
      ['fixed', 3, 4],
      ['y', 0, 2],
      ['again', 0, 2],
    ]);
  });

  it('runs a chain of 5,000 nodes', { tags: ['slow'] }, async () => {
    const x = input('x', [1]);
    let y: Tensor = x;
    for (let i = 0; i < 2500; i++) y = add(relu(y), scalar(i));
    const result = await run(
      toOnnx({ y }, { name: 'chain' }),
      { x: { type: 'float32', shape: [1], data: Float32Array.of(-5) } },
      [1],
    );
    expect(result[0]).toBe((2499 * 2500) / 2);
  });

  it('keeps what an unlucky batch left out of the next: NaN in one run, good numbers in the following', async () => {
    const [x, gamma, beta] = [input('x', [4, 2]), input('gamma', [2]), input('beta', [2])];
    const { y, mean } = batchNorm(x, gamma, beta, 1e-3);
    const outputs = { y: multiply(y, reshape(mean, [1, 2])) };
    const program = await engine.compile(writeOnnx(toOnnx(outputs, { name: 'poison' })));
    const feeds = { x: drawn([4, 2], 'x'), gamma: drawn([2], 'gamma'), beta: drawn([2], 'beta') };
    const runOnce = async (): Promise<number[]> => {
      const fetches = { y: tensorBuffer([4, 2], 'float32') };
      await program.run(feeds, fetches);
      return [...fetches.y.data];
    };
    const good = await runOnce();
    const kept = feeds.x.data[3]!;
    feeds.x.data[3] = Number.NaN;
    expect((await runOnce()).some(Number.isNaN)).toBe(true);
    feeds.x.data[3] = kept;
    expect(await runOnce()).toEqual(good);
    await program.dispose();
  });
});
