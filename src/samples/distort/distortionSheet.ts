// A contact sheet of a distortion: originals and their variants on one picture, one row per sample.
import { randomStream, shuffle } from '../../core/floor.ts';
import { contactSheet, type Picture } from '../../picture/floor.ts';
import { type Samples, viewOf } from '../data/datasetView.ts';
import { pictureAt } from '../data/pictures.ts';
import type { DistortionConfig } from './config.ts';
import { createDistorter } from './distort.ts';

/** What {@link distortionSheet} shows. */
export interface DistortionSheetOptions {
  /** Distorted copies of each original, at least 1. */
  readonly variants: number;
  /** Seed of the originals and of their distortions; the same seed gives the same sheet. */
  readonly seed: number;
  /** Strength of the distortion, at least 0; default 1. */
  readonly strength?: number;
}

/**
 * Lays out one sample of each class that has any, in the order of the labels: the original at the left, distorted
 * copies to its right. The originals are those that `datasetSheet` shows first for the same seed.
 *
 * @throws {UsageError} when the sheet would be larger than `contactSheet` allows.
 */
export function distortionSheet(samples: Samples, config: DistortionConfig, options: DistortionSheetOptions): Picture {
  const { dataset, indices } = viewOf(samples);
  const { width, height, labels, targets } = dataset;
  const { variants, seed, strength } = options;
  const distort = createDistorter(config, width, height, labels);
  const classes = labels.map((): number[] => []);
  for (const index of indices) classes[targets[index]!]!.push(index);
  const cells = classes.flatMap((own, targetClass) => {
    const [chosen] = shuffle(own, randomStream(seed, 'sheet', targetClass));
    if (chosen === undefined) return [];
    const original = pictureAt(dataset, chosen);
    const copies = Array.from({ length: variants }, (_, variant) => {
      const pixels = new Uint8Array(width * height);
      distort(original.pixels, pixels, randomStream(seed, 'distort', chosen, variant), strength, targetClass);
      return { width, height, pixels };
    });
    return [original, ...copies];
  });
  return contactSheet(cells, { columns: 1 + variants });
}
