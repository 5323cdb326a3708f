import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { defineConfig } from 'vitest/config';
import { slowTests } from './test/slowTests.ts';

// Projects tell kinds of test apart, so that one can be run alone (`npx vitest run --project unit`) and only the tests
// in a browser pay for building the page. All of them together are `npm test`.
const shared = {
  // ONNX Runtime's native module does not survive being loaded in several worker threads of one process.
  pool: 'forks' as const,
  // One process runs many files: what they import, the floors and ONNX Runtime, is loaded once and not 220 times, which
  // took a third of all time. So no test may leave a module, the environment or the working folder changed.
  isolate: false,
  // Vitest itself leaves one core idle.
  maxWorkers: availableParallelism(),
  // Only what hangs is stopped: the slowest test, a training of the README, takes seconds, but a minute and more on a
  // busy machine.
  testTimeout: 300_000,
  hookTimeout: 120_000,
  exclude: ['**/node_modules/**', '**/dist/**', 'runs/**'],
};

/**
 * The package's names, public (`ductus/learn`) and private (`#learn`), stand for this source tree, as the compiler has
 * them.
 */
const { paths } = ts.readConfigFile(fileURLToPath(new URL('tsconfig.paths.json', import.meta.url)), ts.sys.readFile)
  .config.compilerOptions as { paths: Record<string, [string]> };
const sourceTree = Object.entries(paths).map(([name, [file]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(file, import.meta.url)),
}));

export default defineConfig({
  test: {
    tags: [
      {
        name: 'slow',
        description:
          'Takes over a third of a second on a quiet machine, or starts a process: left out by `npm run test:quick`.',
      },
    ],
    reporters: ['default', slowTests],
    projects: [
      {
        resolve: { alias: sourceTree },
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.ts', 'apps/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
        },
      },
      { resolve: { alias: sourceTree }, test: { ...shared, name: 'house', include: ['test/house/**/*.test.ts'] } },
      { test: { ...shared, name: 'parity', include: ['test/{parity,golden}/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/globalSetup.ts'],
          // After all others: a browser that shares two cores with network trainings is slow to answer its own events.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
