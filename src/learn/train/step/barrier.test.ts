import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { Barrier, barrierMemory } from './barrier.ts';

const file = new URL('./barrier.ts', import.meta.url).href;
const tsx = import.meta.resolve('tsx/esm/api');

/** A thread that runs some lines with a barrier of `count`, and posts their result. */
function thread(memory: SharedArrayBuffer, count: number, body: string, shared?: SharedArrayBuffer): Worker {
  const source = `import { parentPort, workerData } from 'node:worker_threads';
import { register } from ${JSON.stringify(tsx)};
register();
const { Barrier } = await import(${JSON.stringify(file)});
const barrier = new Barrier(workerData.memory, ${count});
const say = (text) => parentPort.postMessage(text);
${body}`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  return new Worker(url, { workerData: { memory, shared } });
}

async function said(worker: Worker): Promise<unknown> {
  const [message] = (await once(worker, 'message')) as [unknown];
  await worker.terminate();
  return message;
}

describe('Barrier', () => {
  it('lets one alone pass', () => {
    const barrier = new Barrier(barrierMemory(), 1);
    for (let round = 0; round < 3; round++) barrier.wait();
  });

  it('holds all until the last has arrived, round after round', { tags: ['slow'] }, async () => {
    // Each adds to a counter before the barrier and reads it afterwards: no thread may see a sum that lacks another's
    // share.
    const [memory, counter] = [barrierMemory(), new SharedArrayBuffer(4)];
    const body = `const cells = new Int32Array(workerData.shared);
let wrong = 0;
for (let round = 1; round <= 2000; round++) {
  Atomics.add(cells, 0, 1);
  barrier.wait();
  if (Atomics.load(cells, 0) !== 3 * round) wrong++;
  barrier.wait();
}
say(wrong);`;
    const answers = await Promise.all([1, 2, 3].map(() => said(thread(memory, 3, body, counter))));
    expect(answers).toEqual([0, 0, 0]);
  });

  it('lets all who wait go with an error when it is broken, and those who come later too', {
    tags: ['slow'],
  }, async () => {
    const memory = barrierMemory();
    const body = `try { barrier.wait(); say('passed'); } catch (error) { say(error.message); }`;
    const waiting = [said(thread(memory, 4, body)), said(thread(memory, 4, body))];
    const cells = new Int32Array(memory);
    while (Atomics.load(cells, 0) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    new Barrier(memory, 4).break();
    expect(await Promise.all(waiting)).toEqual(Array(2).fill('another thread of the training has failed'));
    expect(() => new Barrier(memory, 4).wait()).toThrow(/another thread/);
  });
});
