// Takes away what lies beyond the sheet of paper: the dark (or white) borders of scans. Works on the picture as it
// came, before anybody knows which grey is ink: a border misleads every later judgement.
import { findComponents } from '../components.ts';
import type { Picture } from '../picture.ts';
import { greyHistogram, levelQuantile } from '../threshold.ts';
import { type Band, bandRules, findBand, type Side } from './borderBand.ts';

/** Found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
const rules = {
  /** In smaller pictures a stroke that fills its side cannot be told from a border. */
  leastSide: 24,
  /** Noise alone has a range of about this many deviations. */
  noiseRange: 6,
  /** The paper behind a border is the median over this much of its length to either side. */
  paperReach: 0.2,
} as const;

/**
 * A picture with its borders filled with the paper beside them; the same picture when there are none.
 *
 * A border is a region at a side, along the whole of it or as a wedge from a corner, of a level unlike the paper's and
 * with a straight inner edge. A stroke that lies along the side of a tight crop can look just so; but then it hangs
 * together with ink that reaches the opposite side, and stays.
 */
export function trimBorders(picture: Picture): Picture {
  const { width, height, pixels } = picture;
  if (Math.min(width, height) < rules.leastSide) return picture;
  const { paper, noise } = paperInside(picture);
  const sides: readonly Side[] = [
    { length: width, room: height, at: (along, inwards) => inwards * width + along },
    { length: width, room: height, at: (along, inwards) => (height - 1 - inwards) * width + along },
    { length: height, room: width, at: (along, inwards) => along * width + inwards },
    { length: height, room: width, at: (along, inwards) => along * width + width - 1 - inwards },
  ];
  const found = sides.map(
    (side) => findBand(pixels, side, paper, noise, -1) ?? findBand(pixels, side, paper, noise, 1),
  );
  const borders = bordersOf(picture, paper, sides, found);
  if (borders.length === 0) return picture;
  const filled = pixels.slice();
  for (const band of borders) fill(filled, band, paper);
  // Where nothing else is left, what looked like borders was the character: an L, a frame.
  const range =
    filled.reduce((most, value) => Math.max(most, value), 0) -
    filled.reduce((least, value) => Math.min(least, value), 255);
  if (range < bandRules.leastContrast + rules.noiseRange * noise) return picture;
  return { width, height, pixels: filled };
}

/**
 * The bands that are no strokes. A stroke may run along two sides: what one band turns out to be may make the band
 * beside it a stroke, too.
 */
function bordersOf(
  picture: Picture,
  paper: number,
  sides: readonly Side[],
  found: readonly (Band | undefined)[],
): readonly Band[] {
  const borders = found.map((band, index) =>
    band !== undefined && !isStroke(picture, paper, band, sides[index ^ 1]!, found) ? band : undefined,
  );
  const left = borders.filter((band) => band !== undefined);
  const isStable = left.length === found.filter((band) => band !== undefined).length;
  return isStable ? left : bordersOf(picture, paper, sides, borders);
}

/** Level and noise of the paper in the picture's middle, where a border does not reach. */
function paperInside({ width, height, pixels }: Picture): { paper: number; noise: number } {
  const [left, top] = [Math.floor(width * bandRules.deepest), Math.floor(height * bandRules.deepest)];
  const levels = new Uint32Array(256);
  const differences = new Uint32Array(256);
  for (let y = top; y < height - top; y++) {
    for (let x = left; x < width - left - 1; x++) {
      const value = pixels[y * width + x]!;
      levels[value]!++;
      differences[Math.abs(value - pixels[y * width + x + 1]!)]!++;
    }
  }
  // The median difference of two normal numbers is 0.9539 deviations.
  return { paper: levelQuantile(levels, 0.5), noise: levelQuantile(differences, 0.5) / 0.9539 };
}

/**
 * Whether a band hangs together, other than by the bands beside it, with something of its level that reaches the
 * opposite side.
 */
function isStroke(
  { width, height, pixels }: Picture,
  paper: number,
  own: Band,
  opposite: Side,
  bands: readonly (Band | undefined)[],
): boolean {
  const { side, sign, limit } = own;
  // The fringe of one band would tie it to the bands beside it.
  const within = ({ depth, side: { room } }: Band, along: number): number =>
    depth[along] === 0 ? 0 : Math.min(room, depth[along]! + bandRules.softEdge);
  const inside = new Uint8Array(pixels.length);
  for (let i = 0; i < inside.length; i++) inside[i] = sign * (pixels[i]! - paper) > limit ? 1 : 0;
  const taken = new Uint8Array(pixels.length);
  for (const band of bands) {
    if (band === undefined) continue;
    for (let along = 0; along < band.side.length; along++) {
      for (let inwards = 0; inwards < within(band, along); inwards++) {
        inside[band.side.at(along, inwards)] = 0;
        taken[band.side.at(along, inwards)] = 1;
      }
    }
  }
  const { labels } = findComponents(inside, width, height, 0);
  const attached = new Set<number>();
  for (let along = 0; along < side.length; along++) {
    const end = within(own, along);
    if (end > 0 && end < side.room) attached.add(labels[side.at(along, end)]!);
  }
  attached.delete(0);
  if (attached.size === 0) return false;
  for (let along = 0; along < opposite.length; along++) {
    let inwards = 0;
    while (inwards < opposite.room - 1 && taken[opposite.at(along, inwards)] === 1) inwards++;
    if (attached.has(labels[opposite.at(along, inwards)]!)) return true;
  }
  return false;
}

/** Paints a band, and its soft inner edge, with the paper behind it. */
function fill(pixels: Uint8Array, { side, sign, limit, depth }: Band, paper: number): void {
  const ends = depth.map((deep, along) => {
    let end = deep;
    const most = Math.min(side.room - 1, end + bandRules.softEdge);
    while (deep > 0 && end < most && sign * (pixels[side.at(along, end)]! - paper) > limit / 4) end++;
    return end;
  });
  const behind = Uint8Array.from({ length: side.length }, (_, along) => pixels[side.at(along, ends[along]!)]!);
  const reach = Math.max(2, Math.round(side.length * rules.paperReach));
  for (let along = 0; along < side.length; along++) {
    if (depth[along] === 0) continue;
    // Where a stroke meets the border, its neighbours tell what the paper is.
    const level = levelQuantile(greyHistogram(behind.subarray(Math.max(0, along - reach), along + reach + 1)), 0.5);
    const paint = sign * (level - paper) > limit ? paper : level;
    for (let inwards = 0; inwards < ends[along]!; inwards++) pixels[side.at(along, inwards)] = paint;
  }
}
