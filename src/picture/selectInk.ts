// Which of the ink belongs to the character: specks, frame lines and neighbours' ends are left out.
import type { Components } from './components.ts';
import { findComponents } from './components.ts';
import type { InkMap } from './inkMap.ts';
import { blankPicture, type Picture } from './picture.ts';

/** All shares here are ours, found by looking at public digit sets' training parts; a share without a unit is of the main component. */
const rules = {
  /** A component of at least this mass belongs, wherever it stands. */
  surelyPart: 0.15,
  /** Below this mass a component is a speck and belongs only when it stands against the rest. */
  speck: 0.015,
  /** How far a part may stand from the rest, and a speck, as shares of the main component's longer side. */
  partGap: 0.3,
  speckGap: 0.05,
  /** A component at the picture's edge belongs only if it has this much mass, unless the main one is at the edge too. */
  edgePart: 0.5,
  /** A line along the edge: at least this long and at most this thick, within this far of the edge; shares of the picture's side. */
  lineLength: 0.5,
  lineThickness: 0.06,
  lineInset: 0.1,
  /** A dark band: at the edge along this share of the side, and at most this thick. */
  bandLength: 0.9,
  bandThickness: 0.12,
  /** A frame spans this share of both sides of the picture and fills at most this share of its own rectangle. */
  frameSpan: 0.85,
  frameFill: 0.25,
  /** A frame's line is there along this share of each of its sides. */
  frameSide: 0.85,
  /** Fewest pixels of a character, as a share of the picture: 4 of 280x280; where there is noise, 40 of 280x280 and never below 3. */
  leastArea: 5e-5,
  leastNoisyArea: 5e-4,
  leastNoisyPixels: 3,
  /** More parts than this are a texture, not a character; the densest Chinese characters have about 25. */
  mostParts: 64,
} as const;

/**
 * Keeps the ink of the one character and blanks all else.
 *
 * @param floor pixels at or below it are paper; components are those of the pixels above it.
 * @returns undefined when no component has a pixel of sure ink, or the ink is a texture of many like pieces.
 */
export function selectInk(map: InkMap, floor: number): Picture | undefined {
  const { width, height, pixels } = map.picture;
  const parts = findComponents(pixels, width, height, floor);
  const leastArea =
    map.floor === 0
      ? width * height * rules.leastArea
      : Math.max(rules.leastNoisyPixels, width * height * rules.leastNoisyArea);
  const candidate = new Uint8Array(parts.count + 1);
  let main = 0;
  let mainScore = 0;
  for (let n = 1; n <= parts.count; n++) {
    if (parts.peak[n]! <= map.strong || isEdgeLine(parts, n, width, height)) continue;
    candidate[n] = 1;
    if (parts.area[n]! < leastArea) continue;
    // A neighbour's end or a dark corner at the edge may be larger than the character in the middle.
    const score = parts.mass[n]! * (atEdge(parts, n, width, height) ? rules.edgePart : 1);
    if (score > mainScore) {
      main = n;
      mainScore = score;
    }
  }
  if (main === 0) return undefined;
  const keep = gather(parts, candidate, main, width, height);
  if (keep === undefined) return undefined;
  if (keep.all && floor === 0) return map.picture;
  const kept = blankPicture(width, height);
  const { labels } = parts;
  for (let i = 0; i < labels.length; i++) if (keep.flags[labels[i]!] === 1) kept.pixels[i] = pixels[i]!;
  return kept;
}

/** Flags of the components that belong to the main one: near ones join, which may bring others near. */
function gather(
  parts: Components,
  candidate: Uint8Array,
  main: number,
  width: number,
  height: number,
): { flags: Uint8Array; all: boolean } | undefined {
  const flags = new Uint8Array(parts.count + 1);
  flags[main] = 1;
  let left = parts.left[main]!;
  let top = parts.top[main]!;
  let right = parts.right[main]!;
  let bottom = parts.bottom[main]!;
  const longer = Math.max(right - left, bottom - top) + 1;
  const mainAtEdge = atEdge(parts, main, width, height);
  let kept = 1;
  for (let grown = true; grown; ) {
    grown = false;
    for (let n = 1; n <= parts.count; n++) {
      if (candidate[n] === 0 || flags[n] === 1) continue;
      const mass = parts.mass[n]! / parts.mass[main]!;
      if (!mainAtEdge && mass < rules.edgePart && atEdge(parts, n, width, height)) continue;
      const gap = Math.max(
        left - parts.right[n]!,
        parts.left[n]! - right,
        top - parts.bottom[n]!,
        parts.top[n]! - bottom,
        0,
      );
      // A pixel between them is a gap of 2 here: in small pictures, where shares are below that, such still belong.
      const reach = mass >= rules.speck ? rules.partGap * longer : Math.max(2, rules.speckGap * longer);
      if (mass < rules.surelyPart && gap > reach) continue;
      flags[n] = 1;
      if (++kept > rules.mostParts) return undefined;
      left = Math.min(left, parts.left[n]!);
      top = Math.min(top, parts.top[n]!);
      right = Math.max(right, parts.right[n]!);
      bottom = Math.max(bottom, parts.bottom[n]!);
      grown = true;
    }
  }
  return { flags, all: kept === parts.count };
}

function atEdge(parts: Components, n: number, width: number, height: number): boolean {
  return parts.left[n] === 0 || parts.top[n] === 0 || parts.right[n] === width - 1 || parts.bottom[n] === height - 1;
}

/** Whether a component is a line along the picture's edge, or a frame around it. */
function isEdgeLine(parts: Components, n: number, width: number, height: number): boolean {
  const across = parts.right[n]! - parts.left[n]! + 1;
  const down = parts.bottom[n]! - parts.top[n]! + 1;
  if (across >= rules.frameSpan * width && down >= rules.frameSpan * height) {
    const inset = Math.max(
      parts.left[n]! / width,
      parts.top[n]! / height,
      1 - (parts.right[n]! + 1) / width,
      1 - (parts.bottom[n]! + 1) / height,
    );
    if (inset <= rules.lineInset && parts.area[n]! <= rules.frameFill * across * down && isFramed(parts, n, width))
      return true;
  }
  return (
    isLine(across / width, down / height, parts.top[n]! / height, 1 - (parts.bottom[n]! + 1) / height, 1 / height) ||
    isLine(down / height, across / width, parts.left[n]! / width, 1 - (parts.right[n]! + 1) / width, 1 / width)
  );
}

/** All measures are shares of the picture's side: a line's length and thickness, its distance from the two edges beside it, and one pixel. */
function isLine(length: number, thickness: number, before: number, after: number, pixel: number): boolean {
  const distance = Math.min(before, after);
  if (distance === 0 && length >= rules.bandLength && thickness <= rules.bandThickness) return true;
  if (length < rules.lineLength || thickness > Math.max(pixel, rules.lineThickness)) return false;
  return distance + thickness <= rules.lineInset + pixel;
}

/** Whether a component follows all four sides of its own rectangle: a frame does, a letter O in a tight crop leaves the corners free. */
function isFramed(parts: Components, n: number, width: number): boolean {
  const left = parts.left[n]!;
  const top = parts.top[n]!;
  const right = parts.right[n]!;
  const bottom = parts.bottom[n]!;
  const reachX = Math.ceil((right - left + 1) * rules.lineThickness);
  const reachY = Math.ceil((bottom - top + 1) * rules.lineThickness);
  const has = (x: number, y: number): boolean => parts.labels[y * width + x] === n;
  let [west, east, north, south] = [0, 0, 0, 0];
  for (let y = top; y <= bottom; y++) {
    let [near, far] = [false, false];
    for (let d = 0; d < reachX; d++) {
      near ||= has(left + d, y);
      far ||= has(right - d, y);
    }
    if (near) west++;
    if (far) east++;
  }
  for (let x = left; x <= right; x++) {
    let [near, far] = [false, false];
    for (let d = 0; d < reachY; d++) {
      near ||= has(x, top + d);
      far ||= has(x, bottom - d);
    }
    if (near) north++;
    if (far) south++;
  }
  const rows = rules.frameSide * (bottom - top + 1);
  const columns = rules.frameSide * (right - left + 1);
  return west >= rows && east >= rows && north >= columns && south >= columns;
}
