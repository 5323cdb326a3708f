// What `ductus review` reviews: a folder of pictures, or labelled data, whose labels only a simulation looks at.
import { UsageError } from '../../core/floor.ts';
import type { LoadedModel } from '../../platform/node/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import { openPicturesFor, type PictureOptions } from '../evaluate/evaluatePictures.ts';

/** Pictures to review. */
export interface ReviewPictures {
  readonly pictures: Pick<LabelledPictures, 'name' | 'pictures' | 'sources' | 'inks'>;
  readonly framing: 'framed' | 'raw';
  /** The true class texts; undefined for pictures without labels. */
  readonly truth: readonly string[] | undefined;
}

/** Opens a folder of pictures, or labelled data as `ductus evaluate` does. @throws {UsageError} for a limit on what has no labels. */
export async function openReviewPictures(options: PictureOptions, model: LoadedModel): Promise<ReviewPictures> {
  const { isFolder, readPlainFolder } = await import('../../platform/node/floor.ts');
  const plain = (await isFolder(options.data)) ? await readPlainFolder(options.data) : undefined;
  if (plain !== undefined) {
    if (options.limit !== undefined) {
      throw new UsageError(`--limit: expected labelled data to draw from, received the pictures of ${options.data}`);
    }
    return { pictures: plain, framing: 'raw', truth: undefined };
  }
  const { pictures, framing } = await openPicturesFor(options, model);
  const { labels, targets } = pictures;
  return { pictures, framing, truth: Array.from(targets, (target) => labels[target]!) };
}
