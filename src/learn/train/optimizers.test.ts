import { describe, expect, it } from 'vitest';
import { type OptimizerConfig, optimizerOf } from './optimizers.ts';
import { plainUpdateKernels } from './update/plainUpdateKernels.ts';
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

/** Five steps of the optimiser on the kernels given: parameter, gradient and slots lie 64 bytes apart. */
function run(config: OptimizerConfig, decays = true, kernelsOf = fastestUpdateKernels): number[][] {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const kernels = kernelsOf(memory);
  const optimizer = optimizerOf(config);
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

/** Five steps of a textbook's update of one number, which keeps what it needs in an array of its own. */
function textbook(step: (p: number, g: number, rate: number, t: number, memory: number[]) => number): number[][] {
  const memories = start.map(() => [0, 0]);
  let values = start;
  return slopes.map((slope, index) => {
    values = values.map((p, i) => step(p, slope[i]!, rate(index + 1), index + 1, memories[i]!));
    return values;
  });
}

/** Adam as the paper's algorithm 1 has it, but for epsilon, which Keras adds before the bias is taken out. */
const adam =
  (beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, decay = 0) =>
  (p: number, g: number, rate: number, t: number, memory: number[]): number => {
    memory[0] = beta1 * memory[0]! + (1 - beta1) * g;
    memory[1] = beta2 * memory[1]! + (1 - beta2) * g * g;
    const corrected = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
    return p - rate * decay * p - (corrected * memory[0]) / (Math.sqrt(memory[1]) + epsilon);
  };

const sgd =
  (momentum: number, nesterov = false, decay = 0) =>
  (p: number, slope: number, rate: number, _: number, memory: number[]): number => {
    const g = slope + decay * p;
    memory[0] = momentum * memory[0]! + g;
    return p - rate * (nesterov ? g + momentum * memory[0] : memory[0]);
  };

function expectSame(actual: number[][], expected: number[][]): void {
  for (const [step, values] of expected.entries()) {
    // Numbers given to the kernels are float32: 0.9 is off by 3e-8 of itself, and five steps add that up.
    for (const [i, value] of values.entries())
      expect(Math.abs(actual[step]![i]! - value)).toBeLessThan(5e-6 * Math.abs(value));
  }
}

describe('optimisers, against the textbook over five steps', () => {
  it.each<[string, OptimizerConfig, ReturnType<typeof adam>]>([
    ['adam', { type: 'adam' }, adam()],
    ['adam with a large epsilon', { type: 'adam', epsilon: 0.1 }, adam(0.9, 0.999, 0.1)],
    ['adam with other betas', { type: 'adam', beta1: 0.5, beta2: 0.9 }, adam(0.5, 0.9)],
    ['adamW', { type: 'adamW' }, adam(0.9, 0.999, 1e-7, 0.01)],
    ['adamW with much decay', { type: 'adamW', weightDecay: 0.5 }, adam(0.9, 0.999, 1e-7, 0.5)],
    ['sgd', { type: 'sgd' }, sgd(0.9)],
    ['sgd without momentum', { type: 'sgd', momentum: 0 }, sgd(0)],
    ['sgd with Nesterov', { type: 'sgd', nesterov: true }, sgd(0.9, true)],
    ['sgd with decay', { type: 'sgd', momentum: 0.5, weightDecay: 0.1 }, sgd(0.5, false, 0.1)],
    ['sgd with decay, no momentum', { type: 'sgd', momentum: 0, weightDecay: 0.1 }, sgd(0, false, 0.1)],
  ])('%s', (_, config, step) => {
    expectSame(run(config), textbook(step));
    expectSame(run(config, true, plainUpdateKernels), textbook(step));
  });

  it('decays kernels alone', () => {
    expectSame(run({ type: 'adamW', weightDecay: 0.5 }, false), textbook(adam()));
    expectSame(run({ type: 'sgd', weightDecay: 0.5 }, false), textbook(sgd(0.9)));
  });

  it('moves by the rate in the first step of Adam, whatever the size of the gradient', () => {
    const first = run({ type: 'adam' })[0]!;
    expect(start[0]! - first[0]!).toBeCloseTo(0.1, 4);
    expect(start[1]! - first[1]!).toBeCloseTo(-0.1, 4);
    expect(first[2]).toBe(start[2]);
  });
});
