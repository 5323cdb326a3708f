// The file of a worker thread, and how Node must be started to run it: as built JavaScript, or from source through tsx.
import type { WorkerOptions } from 'node:worker_threads';

/** What `new Worker(url, options)` of node:worker_threads takes. */
export interface WorkerFile {
  readonly url: URL;
  readonly options: WorkerOptions;
}

/**
 * Finds a worker's file beside the module that starts it.
 *
 * A worker thread does not inherit tsx's loader, and on Node 20 `--import tsx` does not reach its main file: from
 * source the thread starts with a line that loads tsx and then the worker.
 *
 * @param name file without its ending, relative to the module: `'./recognizerWorker'`.
 * @param base the starting module's `import.meta.url`; whether it ends in `.ts` decides between source and built files.
 * @returns arguments for `new Worker`; add `workerData` to a copy of `options`.
 */
export function workerFile(name: string, base: string): WorkerFile {
  if (!base.endsWith('.ts')) return { url: new URL(`${name}.js`, base), options: {} };
  const loader = import.meta.resolve('tsx/esm/api');
  const worker = new URL(`${name}.ts`, base).href;
  const start = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(worker)});`;
  return { url: new URL(`data:text/javascript,${encodeURIComponent(start)}`), options: {} };
}
