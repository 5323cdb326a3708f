// The WebAssembly kernels that are committed are what their text compiles to.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { kernelModules, kernelSource } from '../../scripts/build/buildKernels.ts';

/** Most bytes of a file, which every page that reads or learns loads. */
const largestFile = 10_000;
/** Most bytes that every browser compiles on its main thread without being asked to wait. */
const largestModule = 4096;

it.each(kernelModules.map((module) => [relative(process.cwd(), module.file), module] as const))(
  '%s is up to date and small (npx tsx scripts/build/buildKernels.ts writes it)',
  async (_, module) => {
    const committed = readFileSync(module.file, 'utf8');
    expect(committed).toBe(await kernelSource(module));
    expect(committed.length).toBeLessThan(largestFile);
    const base64 = [...committed.matchAll(/'([^']*)'/g)].map(([, row]) => row).join('');
    expect(Buffer.from(base64, 'base64').length).toBeLessThan(largestModule);
  },
);
