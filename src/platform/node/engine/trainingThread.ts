// The file that a training's worker thread runs; started by `threadTeam`, never imported.
import { parentPort, workerData } from 'node:worker_threads';
import { Barrier, TrainingWorker } from '../../../learn/floor.ts';
import { onnxRuntimeEngine } from './onnxRuntime.ts';
import type { ThreadData, ThreadReply, ThreadRequest } from './threadTeam.ts';

const { setup, index, count, threads, memory, barrier: barrierCells } = workerData as ThreadData;
const port = parentPort!;
const barrier = new Barrier(barrierCells, count);
const place = { index, count, threads, memory, barrier };
const worker = new TrainingWorker(setup, place, await onnxRuntimeEngine());

port.on('message', (request: ThreadRequest) => {
  answer(request).then(
    (result) => port.postMessage({ result } satisfies ThreadReply),
    (error: unknown) => {
      barrier.break(); // the others wait for this one, which will not come
      port.postMessage({ error } satisfies ThreadReply);
    },
  );
});

async function answer(request: ThreadRequest): Promise<unknown> {
  if (request.type === 'run') return worker.run(request.plan);
  if (request.type === 'validate') return worker.validate();
  await worker.dispose();
  port.close();
  return undefined;
}
