import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'apps/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'runs/**'],
    // ONNX Runtime's native module does not survive being loaded in several worker threads of one process.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
