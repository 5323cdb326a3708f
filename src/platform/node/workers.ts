// Where a worker thread's file is and how Node must be started to run it: as built JavaScript, or from source through tsx.
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from 'node:worker_threads';

/** What `new Worker(url, options)` of node:worker_threads takes. */
export interface WorkerFile {
  readonly url: URL;
  readonly options: WorkerOptions;
}

/**
 * Finds a worker's file beside the module that starts it.
 *
 * A worker thread does not inherit tsx's loader, so that a thread started from TypeScript source must load it itself.
 *
 * @param name file without its ending, relative to the module: `'./recognizerWorker'`.
 * @param base the starting module's `import.meta.url`; whether it ends in `.ts` decides between source and built files.
 * @returns arguments for `new Worker`; add `workerData` to a copy of `options`.
 */
export function workerFile(name: string, base: string): WorkerFile {
  if (!fileURLToPath(base).endsWith('.ts')) return { url: new URL(`${name}.js`, base), options: {} };
  return {
    url: new URL(`${name}.ts`, base),
    options: { execArgv: ['--import', import.meta.resolve('tsx')] },
  };
}
