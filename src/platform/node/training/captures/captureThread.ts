// The file that a capturing worker thread runs; started by `captureOnThreads`, never imported.
import { parentPort, workerData } from 'node:worker_threads';
import { captureDataset, type DatasetView } from '../../../../samples/floor.ts';
import type { CapturedPart, CaptureThreadData } from './captureOnThreads.ts';

const { view, options } = workerData as CaptureThreadData;
const port = parentPort!;

port.on('message', (index: number) => {
  const { images, targets, writers, sets } = captureDataset(view as DatasetView, {
    ...options,
    part: { index, parts: options.parts },
  });
  const buffers = [images, targets, ...(writers ? [writers] : []), ...(sets ? [sets] : [])].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
  port.postMessage(
    { index, images, targets, ...(writers && { writers }), ...(sets && { sets }) } satisfies CapturedPart,
    buffers,
  );
});
