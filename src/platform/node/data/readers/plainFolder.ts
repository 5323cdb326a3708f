// Reads a folder of unlabelled pictures. `pictureFolder.ts` reads labelled ones, one folder per class.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuctusError, FormatError } from '../../../../core/floor.ts';
import { isHidden, isPictureName, type LabelledPictures, maxFolderPictures } from '../../../../samples/floor.ts';
import { isFile } from '../../files/isFile.ts';
import { readPicture } from '../../picture/image.ts';
import { maxFolderPixels } from './pictureFolder.ts';

/** Pictures without labels, and each one's source. */
export type PlainPictures = Pick<LabelledPictures, 'name' | 'pictures' | 'sources'>;

/** Files decoded at the same time: Node decodes on four threads, and a few more keep them fed. */
const concurrency = 8;

/**
 * Reads the pictures directly in a folder, in the order of their names; other files are ignored.
 *
 * @param onProgress called with the number done and the total.
 * @returns undefined when there is no picture, for example in a folder with one folder per class.
 * @throws {FormatError} when there are folders beside the pictures (the name is then ambiguous), a picture cannot be
 * read, there are more than `maxFolderPictures`, or all together have more than {@link maxFolderPixels} pixels.
 */
export async function readPlainFolder(
  root: string,
  onProgress?: (done: number, total: number) => void,
): Promise<PlainPictures | undefined> {
  const entries = await readdir(root, { withFileTypes: true }).catch((error: Error) => {
    throw new DuctusError(
      `${root}: reading pictures: expected a folder that can be listed, received: ${error.message}`,
    );
  });
  const files: string[] = [];
  // Only ordinary files and links to them: a pipe with a picture's name would never end.
  for (const entry of entries)
    if (isPictureName(entry.name) && (await isFile(join(root, entry.name)))) files.push(entry.name);
  // By UTF-16 code unit, the default: the same on every machine, which a locale's order is not.
  files.sort();
  if (files.length === 0) return undefined;
  const folder = entries.find((entry) => entry.isDirectory() && !isHidden(entry.name));
  if (folder !== undefined) {
    throw new FormatError(
      `${root}: reading pictures: expected pictures alone, or one folder a class, received both (${files[0]} and ${folder.name}/)`,
    );
  }
  if (files.length > maxFolderPictures) {
    throw new FormatError(
      `${root}: reading pictures: expected at most ${maxFolderPictures} pictures, received ${files.length}`,
    );
  }
  const sources = files.map((name) => join(root, name));
  const pictures: LabelledPictures['pictures'][number][] = [];
  let pixels = 0;
  for (let start = 0; start < sources.length; start += concurrency) {
    const some = await Promise.all(sources.slice(start, start + concurrency).map(readPicture));
    pixels += some.reduce((sum, { width, height }) => sum + width * height, 0);
    if (pixels > maxFolderPixels) {
      throw new FormatError(
        `${root}: reading pictures: expected at most ${maxFolderPixels} pixels in all, received more`,
      );
    }
    pictures.push(...some);
    onProgress?.(pictures.length, sources.length);
  }
  return { name: root, pictures, sources };
}
