// The pictures that `ductus evaluate` measures on: opened as they are to be read, restricted and limited as its options say.
import { type Alphabet, type AlphabetName, expandAlphabet, UsageError } from '../../core/floor.ts';
import type { LoadedModel } from '../../platform/node/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';

/** Which pictures. */
export interface PictureOptions {
  readonly data: string;
  readonly framing?: 'framed' | 'raw';
  readonly classes?: Alphabet;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly limit?: number;
  readonly listing?: number;
  readonly seed: number;
}

/**
 * The data as single pictures, and how they are to be read: as their source says, unless an option does.
 *
 * Pictures of classes outside of the alphabet of the answers are left out: it says that there are none.
 *
 * @returns with the number of these pictures.
 */
export async function openPicturesFor(
  options: PictureOptions,
  model: LoadedModel,
): Promise<{ pictures: LabelledPictures; framing: 'framed' | 'raw'; leftOut: number }> {
  const { findData, openDataset, openPictures } = await import('../../platform/node/floor.ts');
  const { picturesOf } = await import('../../samples/floor.ts');
  const { data } = options;
  const { form, framing: usual } = await findData(data);
  const framing = form === 'array' ? (options.framing ?? usual) : usual;
  const size = model.card?.framing.size ?? 28;
  const pictures =
    framing === 'framed' ? picturesOf(await openDataset(data, { framing, size })) : await openPictures(data);
  const { pictures: within, leftOut } = await withinAlphabet(
    await restricted(pictures, options.classes),
    options.alphabet,
  );
  return { pictures: await limited(within, options), framing, leftOut };
}

/** The pictures whose classes may be answered, and how many others there are. @throws {UsageError} when there are only others. */
export async function withinAlphabet(
  pictures: LabelledPictures,
  alphabet: PictureOptions['alphabet'],
): Promise<{ pictures: LabelledPictures; leftOut: number }> {
  if (alphabet === undefined) return { pictures, leftOut: 0 };
  const within = await restricted(pictures, alphabet, '--alphabet');
  return { pictures: within, leftOut: pictures.targets.length - within.targets.length };
}

/** A line on the terminal that counts up; nothing where standard error is a file or a pipe. */
export function progress(pictures: Pick<LabelledPictures, 'pictures'>): (done: number) => void {
  const total = pictures.pictures.length;
  if (!process.stderr.isTTY) return () => {};
  return (done) => process.stderr.write(done < total ? `\r${done} of ${total} pictures read` : '\r\u001b[K');
}

async function restricted(
  pictures: LabelledPictures,
  classes: Alphabet | undefined,
  option = '--classes',
): Promise<LabelledPictures> {
  if (classes === undefined) return pictures;
  const { choosePictures } = await import('../../samples/floor.ts');
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

async function limited(pictures: LabelledPictures, options: PictureOptions): Promise<LabelledPictures> {
  const limit = options.limit ?? options.listing;
  if (limit === undefined || limit >= pictures.pictures.length) return pictures;
  const { choosePictures, limitSamples } = await import('../../samples/floor.ts');
  const { name, labels, targets } = pictures;
  // The draw looks at the classes alone, so that pictures of any size can be drawn as a set without pixels.
  const classes = { name, labels, targets, width: 0, height: 0, count: targets.length, images: new Uint8Array() };
  return choosePictures(pictures, [...limitSamples(classes, limit, options.seed).indices]);
}
