// A page as amounts of ink: which polarity it has, the paper's own grey and its shadows taken away. `findInk` does the
// same for a picture of one character, where a stroke may be as wide as a shadow; on a page strokes are narrow, so
// shadows may be.
import { invertPicture, paperSurface } from '../ink/background.ts';
import { type InkMap, inkMap } from '../ink/inkMap.ts';
import { blankPicture, type Picture } from '../picture.ts';
import { reducePicture, resizePicture } from '../resample.ts';
import { levelQuantile } from '../threshold.ts';

/** The numbers of this step. */
const rules = {
  /** Polarity is judged in tiles, so many along the longer side and no smaller than so many pixels. */
  tiles: 8,
  leastTile: 32,
  /** Longer side of the thumbnail from which the paper is judged. */
  paperSide: 512,
  /** Widest stroke, as a share of the page's longer side. */
  widestStroke: 0.06,
  /** What the level of paper is made. */
  paper: 32,
  /** Ink in a shadow is made as strong as on the brightest paper, up to this much. */
  mostGain: 2,
} as const;

/** Polarity, paper and noise of a page. @returns undefined when nothing rises out of the noise. */
export function pageInk(page: Picture): InkMap | undefined {
  const glowing = isLightOnDark(page);
  return inkMap(levelPage(glowing ? page : invertPicture(page), glowing));
}

/**
 * Whether ink is lighter than paper. Ink is sparse on a page: in most tiles the median is paper, and the third moment
 * about it leans to the ink. Not `hasDarkBackground`, which sees a character that may fill its picture, from a
 * thumbnail that blurs fine writing.
 */
function isLightOnDark({ width, height, pixels }: Picture): boolean {
  const side = Math.max(rules.leastTile, Math.ceil(Math.max(width, height) / rules.tiles));
  const counts = new Uint32Array(256);
  let lean = 0;
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      counts.fill(0);
      for (let y = top; y < Math.min(height, top + side); y++) {
        for (let x = left; x < Math.min(width, left + side); x++) counts[pixels[y * width + x]!]!++;
      }
      const paper = levelQuantile(counts, 0.5);
      lean += counts.reduce((sum, count, level) => sum + count * (level - paper) ** 3, 0);
    }
  }
  return lean > 0;
}

/**
 * Takes the paper's grey away, pixel by pixel: `(value - paper) gain`. Ink on light paper keeps back the same share of
 * the light wherever it stands; `gain`, the light of the brightest paper over that of the paper here, makes it equally
 * strong in a shadow.
 *
 * @param light light ink on dark.
 * @param glowing whether it was so from the beginning: then ink gives light of its own, and there is no gain.
 */
function levelPage(light: Picture, glowing: boolean): Picture {
  const { width, height, pixels } = light;
  const thumbnail = paperSurface(reducePicture(light, rules.paperSide), rules.widestStroke);
  const surface = resizePicture(thumbnail, width, height).pixels;
  const brightest = 255 - thumbnail.pixels.reduce((least, value) => Math.min(least, value), 255);
  const gains = Float32Array.from({ length: 256 }, (_, paper) =>
    glowing ? 1 : Math.min(rules.mostGain, brightest / Math.max(1, 255 - paper)),
  );
  const levelled = blankPicture(width, height);
  for (let i = 0; i < pixels.length; i++) {
    const value = rules.paper + (pixels[i]! - surface[i]!) * gains[surface[i]!]! + 0.5;
    levelled.pixels[i] = value < 0 ? 0 : Math.min(value, 255);
  }
  return levelled;
}
