// A contact sheet of captures: for each class an original and captured variants, each above its framed picture.
import { randomStream, shuffle } from '../../core/floor.ts';
import {
  contactSheet,
  frameCharacter,
  mnistFraming,
  type Picture,
  reducePicture,
  resizePicture,
} from '../../picture/floor.ts';
import { type Samples, viewOf } from '../data/datasetView.ts';
import { pictureAt } from '../data/pictures.ts';
import { captureSample } from './capture.ts';
import type { CaptureConfig } from './config.ts';

/** What {@link captureSheet} shows. */
export interface CaptureSheetOptions {
  /** Captured copies of each original, at least 1. */
  readonly variants: number;
  /** Seed of the originals and of their captures; the same seed gives the same sheet. */
  readonly seed: number;
}

/** Side of a cell: framed pictures are shown at twice their size. */
const cellSide = 2 * mnistFraming.size;

/** Grey around pictures that do not fill their cell, neither paper nor ink; the same as `contactSheet`'s gaps. */
const mount = 96;

/**
 * Lays out one sample of each class that has any, in the order of the labels, two rows each. The upper row has the
 * original and its captures, shrunk to fit. The lower row has each one framed as MNIST's, or only the mount where
 * framing finds no ink.
 *
 * Neighbours are other samples. Originals are those that `datasetSheet` shows first for the same seed.
 *
 * @throws {UsageError} when the sheet would be larger than `contactSheet` allows, or the config is not one.
 */
export function captureSheet(
  samples: Samples,
  config: CaptureConfig,
  { variants, seed }: CaptureSheetOptions,
): Picture {
  const { dataset, indices } = viewOf(samples);
  const classes = dataset.labels.map((): number[] => []);
  for (const index of indices) classes[dataset.targets[index]!]!.push(index);
  const cells = classes.flatMap((own, targetClass) => {
    const [chosen] = shuffle(own, randomStream(seed, 'sheet', targetClass));
    if (chosen === undefined) return [];
    const original = pictureAt(dataset, chosen);
    const captures = Array.from({ length: variants }, (_, variant) => {
      const random = randomStream(seed, 'capture', chosen, variant);
      return captureSample(original, config, random, (own) => pictureAt(dataset, indices[own.integer(indices.length)]!))
        .picture;
    });
    const all = [original, ...captures];
    return [...all.map(mounted), ...all.map((picture) => mounted(frameCharacter(picture, mnistFraming)))];
  });
  return contactSheet(cells, { columns: 1 + variants, gapLevel: mount });
}

/** Centres a picture in a cell: a small one is enlarged by a whole factor, a large one reduced. */
function mounted(picture: Picture | undefined): Picture {
  const cell = { width: cellSide, height: cellSide, pixels: new Uint8Array(cellSide * cellSide).fill(mount) };
  if (picture === undefined) return cell;
  const times = Math.max(1, Math.floor(cellSide / Math.max(picture.width, picture.height)));
  const fitted =
    times > 1
      ? resizePicture(picture, picture.width * times, picture.height * times)
      : reducePicture(picture, cellSide);
  const [left, top] = [(cellSide - fitted.width) >> 1, (cellSide - fitted.height) >> 1];
  for (let y = 0; y < fitted.height; y++) {
    const row = fitted.pixels.subarray(y * fitted.width, (y + 1) * fitted.width);
    cell.pixels.set(row, (top + y) * cellSide + left);
  }
  return cell;
}
