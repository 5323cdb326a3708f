// Reads a labelled folder of picture files: one folder per class; planFolders interprets their names.
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuctusError, FormatError } from '../../../../core/floor.ts';
import type { Picture } from '../../../../picture/floor.ts';
import { isHidden, isPictureName, type LabelledPictures, planFolders } from '../../../../samples/floor.ts';
import { isFile, isFolder } from '../../files/isFile.ts';
import { readPicture } from '../../picture/image.ts';

/** Files decoded at the same time: Node decodes on four threads, and a few more keep them fed. */
const concurrency = 8;

/**
 * Most pixels that the pictures of one folder may have together, one byte each: 2 GiB, which is 2.7 million pictures of
 * 28x28 or 500 photographs, which `readPicture` shrinks to at most 2000x2000.
 */
export const maxFolderPixels = 2 ** 31;

/**
 * Reads all pictures of a labelled folder, in the order of {@link planFolders}.
 *
 * @param onProgress called after each picture with the number done and the total.
 * @throws {FormatError} when there is no class folder, a class has no picture, a picture cannot be read, or all
 * together have more than {@link maxFolderPixels} pixels.
 */
export async function readPictureFolder(
  root: string,
  onProgress?: (done: number, total: number) => void,
): Promise<LabelledPictures> {
  const { labels, pictures: planned } = planFolders(root, await listClasses(root));
  const sources = planned.map(({ folder, file }) => join(root, folder, file));
  const pictures = new Array<Picture>(planned.length);
  let [next, done, pixels, failed] = [0, 0, 0, false];
  const work = async (): Promise<void> => {
    while (next < planned.length && !failed) {
      const index = next++;
      try {
        const picture = await readPicture(sources[index]!);
        pixels += picture.width * picture.height;
        if (pixels > maxFolderPixels) {
          throw new FormatError(
            `${root}: reading labelled pictures: expected at most ${maxFolderPixels} pixels in all, received more by ${sources[index]}`,
          );
        }
        pictures[index] = picture;
      } catch (error) {
        // The other workers stop at their next picture; the first error is thrown.
        failed = true;
        throw error;
      }
      onProgress?.(++done, planned.length);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const targets = Uint16Array.from(planned, ({ target }) => target);
  return { name: root, labels, pictures, targets, sources };
}

async function listClasses(root: string): Promise<{ folder: string; files: string[] }[]> {
  const listings: { folder: string; files: string[] }[] = [];
  for (const entry of await list(root)) {
    if (isHidden(entry.name) || !(await isFolder(join(root, entry.name)))) continue;
    const path = join(root, entry.name);
    const files: string[] = [];
    for (const inner of await list(path)) {
      // Only ordinary files with a picture's name count: a pipe of that name would never end.
      if (!isPictureName(inner.name) || (await isFile(join(path, inner.name)))) files.push(inner.name);
    }
    listings.push({ folder: entry.name, files });
  }
  return listings;
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new DuctusError(
      `${folder}: reading labelled pictures: expected a folder that can be listed, received: ${(error as Error).message}`,
    );
  }
}
