import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerFile } from './workers.ts';

let folder: string;
const core = new URL('../../../core/floor.ts', import.meta.url).href;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-workers-'));
  await writeFile(
    join(folder, 'sum.ts'),
    `import { parentPort, workerData } from 'node:worker_threads';
import { sizeOf } from ${JSON.stringify(core)};
parentPort!.postMessage(sizeOf(workerData as number[]));`,
  );
  await writeFile(
    join(folder, 'sum.js'),
    `import { parentPort } from 'node:worker_threads';
parentPort.postMessage('built');`,
  );
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rm(folder, { recursive: true }));

async function answer(base: string): Promise<unknown> {
  const { url, options } = workerFile('./sum', pathToFileURL(join(folder, base)).href);
  const worker = new Worker(url, { ...options, workerData: [2, 3, 7] });
  const [message] = (await once(worker, 'message')) as [unknown];
  await worker.terminate();
  return message;
}

describe('workerFile', () => {
  it('starts a worker from TypeScript source, with the imports of the project', async () => {
    expect(await answer('starter.ts')).toBe(42);
  });
  it('starts the built file from built code', async () => {
    expect(await answer('starter.js')).toBe('built');
  });
});
