// Makes a source's data for a name from a function that reads it: one maker for each form of samples.
import { type Framing, mnistFraming } from '../../../picture/floor.ts';
import {
  type Dataset,
  drawDataset,
  type FramedPictures,
  frameDataset,
  type LabelledInk,
  type LabelledPictures,
  picturesOf,
} from '../../../samples/floor.ts';
import type { DataProgress, FramedData, LooseSamples, PictureArray } from './dataSource.ts';
import { sharedBytes } from './sharedArrays.ts';

/** Facts about data before it is read. */
export interface DataOrigin {
  readonly identity: string;
  readonly terms?: string | undefined;
  readonly shown?: Framing;
}

/**
 * Pictures of one size in one array.
 *
 * @param read returns the array.
 * @param pictures returns them one by one, where more is known of each than the array says.
 */
export function pictureArray(
  origin: DataOrigin & { readonly framing: 'framed' | 'raw' },
  read: () => Promise<Dataset>,
  pictures: () => Promise<LabelledPictures> = async () => picturesOf(await read()),
): PictureArray {
  const { framing } = origin;
  return { ...loosePictures(origin, pictures), form: 'array', framing, stored: read };
}

/**
 * Pictures of any size and polarity.
 *
 * @param read returns them all.
 * @param framed frames them without holding them all; default: those of `read`, each framed.
 */
export function loosePictures(
  origin: DataOrigin,
  read: (onProgress?: DataProgress) => Promise<LabelledPictures>,
  framed?: LooseSamples['framed'],
): LooseSamples {
  return {
    ...factsOf(origin),
    ...{ form: 'pictures', framing: 'raw', pictures: read },
    async framed(frame, onProgress) {
      if (framed !== undefined) return framed(frame, onProgress);
      const raw = await read(onProgress);
      const total = raw.pictures.length;
      return withSources(
        frameDataset(raw, frame, (done) => onProgress?.(done, total), sharedBytes),
        raw,
      );
    },
  };
}

/** Pen strokes. @param read returns them all. */
export function strokes(origin: DataOrigin, read: (onProgress?: DataProgress) => Promise<LabelledInk>): LooseSamples {
  const framed: LooseSamples['framed'] = async (frame, onProgress) => {
    const raw = await read(onProgress);
    const total = raw.inks.length;
    return withSources(
      drawDataset(raw, frame, (done) => onProgress?.(done, total), sharedBytes),
      raw,
    );
  };
  return {
    ...factsOf(origin),
    ...{ form: 'strokes', framing: 'raw', framed },
    pictures: async (onProgress) => picturesOf((await framed(mnistFraming, onProgress)).dataset),
  };
}

function factsOf({ identity, terms, shown }: DataOrigin): Pick<LooseSamples, 'identity' | 'terms' | 'shown'> {
  return { identity, ...(terms !== undefined && { terms }), ...(shown && { shown }) };
}

function withSources(
  { dataset, empty }: FramedPictures,
  { sources, targets, labels }: Pick<LabelledPictures, 'sources' | 'targets' | 'labels'>,
): FramedData {
  return {
    dataset,
    empty: empty.map((position) => ({ source: sources[position]!, label: labels[targets[position]!]! })),
  };
}
