// A labelled folder: one folder per class, with its pictures inside. Only the part without a file system: which names
// are pictures, their classes and their order. platform/node/pictureFolder.ts lists and reads them.
import { FormatError } from '../../../core/floor.ts';
import { compareLabels, labelOfFolder } from '../labels.ts';

/** File name endings of pictures, in lower case; all other files are left alone. */
export const pictureEndings: readonly string[] = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'tif', 'tiff'];

/** Most pictures that are read from one folder: their list alone must fit in memory. */
export const maxFolderPictures = 1_000_000;

/** A class folder and the names of its files, as listed, in any order. */
export interface FolderListing {
  readonly folder: string;
  readonly files: readonly string[];
}

/** One picture of a plan: its path relative to the root, and its class. */
export interface PlannedPicture {
  readonly folder: string;
  readonly file: string;
  /** Index into the plan's labels. */
  readonly target: number;
}

/** What to read from a labelled folder, in an order that does not depend on the file system. */
export interface FolderPlan {
  readonly labels: readonly string[];
  readonly pictures: readonly PlannedPicture[];
}

/** Whether a name is that of a hidden file or folder; classes and pictures never have one. */
export function isHidden(name: string): boolean {
  return name.startsWith('.');
}

/** Whether a file name is that of a readable picture. */
export function isPictureName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && !isHidden(name) && pictureEndings.includes(name.slice(dot + 1).toLowerCase());
}

/**
 * Orders the listing of a labelled folder: classes by {@link compareLabels}, then folders and files by name.
 *
 * Folders whose names stand for the same class (`7` and `digit_7`) are one class. Hidden folders and files that are not
 * pictures are skipped.
 *
 * @param root name of the whole folder, for messages.
 * @throws {FormatError} when there is no class folder, a class folder holds no picture, or there are more pictures than
 * {@link maxFolderPictures}.
 */
export function planFolders(root: string, listings: readonly FolderListing[]): FolderPlan {
  const classes = listings.filter(({ folder }) => !isHidden(folder)).sort((l, r) => compareNames(l.folder, r.folder));
  if (classes.length === 0) {
    throw new FormatError(
      `${root}: reading labelled pictures: expected one folder a class, such as ${root}/7 or ${root}/digit_7, received no folder in it`,
    );
  }
  const labels = [...new Set(classes.map(({ folder }) => labelOfFolder(folder)))].sort(compareLabels);
  const pictures: PlannedPicture[] = [];
  for (const [target, label] of labels.entries()) {
    for (const { folder, files } of classes) {
      if (labelOfFolder(folder) !== label) continue;
      const names = files.filter(isPictureName).sort(compareNames);
      if (names.length === 0) {
        throw new FormatError(
          `${root}/${folder}: reading labelled pictures: expected pictures (${pictureEndings.join(', ')}), received ${files.length} other files`,
        );
      }
      for (const file of names) pictures.push({ folder, file, target });
    }
  }
  if (pictures.length > maxFolderPictures) {
    throw new FormatError(
      `${root}: reading labelled pictures: expected at most ${maxFolderPictures} pictures, received ${pictures.length}`,
    );
  }
  return { labels, pictures };
}

/** By UTF-16 code unit: the same on every machine, unlike a locale's order. */
function compareNames(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
