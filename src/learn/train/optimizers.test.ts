import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type OptimizerConfig, optimizerOf, optimizerSchema, optimizers } from './optimizers.ts';
import { plainUpdateKernels } from './update/plainUpdateKernels.ts';
import type { UpdateKernels } from './update/updateKernels.ts';
import { fastestUpdateKernels } from './update/wasmUpdateKernels.ts';

const start = [0.5, -1, 2];
/** Gradients of five steps: of both signs, of different size, and 0. */
const slopes = [
  [0.1, -2, 0],
  [0.3, 1, 1e-3],
  [-0.2, 0.5, -1e-3],
  [0, 0.25, 5],
  [1, -1, 0.5],
];
const rate = (step: number): number => 0.1 / step;

/** Five steps by the pass or the definition, on the kernels given: parameter, gradient and slots lie 64 bytes apart. */
function run(
  config: OptimizerConfig,
  { decays = true, byDefinition = false, kernelsOf = fastestUpdateKernels as KernelsOf } = {},
): number[][] {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const kernels = kernelsOf(memory);
  const optimizer = optimizerOf(config, byDefinition);
  const tensor = (index: number): Float32Array => new Float32Array(memory.buffer, 64 * index, start.length);
  tensor(0).set(start);
  const slots = optimizer.slots.map((_, index) => 64 * (index + 2));
  return slopes.map((slope, index) => {
    tensor(1).set(slope);
    const stretch = { parameter: 0, gradient: 64, slots, count: 4, decays };
    optimizer.update(kernels, stretch, index + 1, rate(index + 1));
    expect(new Float32Array(memory.buffer)[start.length], 'what fills up the last vector stays 0').toBe(0);
    return [...tensor(0)];
  });
}

type KernelsOf = (memory: WebAssembly.Memory) => UpdateKernels;

function expectSame(actual: number[][], expected: number[][]): void {
  for (const [step, values] of expected.entries()) {
    // Numbers given to the kernels are float32: 0.9 is off by 3e-8 of itself, and five steps add that up.
    for (const [i, value] of values.entries())
      expect(Math.abs(actual[step]![i]! - value)).toBeLessThan(5e-6 * Math.abs(value));
  }
}

/** From the table, so that a new optimiser is checked without an entry here. */
const defaults = Object.keys(optimizers).map((type) => v.parse(optimizerSchema, { type }));

const settings: readonly OptimizerConfig[] = [
  { type: 'adam', epsilon: 0.1 },
  { type: 'adam', beta1: 0.5, beta2: 0.9 },
  { type: 'adamW', weightDecay: 0.5 },
  { type: 'sgd', momentum: 0 },
  { type: 'sgd', nesterov: true },
  { type: 'sgd', momentum: 0.5, weightDecay: 0.1 },
  { type: 'sgd', momentum: 0, weightDecay: 0.1 },
];

describe('optimisers over five steps', () => {
  it.each([...defaults, ...settings])('%j: the pass gives what the definition gives', (config) => {
    for (const decays of [true, false]) {
      const expected = run(config, { decays, byDefinition: true });
      expectSame(run(config, { decays }), expected);
      expectSame(run(config, { decays, kernelsOf: plainUpdateKernels }), expected);
    }
  });

  it.each(defaults)('%j by itself follows a gradient down', (config) => {
    const first = run(config, { decays: false, byDefinition: true })[0]!;
    expect(first[0]).toBeLessThan(start[0]!);
    expect(first[1]).toBeGreaterThan(start[1]!);
    expect(first[2]).toBe(start[2]);
  });

  it('decays kernels alone', () => {
    const [plain, decayed] = [{ type: 'adam' }, { type: 'adamW', weightDecay: 0.5 }] as const;
    expect(run(decayed, { decays: false })).toEqual(run(plain));
    // At a gradient of 0 the first step leaves 1 - rate * weightDecay of a weight.
    expect(run(decayed)[0]![2]).toBeCloseTo(2 * (1 - 0.1 * 0.5), 6);
    expect(run({ type: 'sgd', weightDecay: 0.5 }, { decays: false })).toEqual(run({ type: 'sgd' }));
    expect(run({ type: 'sgd', weightDecay: 0.5 })[0]![2]).toBeCloseTo(2 - 0.1 * 0.5 * 2, 6);
  });

  it('moves by the rate in the first step of Adam, whatever the size of the gradient', () => {
    const first = run({ type: 'adam' })[0]!;
    expect(start[0]! - first[0]!).toBeCloseTo(0.1, 4);
    expect(start[1]! - first[1]!).toBeCloseTo(-0.1, 4);
    expect(first[2]).toBe(start[2]);
  });

  it('moves by momentum as written out by hand', () => {
    // Gradients 0.1, 0.3 and rates 0.1, 0.05: v = 0.1, then 0.9 * 0.1 + 0.3 = 0.39.
    const [first, second] = run({ type: 'sgd' });
    expect(first![0]).toBeCloseTo(0.5 - 0.1 * 0.1, 6);
    expect(second![0]).toBeCloseTo(0.49 - 0.05 * 0.39, 6);
    const ahead = run({ type: 'sgd', nesterov: true });
    expect(ahead[0]![0]).toBeCloseTo(0.5 - 0.1 * (0.1 + 0.9 * 0.1), 6);
    expect(ahead[1]![0]).toBeCloseTo(ahead[0]![0]! - 0.05 * (0.3 + 0.9 * 0.39), 6);
  });
});
