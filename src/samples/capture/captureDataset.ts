// Samples as strangers would hand them in: each captured on paper and framed again. A network then sees the same as on
// real pictures, including mistakes of ink finding.
import { FormatError, type Random, randomStream } from '../../core/floor.ts';
import { checkFraming, type Framing, frameCharacter, mnistFraming } from '../../picture/floor.ts';
import type { Dataset } from '../data/dataset.ts';
import { countOf, type Samples, viewOf } from '../data/datasetView.ts';
import { pictureAt } from '../data/pictures.ts';
import { captureSample } from './capture.ts';
import type { CaptureConfig } from './config.ts';
import { checkCapture } from './schema.ts';

/** How {@link captureDataset} captures. */
export interface CaptureDatasetOptions {
  /** Each capture uses one of these, drawn uniformly. */
  readonly captures: readonly CaptureConfig[];
  /** Captured copies of every sample, at least 1. */
  readonly variants: number;
  readonly seed: number;
  /** How they are framed again; default: as MNIST's. */
  readonly framing?: Framing;
  /** Which part of all captures to make, from 0 to `parts - 1`. Parts made separately equal all made at once. */
  readonly part?: { readonly index: number; readonly parts: number };
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Captures every sample `variants` times and frames the captures. Captures in which no ink is found are left out.
 * Neighbours are other samples.
 *
 * @returns pictures of `framing.size` square, sample by sample, its variants in turn; the same for the same seed.
 * @throws {UsageError} when a config or the framing is out of range.
 * @throws {FormatError} when framing finds ink in none of them; a part may be empty.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { captureDataset, captureNamed, limitSamples } from 'ductus/samples';
 *
 * const some = limitSamples(await openDataset('mnist:train'), 10, 1);
 * const captured = captureDataset(some, { captures: [captureNamed('bitmap').config], variants: 2, seed: 1 });
 * console.log(captured.width, captured.count <= 20); // 28 true
 * ```
 */
export function captureDataset(samples: Samples, options: CaptureDatasetOptions): Dataset {
  const { captures, variants, seed, framing = mnistFraming, part, onProgress } = options;
  const { index: own, parts } = part ?? { index: 0, parts: 1 };
  for (const config of captures) checkCapture(config);
  checkFraming(framing);
  const { dataset, indices } = viewOf(samples);
  const all = countOf(samples);
  const [from, to] = [own, own + 1].map((index) => Math.round((index * all) / parts)) as [number, number];
  const total = (to - from) * variants;
  const pixels = framing.size ** 2;
  const images = new Uint8Array(total * pixels);
  const targets = new Uint16Array(total);
  const writers = dataset.writers && new Uint16Array(total);
  const sets = dataset.sets && new Uint8Array(total);
  const other = (random: Random) => pictureAt(dataset, indices[random.integer(indices.length)]!);
  let count = 0;
  for (let position = from; position < to; position++) {
    const index = indices[position]!;
    for (let variant = 0; variant < variants; variant++) {
      const random = randomStream(seed, 'capture', index, variant);
      const config = captures[random.integer(captures.length)]!;
      const framed = frameCharacter(captureSample(pictureAt(dataset, index), config, random, other).picture, framing);
      if (framed === undefined) continue;
      images.set(framed.pixels, count * pixels);
      targets[count] = dataset.targets[index]!;
      if (writers !== undefined) writers[count] = dataset.writers![index]!;
      if (sets !== undefined) sets[count] = dataset.sets![index]!;
      count++;
    }
    onProgress?.((position + 1 - from) * variants, total);
  }
  if (count === 0 && part === undefined) {
    throw new FormatError(
      `${dataset.name}: capturing: expected ink in at least one picture, received ${total} without any`,
    );
  }
  return {
    name: `${dataset.name}, captured`,
    labels: dataset.labels,
    width: framing.size,
    height: framing.size,
    count,
    images: images.subarray(0, count * pixels),
    targets: targets.subarray(0, count),
    ...(writers && { writers: writers.subarray(0, count) }),
    ...(sets && { sets: sets.subarray(0, count) }),
  };
}
