// Captures a data set on all cores. A large one takes minutes, so it is done in parts, reports progress, and can be
// stopped.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FormatError } from '../../../../core/floor.ts';
import { mnistFraming } from '../../../../picture/floor.ts';
import {
  type CaptureDatasetOptions,
  checkCapture,
  countOf,
  type Dataset,
  type DatasetView,
} from '../../../../samples/floor.ts';
import { datasetSharer } from '../../data/datasetSharer.ts';
import { sharedBytes, sharedNumbers } from '../../data/sharedArrays.ts';
import { workerFile } from '../../files/workers.ts';

/** Samples of one part: about a second's work, so that progress moves and a stop takes effect soon. */
const partSamples = 200;

/** What a thread is started with. */
export interface CaptureThreadData {
  readonly view: DatasetView;
  readonly options: Omit<CaptureDatasetOptions, 'part' | 'onProgress'> & { readonly parts: number };
}

/** Its answer to the number of a part. */
export interface CapturedPart extends Pick<Dataset, 'images' | 'targets' | 'writers' | 'sets'> {
  readonly index: number;
}

/** Options of {@link captureOnThreads}. */
export interface CaptureThreadsOptions extends Omit<CaptureDatasetOptions, 'part'> {
  /** Number of threads; default: all cores. */
  readonly threads?: number;
  /** Checked after every part; when it turns true, nothing is returned. */
  readonly cancelled?: () => boolean;
}

/**
 * Captures like {@link captureDataset}, the same pictures bit for bit, but on several threads.
 *
 * @returns the captured samples, in shared memory; undefined when it was cancelled.
 * @throws as `captureDataset` does, except that parts without any ink are allowed as long as one part has some.
 */
export async function captureOnThreads(
  view: DatasetView,
  options: CaptureThreadsOptions,
): Promise<Dataset | undefined> {
  const { threads = availableParallelism(), cancelled, onProgress, ...captures } = options;
  // Checked here, because an error loses its class on the way out of a thread.
  for (const config of captures.captures) checkCapture(config);
  const count = countOf(view);
  const parts = Math.max(1, Math.ceil(count / partSamples));
  const shared = datasetSharer()(withoutInks(view));
  const data: CaptureThreadData = { view: shared, options: { ...captures, parts } };
  const done = new Array<CapturedPart | undefined>(parts);
  let [next, finished] = [0, 0];
  const work = async (): Promise<void> => {
    const { url, options: start } = workerFile('./captureThread', import.meta.url);
    const worker = new Worker(url, { ...start, workerData: data });
    try {
      while (next < parts && !cancelled?.()) {
        worker.postMessage(next++);
        const [part] = (await once(worker, 'message')) as [CapturedPart];
        done[part.index] = part;
        finished++;
        onProgress?.(Math.round((finished * count) / parts) * captures.variants, count * captures.variants);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, parts) }, work));
  if (finished < parts) return undefined;
  return joined(view.dataset, done as CapturedPart[], options);
}

/** The parts in their order, as one data set. */
function joined(
  { name, labels, writerSet }: Dataset,
  parts: readonly CapturedPart[],
  { framing = mnistFraming }: CaptureThreadsOptions,
): Dataset {
  const count = parts.reduce((sum, { targets }) => sum + targets.length, 0);
  if (count === 0) throw new FormatError(`${name}: capturing: expected ink in at least one picture, received none`);
  const side = framing.size;
  const images = sharedBytes(count * side * side);
  const targets = sharedNumbers(count);
  const writers = parts.every((part) => part.writers) ? sharedNumbers(count) : undefined;
  const sets = parts.every((part) => part.sets) ? sharedBytes(count) : undefined;
  let at = 0;
  for (const part of parts) {
    images.set(part.images, at * side * side);
    targets.set(part.targets, at);
    writers?.set(part.writers!, at);
    sets?.set(part.sets!, at);
    at += part.targets.length;
  }
  const origins = { ...(writers && { writers }), ...(sets && { sets }), ...(writerSet !== undefined && { writerSet }) };
  return { name: `${name}, captured`, labels, width: side, height: side, count, images, targets, ...origins };
}

/** Strokes would be copied to every thread, and captures are of pictures. */
function withoutInks({ dataset: { inks: _, ...dataset }, indices }: DatasetView): DatasetView {
  return { dataset, indices };
}
