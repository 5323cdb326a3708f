// Raw labelled pictures -> a data set framed for a network, with the same preprocessing as the recogniser's.
import { FormatError, UsageError } from '../../core/floor.ts';
import {
  checkFraming,
  type Framing,
  frameCharacter,
  type Ink,
  mnistFraming,
  type Picture,
  rasterizeInk,
} from '../../picture/floor.ts';
import type { Dataset, LabelledPictures } from './dataset.ts';
import { originsAt } from './datasetView.ts';

/**
 * Most pixels of all framed pictures together, one byte each: 4 GiB, 5.5 million pictures of 28x28 or 1.8 million of
 * 48x48. No array of Node 20 is longer.
 */
export const maxFramedPixels: number = 2 ** 32;

/** What {@link frameDataset} returns. */
export interface FramedPictures {
  /** The framed pictures, without those where no ink was found. */
  readonly dataset: Dataset;
  /** Position in the raw pictures of each picture of `dataset`, `[count]`. */
  readonly kept: Uint32Array;
  /** Positions of the raw pictures where no ink was found; they are not in `dataset`. */
  readonly empty: readonly number[];
}

/**
 * Frames raw pictures for a network: any size and polarity in, ink 255 on 0 in a square of `framing.size` out.
 *
 * Pictures without ink are left out and reported, because a network has no answer for them. All class texts stay, even
 * if a class loses every picture.
 *
 * @param onProgress called after each picture with the number done.
 * @param allocate allocates zeroed memory for the framed pictures; shared memory where threads will read them.
 * @throws {FormatError} when no picture has ink.
 * @throws {UsageError} when the framing is out of range, or asks for more than {@link maxFramedPixels} in all.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { hanziFraming } from 'ductus/picture';
 * import { frameDataset, picturesOf } from 'ductus/samples';
 *
 * const { count, ...test } = await openDataset('mnist:test');
 * const few = { ...test, count: 5, images: test.images.subarray(0, 5 * 784), targets: test.targets.subarray(0, 5) };
 * const { dataset, empty } = frameDataset(picturesOf(few), hanziFraming);
 * console.log(dataset.width, dataset.count, empty.length); // 48 5 0
 * ```
 */
export function frameDataset(
  raw: LabelledPictures,
  framing: Framing = mnistFraming,
  onProgress?: (done: number) => void,
  allocate?: (bytes: number) => Uint8Array,
): FramedPictures {
  return frameSamples(raw, raw.pictures.length, (position) => raw.pictures[position]!, framing, onProgress, allocate);
}

/** Samples as strokes: the result of a reader of ink. */
export type LabelledInk = Omit<LabelledPictures, 'pictures' | 'inks'> & { readonly inks: readonly Ink[] };

/**
 * Draws strokes and frames the drawings for a network, as a recogniser does with strokes from a pad.
 *
 * Each drawing is made in turn and not kept, so tens of thousands of them need only the memory of the result.
 *
 * @param onProgress and `allocate` as for {@link frameDataset}.
 * @throws as {@link frameDataset}.
 *
 * @example
 * ```ts
 * import { drawDataset } from 'ductus/samples';
 *
 * const one = { strokes: [[{ x: 5, y: 0 }, { x: 5, y: 10 }]] };
 * const { dataset } = drawDataset({
 *   name: 'mine',
 *   labels: ['1'],
 *   inks: [one],
 *   targets: Uint16Array.of(0),
 *   sources: ['first'],
 * });
 * console.log(dataset.width, dataset.count); // 28 1
 * ```
 */
export function drawDataset(
  raw: LabelledInk,
  framing: Framing = mnistFraming,
  onProgress?: (done: number) => void,
  allocate?: (bytes: number) => Uint8Array,
): FramedPictures {
  return frameSamples(
    raw,
    raw.inks.length,
    (position) => rasterizeInk(raw.inks[position]!, framing.pen),
    framing,
    onProgress,
    allocate,
  );
}

function frameSamples(
  raw: Omit<LabelledPictures, 'pictures'>,
  total: number,
  pictureOf: (position: number) => Picture,
  framing: Framing,
  onProgress?: (done: number) => void,
  allocate: (bytes: number) => Uint8Array = (bytes) => new Uint8Array(bytes),
): FramedPictures {
  checkFraming(framing);
  const pixels = framing.size * framing.size;
  if (total * pixels > maxFramedPixels) {
    throw new UsageError(
      `${raw.name}: framing: expected at most ${maxFramedPixels} pixels in all, received ${total} pictures of ${framing.size}x${framing.size}`,
    );
  }
  const images = allocate(total * pixels);
  const kept = new Uint32Array(total);
  const empty: number[] = [];
  let count = 0;
  for (let position = 0; position < total; position++) {
    const framed = frameCharacter(pictureOf(position), framing);
    if (framed) {
      images.set(framed.pixels, count * pixels);
      kept[count++] = position;
    } else {
      empty.push(position);
    }
    onProgress?.(position + 1);
  }
  if (count === 0) {
    throw new FormatError(`${raw.name}: framing: expected ink in at least one picture, received ${total} without any`);
  }
  const dataset = {
    ...originsAt(raw, kept.subarray(0, count)),
    name: raw.name,
    labels: raw.labels,
    width: framing.size,
    height: framing.size,
    count,
    images: images.subarray(0, count * pixels),
    targets: Uint16Array.from(kept.subarray(0, count), (position) => raw.targets[position]!),
  };
  return { dataset, kept: kept.subarray(0, count), empty };
}
