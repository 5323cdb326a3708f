// A reader for systems that read one picture at a time, in plain code.
import type { Picture } from '../../picture/floor.ts';
import type { SavedClassifier } from '../savedClassifier.ts';
import type { PictureReader } from '../systemKind.ts';

/** @param read writes the scores of one picture, `[classes]`, zeros before. */
export function pictureByPicture(
  { labels, width, height }: SavedClassifier,
  read: (picture: Picture, scores: Float32Array) => void,
): PictureReader {
  const pixels = width * height;
  const classes = labels.length;
  return {
    read(images, scores) {
      for (let row = 0; row < images.length / pixels; row++) {
        const picture = { width, height, pixels: images.subarray(row * pixels, (row + 1) * pixels) };
        read(picture, scores.subarray(row * classes, (row + 1) * classes));
      }
    },
  };
}
