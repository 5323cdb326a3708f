// The pictures that a model is measured on: opened in the form in which they are read, restricted and limited.
import { type Alphabet, expandAlphabet, UsageError } from '../../../core/floor.ts';
import { choosePictures, type LabelledPictures, limitSamples, picturesOf } from '../../../samples/floor.ts';
import { openDataset, openPictures } from '../data/data.ts';
import { findData } from '../data/sources/sources.ts';
import type { LoadedModel } from '../model/modelFile.ts';

/** Which pictures are measured. */
export interface MeasuredPicturesOptions {
  /** As `openDataset` and `openPictures` take it. */
  readonly data: string;
  /**
   * `'framed'`: pictures go into the network unchanged and have its size; `'raw'`: each goes through the recogniser's
   * own preprocessing. Default: as their source says. Folders and strokes are always raw.
   */
  readonly framing?: 'framed' | 'raw';
  /** Only pictures of these classes. */
  readonly classes?: Alphabet;
  /** Most pictures, drawn at random class by class. */
  readonly limit?: number;
  /** Seed of that draw; default 0. */
  readonly seed?: number;
}

/** Pictures to measure on. */
export interface MeasuredPictures {
  readonly pictures: LabelledPictures;
  readonly framing: 'framed' | 'raw';
  /** Number of pictures of classes outside the alphabet; they are not among `pictures`. */
  readonly leftOut: number;
}

/**
 * Opens the data as single pictures. Pictures of classes outside the alphabet are left out: the alphabet says that
 * there are none.
 *
 * @param model whose framing determines the size of framed pictures.
 * @throws {UsageError} when there is no such data, or none of the classes asked for is in it.
 */
export async function openMeasuredPictures(
  options: MeasuredPicturesOptions & { readonly alphabet?: Alphabet },
  model: LoadedModel,
): Promise<MeasuredPictures> {
  const { data, classes, alphabet } = options;
  const { form, framing: usual } = await findData(data);
  const framing = form === 'array' ? (options.framing ?? usual) : usual;
  const size = model.card?.framing.size ?? 28;
  const all = framing === 'framed' ? picturesOf(await openDataset(data, { framing, size })) : await openPictures(data);
  const { pictures, leftOut } = withinAlphabet(restricted(all, classes, '--classes'), alphabet);
  return { pictures: limited(pictures, options), framing, leftOut };
}

/**
 * The pictures whose classes may be answered, and the number of others. @throws {UsageError} when there are only
 * others.
 */
export function withinAlphabet(
  pictures: LabelledPictures,
  alphabet: Alphabet | undefined,
): { pictures: LabelledPictures; leftOut: number } {
  const within = restricted(pictures, alphabet, '--alphabet');
  return { pictures: within, leftOut: pictures.targets.length - within.targets.length };
}

function restricted(pictures: LabelledPictures, classes: Alphabet | undefined, option: string): LabelledPictures {
  if (classes === undefined) return pictures;
  const { labels, targets } = pictures;
  const kept = new Set(expandAlphabet(classes));
  const positions = [...targets.keys()].filter((position) => kept.has(labels[targets[position]!]!));
  if (positions.length === 0) {
    throw new UsageError(
      `${option}: expected classes of ${pictures.name} (${labels.join(' ')}), received ${[...kept].join(' ')}`,
    );
  }
  return choosePictures(pictures, positions);
}

function limited(
  pictures: LabelledPictures,
  { limit, seed = 0 }: Pick<MeasuredPicturesOptions, 'limit' | 'seed'>,
): LabelledPictures {
  if (limit === undefined || limit >= pictures.pictures.length) return pictures;
  const { name, labels, targets } = pictures;
  // The draw needs only the classes, so a set without pixels stands for pictures of any size.
  const classes = { name, labels, targets, width: 0, height: 0, count: targets.length, images: new Uint8Array() };
  return choosePictures(pictures, [...limitSamples(classes, limit, seed).indices]);
}
