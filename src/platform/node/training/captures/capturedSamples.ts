// The captures of a training. They are made once, on all cores, and kept in the run's folder; a resumed run reuses
// them.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecipeCaptures } from '../../../../learn/floor.ts';
import type { Framing } from '../../../../picture/floor.ts';
import {
  captureNamed,
  capturePresets,
  concatSamples,
  countOf,
  type Dataset,
  formatIdx,
  parseIdx,
  type Samples,
  viewOf,
} from '../../../../samples/floor.ts';
import { readIdxPictures } from '../../data/readers/idxPictures.ts';
import { sharedBytes } from '../../data/sharedArrays.ts';
import { writeFileAtomic } from '../../files/files.ts';
import { captureOnThreads } from './captureOnThreads.ts';

/** Event while samples are captured, before a training starts. */
export interface CapturingEvent {
  readonly type: 'capturing';
  readonly done: number;
  readonly total: number;
}

/** Endings of the kept files; the first is removed first. */
const keptFiles = ['key', 'images.idx3', 'labels.idx1', 'sets.idx1'] as const;

/** Time between two events: often enough for a bar. */
const eventMilliseconds = 500;

/** What to capture, and where to keep it. */
export interface CapturedSamplesOptions {
  readonly captures: RecipeCaptures;
  readonly seed: number;
  /** The run's folder. */
  readonly folder: string;
  /** Which samples these are; the files' names begin with it. */
  readonly name: string;
  /** Hash of the data from which the samples come. */
  readonly dataHash: string;
  /** How captures are framed; as the samples are. */
  readonly framing: Framing;
  readonly threads?: number;
  readonly cancelled?: () => boolean;
}

/**
 * Samples together with captures of each.
 *
 * @returns undefined when it was cancelled.
 */
export async function* capturedSamples(
  samples: Samples,
  options: CapturedSamplesOptions,
): AsyncGenerator<CapturingEvent, Dataset | undefined, undefined> {
  const { captures, seed, folder, name, dataHash, framing, threads, cancelled } = options;
  const view = viewOf(samples);
  const { presets, variants } = captures;
  const configs = presets === 'all' ? capturePresets : presets.map(captureNamed);
  // Everything that decides the captures, except the code: an older version's captures stay to the end of their run.
  const key = JSON.stringify({
    dataHash,
    seed,
    variants,
    configs,
    framing,
    count: countOf(view),
    sets: view.dataset.sets !== undefined,
  });
  const file = (kind: (typeof keptFiles)[number]): string => join(folder, `${name}-${kind}`);
  let captured: Dataset | undefined;
  const hash = createHash('sha256').update(key).digest('hex');
  if (existsSync(file('key')) && (await readFile(file('key'), 'utf8')) === hash) {
    const pictures = await readIdxPictures(file('images.idx3'));
    const targets = parseIdx(await readFile(file('labels.idx1')), file('labels.idx1'), { rank: 1, types: ['uint16'] });
    const { name: title, labels } = view.dataset;
    captured = { name: title, labels, ...pictures, targets: targets.data as Uint16Array };
    if (view.dataset.sets !== undefined) {
      const sets = parseIdx(await readFile(file('sets.idx1')), file('sets.idx1'), { rank: 1, types: ['uint8'] });
      captured = { ...captured, sets: sets.data as Uint8Array };
    }
  } else {
    let latest: CapturingEvent = { type: 'capturing', done: 0, total: countOf(view) * variants };
    const work = captureOnThreads(view, {
      captures: configs.map(({ config }) => config),
      ...{ variants, seed, framing },
      ...(threads !== undefined && { threads }),
      ...(cancelled && { cancelled }),
      onProgress: (done, total) => {
        latest = { type: 'capturing', done, total };
      },
    });
    const ended = work.then(() => true);
    for (let over = false; !over; ) {
      over = await Promise.race([ended, pause(eventMilliseconds)]);
      yield latest;
    }
    captured = await work;
    if (captured === undefined) return undefined;
    const { count, width, height, images, targets, sets } = captured;
    await writeFileAtomic(
      file('images.idx3'),
      formatIdx({ type: 'uint8', shape: [count, height, width], data: images }),
    );
    await writeFileAtomic(file('labels.idx1'), formatIdx({ type: 'uint16', shape: [count], data: targets }));
    if (sets !== undefined) {
      await writeFileAtomic(file('sets.idx1'), formatIdx({ type: 'uint8', shape: [count], data: sets }));
    }
    // Last: the others are invalid without it.
    await writeFileAtomic(file('key'), new TextEncoder().encode(hash));
  }
  return concatSamples([view, captured], {
    name: view.dataset.name,
    labels: view.dataset.labels,
    allocate: sharedBytes,
  });
}

/** Removes what {@link capturedSamples} kept: a finished run no longer needs it. */
export async function forgetCaptures(folder: string, name: string): Promise<void> {
  for (const kind of keptFiles) await rm(join(folder, `${name}-${kind}`), { force: true });
}

function pause(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));
}
