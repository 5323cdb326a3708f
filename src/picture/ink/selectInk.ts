// Which of the ink belongs to the character: specks, lines along the edge and neighbours' ends are left out.
import type { Components } from '../components.ts';
import { findComponents } from '../components.ts';
import { type FoundInk, inkOfPicture } from '../foundInk.ts';
import type { Picture } from '../picture.ts';
import { isEdgeLine } from './edgeLine.ts';
import type { InkMap } from './inkMap.ts';

/** Found by looking at public digit sets' training parts; a share without a unit is of the main component. */
const rules = {
  /**
   * Pixels hold a component together from this share of the contrast on, and on noisy paper from this share of sure ink
   * on.
   */
  faintShare: 0.2,
  sureShare: 0.75,
  /**
   * Fainter ones belong within this many pixels of it, more in pictures longer than 96; in noise those below
   * `faintShare` nowhere.
   */
  edgeReach: 3,
  /** A component of at least this mass belongs, wherever it stands. */
  surelyPart: 0.15,
  /** Below this mass a component is a speck and belongs only when it stands against the rest. */
  speck: 0.015,
  /** How far a part may stand from the rest, and a speck, as shares of the main component's longer side. */
  partGap: 0.3,
  speckGap: 0.05,
  /**
   * A component at one of the picture's edges belongs only if it has this much mass, unless the main one is at that
   * edge too.
   */
  edgePart: 0.5,
  /** What stands over or under the main one by this share of its own width may be a part of it at another edge. */
  overShare: 0.5,
  /**
   * Share of its mass that a component at the picture's side loses when the main one is sought: it should be in the
   * middle.
   */
  farLoss: 0.5,
  /**
   * Fewest pixels of a character, as a share of the picture: 4 of 280x280; where there is noise, 40 of 280x280 and
   * never below 3.
   */
  leastArea: 5e-5,
  leastNoisyArea: 5e-4,
  leastNoisyPixels: 3,
  /** In noise a character's longest part is at least this many pixels long: chance alone draws blots of four. */
  leastNoisyExtent: 6,
  /** More parts than this are a texture, not a character; the densest Chinese characters have about 25. */
  mostParts: 64,
} as const;

/**
 * Keeps the ink of the one character and blanks all else.
 *
 * @param floor pixels at or below it are paper.
 * @param plain the picture holds one character on plain paper: nothing is a printed line, and all but specks belongs,
 * wherever it stands.
 * @returns undefined when no component has a pixel of sure ink, or the ink is a texture of many like pieces.
 */
export function selectInk(map: InkMap, floor: number, plain = false): FoundInk | undefined {
  const { width, height, pixels } = map.smooth;
  // Faint pixels would tie the character to lines and stains beside it.
  const level =
    map.floor === 0
      ? Math.max(floor, Math.floor(rules.faintShare * map.contrast))
      : Math.max(floor, Math.floor(rules.sureShare * map.strong));
  const parts = findComponents(pixels, width, height, level);
  const leastArea =
    map.floor === 0
      ? width * height * rules.leastArea
      : Math.max(rules.leastNoisyPixels, width * height * rules.leastNoisyArea);
  const leastExtent = map.floor === 0 ? 1 : rules.leastNoisyExtent;
  const candidate = new Uint8Array(parts.count + 1);
  let main = 0;
  let mainScore = 0;
  for (let n = 1; n <= parts.count; n++) {
    if (parts.peak[n]! <= map.strong || (!plain && isEdgeLine(parts, n, width, height))) continue;
    candidate[n] = 1;
    if (parts.area[n]! < leastArea || extentOf(parts, n) < leastExtent) continue;
    // A neighbour's end or a dark corner at the edge may be larger than the character in the middle.
    const score =
      parts.mass[n]! *
      (edgesOf(parts, n, width, height) === 0 ? 1 : rules.edgePart) *
      nearness(parts, n, width, height);
    if (score > mainScore) {
      main = n;
      mainScore = score;
    }
  }
  if (main === 0) return undefined;
  const keep = gather(parts, candidate, main, width, height, plain);
  if (keep === undefined) return undefined;
  // Nothing to leave out of clean ink that is not shrunk: a picture of MNIST stays as it is, far faint pixels too.
  if (floor === 0 && keep.subarray(1).every((flag) => flag === 1)) return inkOfPicture(map.picture);
  const flags = level > floor ? withEdges(map.smooth, parts.labels, keep, floor) : flagsOf(parts.labels, keep);
  const amounts = new Uint8Array(flags.length);
  const faint = map.floor > 0 && level > floor ? rules.faintShare * map.contrast : 0;
  for (let i = 0; i < flags.length; i++) {
    const value = map.picture.pixels[i]!;
    if (flags[i] === 1 && value > faint) amounts[i] = value;
  }
  return { width, height, amounts };
}

/** Flags of the pixels of the kept components. */
function flagsOf(labels: Int32Array, keep: Uint8Array): Uint8Array {
  const flags = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) flags[i] = keep[labels[i]!]!;
  return flags;
}

/** The same, with the faint pixels about them that belong to no other component. */
function withEdges(
  { width, height, pixels }: Picture,
  labels: Int32Array,
  keep: Uint8Array,
  floor: number,
): Uint8Array {
  const flags = flagsOf(labels, keep);
  const reach = Math.max(rules.edgeReach, Math.round((rules.edgeReach * Math.max(width, height)) / 96));
  let front: number[] = [];
  for (let i = 0; i < flags.length; i++) if (flags[i] === 1) front.push(i);
  for (let step = 0; step < reach && front.length > 0; step++) {
    const next: number[] = [];
    for (const i of front) {
      const x = i % width;
      for (const at of [x > 0 ? i - 1 : i, x + 1 < width ? i + 1 : i, i - width, i + width]) {
        if (at < 0 || at >= flags.length || flags[at] === 1 || labels[at] !== 0 || pixels[at]! <= floor) continue;
        flags[at] = 1;
        next.push(at);
      }
    }
    front = next;
  }
  return flags;
}

/** Flags of the components that belong to the main one: near ones join, which may bring others near. */
function gather(
  parts: Components,
  candidate: Uint8Array,
  main: number,
  width: number,
  height: number,
  plain: boolean,
): Uint8Array | undefined {
  const flags = new Uint8Array(parts.count + 1);
  flags[main] = 1;
  let left = parts.left[main]!;
  let top = parts.top[main]!;
  let right = parts.right[main]!;
  let bottom = parts.bottom[main]!;
  const longer = Math.max(right - left, bottom - top) + 1;
  const mainEdges = edgesOf(parts, main, width, height);
  let kept = 1;
  for (let grown = true; grown; ) {
    grown = false;
    for (let n = 1; n <= parts.count; n++) {
      if (candidate[n] === 0 || flags[n] === 1) continue;
      const mass = parts.mass[n]! / parts.mass[main]!;
      const edges = edgesOf(parts, n, width, height);
      if (!plain && entersFromOutside(parts, n, main, mass, edges, mainEdges)) continue;
      const gap = Math.max(
        left - parts.right[n]!,
        parts.left[n]! - right,
        top - parts.bottom[n]!,
        parts.top[n]! - bottom,
        0,
      );
      // A pixel between them is a gap of 2 here: in small pictures, where shares are below that, such still belong.
      const reach = mass >= rules.speck ? rules.partGap * longer : Math.max(2, rules.speckGap * longer);
      if (mass < (plain ? rules.speck : rules.surelyPart) && gap > reach) continue;
      flags[n] = 1;
      if (++kept > rules.mostParts) return undefined;
      left = Math.min(left, parts.left[n]!);
      top = Math.min(top, parts.top[n]!);
      right = Math.max(right, parts.right[n]!);
      bottom = Math.max(bottom, parts.bottom[n]!);
      grown = true;
    }
  }
  return flags;
}

/**
 * Whether a component is what an edge of the picture left of something else: it touches an edge that the main one does
 * not. In a tight crop so does the dot of an i; but that stands over the rest, which reaches the opposite edge.
 */
function entersFromOutside(
  parts: Components,
  n: number,
  main: number,
  mass: number,
  edges: number,
  mainEdges: number,
): boolean {
  const foreign = edges & ~mainEdges;
  if (foreign === 0) return false;
  if (mainEdges === 0) return true;
  if (mass >= rules.edgePart) return false;
  const overlap = Math.min(parts.right[n]!, parts.right[main]!) - Math.max(parts.left[n]!, parts.left[main]!) + 1;
  if (overlap < rules.overShare * (parts.right[n]! - parts.left[n]! + 1)) return true;
  const isAbove = (foreign & edgeTop) !== 0 && (mainEdges & edgeBottom) !== 0;
  const isBelow = (foreign & edgeBottom) !== 0 && (mainEdges & edgeTop) !== 0;
  return !isAbove && !isBelow;
}

/** The longer side of a component's rectangle. */
function extentOf(parts: Components, n: number): number {
  return Math.max(parts.right[n]! - parts.left[n]!, parts.bottom[n]! - parts.top[n]!) + 1;
}

/** The picture's edges, as bits. */
const [edgeLeft, edgeRight, edgeTop, edgeBottom] = [1, 2, 4, 8] as const;

/** The picture's edges that a component touches, added up. */
function edgesOf(parts: Components, n: number, width: number, height: number): number {
  return (
    (parts.left[n] === 0 ? edgeLeft : 0) +
    (parts.right[n] === width - 1 ? edgeRight : 0) +
    (parts.top[n] === 0 ? edgeTop : 0) +
    (parts.bottom[n] === height - 1 ? edgeBottom : 0)
  );
}

/** 1 for a component about the picture's middle, less towards the sides. */
function nearness(parts: Components, n: number, width: number, height: number): number {
  const across = Math.abs((parts.left[n]! + parts.right[n]! + 1) / width - 1);
  const down = Math.abs((parts.top[n]! + parts.bottom[n]! + 1) / height - 1);
  return 1 - rules.farLoss * Math.max(across, down) ** 2;
}
