import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../core/floor.ts';
import { plainUpdateKernels } from './plainUpdateKernels.ts';
import type { UpdateKernels } from './updateKernels.ts';
import { fastestUpdateKernels, wasmUpdateKernels } from './wasmUpdateKernels.ts';

const floats = 512;

/** Four tensors with numbers of both signs; the third is not negative, since Adam takes its root. */
function filledMemory(seed: number): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const random = randomStream(seed);
  const values = new Float32Array(memory.buffer, 0, floats).map(() => random.normal());
  for (let i = 256; i < 384; i++) values[i] = Math.abs(values[i]!);
  new Float32Array(memory.buffer).set(values);
  return memory;
}

/** Runs one pass with both kernels on the same numbers, tensors 512 bytes apart, and compares all of memory. */
function compare(seed: number, pass: (kernels: UpdateKernels, count: number) => void, count: number): void {
  const [plain, fast] = [filledMemory(seed), filledMemory(seed)];
  pass(plainUpdateKernels(plain), count);
  const kernels = wasmUpdateKernels(fast);
  expect(kernels).toBeDefined();
  pass(kernels!, count);
  const [expected, received] = [new Float32Array(plain.buffer, 0, floats), new Float32Array(fast.buffer, 0, floats)];
  for (const [i, value] of expected.entries()) {
    // Float32 arithmetic rounds after every operation, the plain passes once.
    expect(Math.abs(received[i]! - value), `element ${i}`).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(value)));
  }
  const start = new Float32Array(filledMemory(seed).buffer, 0, floats);
  expect(expected).not.toEqual(start);
}

describe('the WebAssembly passes of the optimisers', () => {
  const [a, b, c, d] = [0, 512, 1024, 1536] as const;
  const number = fc.double({ min: 0, max: 2, noNaN: true }).map(Math.fround);
  const count = fc.integer({ min: 1, max: 32 }).map((fours) => 4 * fours);
  const seed = fc.nat();

  it.each<[string, (kernels: UpdateKernels, count: number, numbers: readonly number[]) => void]>([
    ['scale', (k, n, [w]) => k.scale(a, b, n, w! + 0.5)],
    ['accumulate', (k, n, [w]) => k.accumulate(a, b, n, w! + 0.5)],
    ['approach', (k, n, [w]) => k.approach(a, b, n, w! / 2 + 0.01)],
    ['adam', (k, n, [w, x, y, z, s]) => k.adam(a, b, c, d, n, w! / 2, x! / 2, y! + 0.01, z! + 0.1, s!)],
    ['momentum', (k, n, [w, x, y, z, s]) => k.momentum(a, b, c, n, w! / 2, x! + 0.1, y!, z!, s! + 0.1)],
    ['descend', (k, n, [w, x]) => k.descend(a, b, n, w! + 0.1, x!)],
  ])('%s is the plain one', (_, pass) => {
    fc.assert(
      fc.property(seed, count, fc.tuple(number, number, number, number, number), (from, elements, numbers) => {
        compare(from, (kernels, n) => pass(kernels, n, numbers), elements);
      }),
      { numRuns: 40 },
    );
  });

  it('outer is the plain one', () => {
    // Memory holds 512 floats: left from 0, right from 160, the product of 4 x 16 from 448.
    const pass = (kernels: UpdateKernels): void => kernels.outer(4 * 448, 4 * 3, 4 * 160, 11, 4 * 12, 4 * 24, 16);
    for (let from = 0; from < 20; from++) compare(from, pass, 0);
  });

  it('is what this host gets', () => {
    const memory = filledMemory(1);
    expect(String(fastestUpdateKernels(memory).adam)).toContain('native code');
  });
});
