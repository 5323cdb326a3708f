// Blocks of large parameters: they cover every row once, and a step through them gives what a step on the whole gives.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream, sizeOf } from '../../core/index.ts';
import { writeOnnx } from '../../onnx/index.ts';
import { onnxRuntimeEngine } from '../../platform/node/index.ts';
import { tensorBuffer } from '../graph/engine.ts';
import { gradients } from '../graph/gradients.ts';
import { dequantize } from '../graph/operators/dequantize.ts';
import { crossEntropy } from '../graph/operators/losses.ts';
import { input } from '../graph/tensor.ts';
import { toOnnx } from '../graph/toOnnx.ts';
import type { NetworkConfig } from '../nn/config.ts';
import { initializeNetwork } from '../nn/initializers.ts';
import { buildNetwork, networkParameters } from '../nn/network.ts';
import { stateBlocks } from './stateBlocks.ts';
import { TrainingState, TrainingStep } from './trainingStep.ts';

describe('stateBlocks', () => {
  it('cover every row once, in order, and differ in size by one row at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 2 }), (shape) => {
        const blocks = stateBlocks(shape);
        const rows = shape[0] ?? 1;
        expect(blocks[0]!.from).toBe(0);
        expect(blocks.at(-1)!.to).toBe(rows);
        for (const [index, block] of blocks.entries()) {
          if (index > 0) expect(block.from).toBe(blocks[index - 1]!.to);
          expect(block.to).toBeGreaterThan(block.from);
        }
        expect(blocks.reduce((sum, block) => sum + sizeOf(block.shape), 0)).toBe(sizeOf(shape));
        const extents = blocks.map(({ from, to }) => to - from);
        expect(Math.max(...extents) - Math.min(...extents)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('give the step that the whole gradient gives', async () => {
    const network: NetworkConfig = {
      name: 'wide',
      description: 'One parameter of three blocks.',
      input: [1, 28, 28],
      layers: [{ type: 'flatten' }, { type: 'dense', units: 1024, activation: 'relu' }, { type: 'dense', units: 10 }],
    };
    expect(stateBlocks([784, 1024])).toHaveLength(3);
    const engine = await onnxRuntimeEngine();
    const batch = 8;
    const random = randomStream(1);
    const weights = initializeNetwork(network, 1);
    const pixels = Uint8Array.from({ length: batch * 784 }, () => random.integer(256));
    const targets = Float32Array.from({ length: batch * 10 }, (_, i) => (i % 10 === Math.floor(i / 10) ? 1 : 0));

    const rate = 0.5;
    const options = {
      network,
      batch,
      optimizer: { type: 'sgd', momentum: 0 },
      labelSmoothing: 0,
      averaging: true,
    } as const;
    const step = await TrainingStep.compile(engine, options);
    const state = new TrainingState(options);
    for (const [name, values] of weights) {
      state.values(name).set(values);
      state.values(`average/${name}`).set(values);
    }
    step.images.set(pixels);
    step.targets.set(targets);
    await step.run(state, 1, 1, rate, 0.25);

    const specs = networkParameters(network);
    const parameters = new Map(specs.map(({ name, shape }) => [name, input(name, shape)]));
    const images = input('images', [batch, 1, 28, 28], 'uint8');
    const truth = input('targets', [batch, 10]);
    const loss = crossEntropy(buildNetwork(network, dequantize(images, 1 / 255), parameters).logits, truth);
    const slopes = gradients(loss, [...parameters.values()]);
    const outputs = Object.fromEntries(specs.map(({ name }, index) => [`slope/${name}`, slopes[index]!]));
    const program = await engine.compile(writeOnnx(toOnnx(outputs, { name: 'slopes' })));
    const fed = {
      images: { type: 'uint8', shape: images.shape, data: pixels },
      targets: { type: 'float32', shape: truth.shape, data: targets },
    } as const;
    const feeds = Object.fromEntries(
      specs.map(({ name, shape }) => [name, { type: 'float32' as const, shape, data: weights.get(name)! }]),
    );
    const found = Object.fromEntries(specs.map(({ name, shape }) => [`slope/${name}`, tensorBuffer(shape, 'float32')]));
    await program.run({ ...feeds, ...fed }, found);

    for (const { name } of specs) {
      const slope = found[`slope/${name}`]!.data as Float32Array;
      const before = weights.get(name)!;
      const [after, average] = [state.values(name), state.values(`average/${name}`)];
      let [worst, moved] = [0, 0];
      for (let i = 0; i < before.length; i++) {
        worst = Math.max(worst, Math.abs(before[i]! - rate * slope[i]! - after[i]!));
        worst = Math.max(worst, Math.abs(before[i]! + 0.25 * (after[i]! - before[i]!) - average[i]!));
        moved = Math.max(moved, Math.abs(after[i]! - before[i]!));
      }
      expect(moved).toBeGreaterThan(1e-4);
      expect(worst).toBeLessThan(1e-6);
    }
    await program.dispose();
    await step.dispose();
  });
});
