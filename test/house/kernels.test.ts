// The WebAssembly kernels that are committed are what their text compiles to.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelFile, kernelSource } from '../../scripts/buildKernels.ts';

/** Most bytes of the file, which every page loads; ours. */
const largestFile = 10_000;
/** Most bytes that every browser compiles on its main thread without being asked to wait. */
const largestModule = 4096;

it('src/read/runtime/kernels/wasmCode.ts is up to date and small (npx tsx scripts/buildKernels.ts writes it)', async () => {
  const committed = readFileSync(kernelFile, 'utf8');
  expect(committed).toBe(await kernelSource());
  expect(committed.length).toBeLessThan(largestFile);
  const base64 = [...committed.matchAll(/'([^']*)'/g)].map(([, row]) => row).join('');
  expect(Buffer.from(base64, 'base64').length).toBeLessThan(largestModule);
});
