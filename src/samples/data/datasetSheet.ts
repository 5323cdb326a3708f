// A contact sheet of a data set: some samples of each class on one picture, one row per class.
import { randomStream, shuffle } from '../../core/floor.ts';
import { contactSheet, type Picture } from '../../picture/floor.ts';
import { type Samples, viewOf } from './datasetView.ts';
import { pictureAt } from './pictures.ts';

/** What {@link datasetSheet} shows. */
export interface DatasetSheetOptions {
  /** Samples of each class, at least 1; a class that has fewer shows all it has. */
  readonly perClass: number;
  /** Seed of the choice; the same seed shows the same samples. */
  readonly seed: number;
}

/** Grey level between the pictures and where a class has too few: neither paper nor ink. */
const gapLevel = 96;

/**
 * Lays out a random choice of samples, one row per class in the order of the labels.
 *
 * @throws {UsageError} when the sheet would be larger than `contactSheet` allows.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { datasetSheet } from 'ductus/samples';
 *
 * const sheet = datasetSheet(await openDataset('mnist:test'), { perClass: 3, seed: 1 });
 * console.log(sheet.height > sheet.width); // true
 * ```
 */
export function datasetSheet(samples: Samples, options: DatasetSheetOptions): Picture {
  const { dataset } = viewOf(samples);
  const { width, height } = dataset;
  const blank = { width, height, pixels: new Uint8Array(width * height).fill(gapLevel) };
  const cells = sheetSamples(samples, options).flatMap((chosen) =>
    Array.from({ length: options.perClass }, (_, column) => {
      const index = chosen[column];
      return index === undefined ? blank : pictureAt(dataset, index);
    }),
  );
  return contactSheet(cells, { columns: options.perClass, gapLevel });
}

/**
 * The samples that {@link datasetSheet} shows.
 *
 * @returns for each class, in the order of the labels, positions in the data set; fewer than `perClass` where it has no
 * more.
 */
export function sheetSamples(samples: Samples, { perClass, seed }: DatasetSheetOptions): number[][] {
  const { dataset, indices } = viewOf(samples);
  const classes = dataset.labels.map((): number[] => []);
  for (const index of indices) classes[dataset.targets[index]!]!.push(index);
  return classes.map((own, number) => shuffle(own, randomStream(seed, 'sheet', number)).slice(0, perClass));
}
