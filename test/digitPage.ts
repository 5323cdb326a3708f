// Pages made of real digits: where each stands is known, so that finding and reading them can be measured.
import { type Random, randomStream } from '../src/core/floor.ts';
import { type Bounds, cropPicture, inkBounds, type Picture, resizePicture } from '../src/picture/floor.ts';
import type { PageCharacter } from '../src/read/floor.ts';
import type { Dataset } from '../src/samples/floor.ts';

/** What is on a page besides digits. All have defaults that leave it out. */
export interface DigitPageOptions {
  readonly width: number;
  readonly height: number;
  readonly digits: number;
  readonly seed: number;
  /** Digits stand in lines, so many to each; else anywhere. */
  readonly perLine?: number;
  /** Height of the 28 pixels of a digit, from and to. Default 28 to 56. */
  readonly sizes?: readonly [number, number];
  /** Standard deviation of the noise, in grey levels. */
  readonly noise?: number;
  /** Dots of 1 to 3 pixels. */
  readonly specks?: number;
  /** Distance of the lines of ruled paper; of squared paper with `squared`. */
  readonly ruling?: number;
  readonly squared?: boolean;
  /** How much darker the paper is at the bottom right than at the top left, 0..1. */
  readonly shadow?: number;
  /** Degrees by which rules and lines of digits rise to the right. */
  readonly skew?: number;
  /** Light digits on a dark board. */
  readonly inverted?: boolean;
}

/** A digit on a page. */
export interface PlacedDigit {
  readonly label: string;
  readonly box: Bounds;
  /** Line that it was put in; 0 where they stand anywhere. */
  readonly line: number;
}

/** A page and what is on it. */
export interface DigitPage {
  readonly picture: Picture;
  readonly digits: readonly PlacedDigit[];
}

/** Least paper between two digits that stand anywhere, in pixels. */
const leastGap = 8;

/** Draws a page. @param data digits to take from, in their order. */
export function digitPage(data: Dataset, options: DigitPageOptions): DigitPage {
  const { width, height, seed, noise = 0, specks = 0, shadow = 0, inverted = false } = options;
  const random = randomStream(seed, 'digit page');
  const ink = new Float32Array(width * height);
  drawRules(ink, options);
  const digits = placeDigits(ink, data, options, random);
  for (let speck = 0; speck < specks; speck++) {
    const [x, y, side] = [random.integer(width - 3), random.integer(height - 3), 1 + random.integer(3)];
    for (let at = 0; at < side * side; at++) ink[(y + Math.floor(at / side)) * width + x + (at % side)] = 0.8;
  }
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const paper = 235 * (1 - (shadow * (x / width + y / height)) / 2);
      const grey = paper * (1 - 0.8 * Math.min(1, ink[y * width + x]!)) + noise * random.normal();
      const value = Math.max(0, Math.min(255, Math.round(grey)));
      pixels[y * width + x] = inverted ? 255 - value : value;
    }
  }
  return { picture: { width, height, pixels }, digits };
}

/** Share of two boxes' union that both cover. */
export function overlap(one: Bounds, other: Bounds): number {
  const across = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const down = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  const shared = Math.max(0, across) * Math.max(0, down);
  return shared / (one.width * one.height + other.width * other.height - shared);
}

/**
 * Which box was found for each true one, by an overlap of at least a half; each box counts once. @returns positions in
 * `found`, or -1.
 */
export function matchBoxes(wanted: readonly Bounds[], found: readonly Bounds[]): number[] {
  const free = new Set(found.keys());
  return wanted.map((box) => {
    const best = [...free].reduce(
      (best, index) => (best < 0 || overlap(box, found[index]!) > overlap(box, found[best]!) ? index : best),
      -1,
    );
    if (best < 0 || overlap(box, found[best]!) < 0.5) return -1;
    free.delete(best);
    return best;
  });
}

/** How many boxes were found and what stands in them was read. @param matches as {@link matchBoxes} gives them. */
export function countRight(
  matches: readonly number[],
  labels: readonly string[],
  characters: readonly PageCharacter[],
): number {
  return matches.filter((match, at) => {
    const answer = characters[match]?.answer;
    return answer?.empty === false && answer.label === labels[at];
  }).length;
}

function drawRules(ink: Float32Array, { width, height, ruling, squared = false, skew = 0 }: DigitPageOptions): void {
  if (ruling === undefined) return;
  const slope = -Math.tan((skew * Math.PI) / 180);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [down, across] = [y - slope * x, x + slope * y];
      const near = (at: number): boolean => ((at % ruling) + ruling) % ruling < 2;
      if (near(down) || (squared && near(across))) ink[y * width + x] = 0.5;
    }
  }
}

function placeDigits(ink: Float32Array, data: Dataset, options: DigitPageOptions, random: Random): PlacedDigit[] {
  const { width, height, digits: count, perLine, sizes = [28, 56], skew = 0 } = options;
  const placed: PlacedDigit[] = [];
  const slope = -Math.tan((skew * Math.PI) / 180);
  let [pen, baseline, line] = [20, 20, 0];
  for (let index = 0; index < count; index++) {
    const side = Math.round(sizes[0] + random.uniform() * (sizes[1] - sizes[0]));
    const digit = croppedDigit(data, index, side);
    let [left, top] = [0, 0];
    if (perLine === undefined) {
      const isFree = (): boolean =>
        placed.every(
          ({ box }) =>
            left > box.left + box.width + leastGap ||
            box.left > left + digit.width + leastGap ||
            top > box.top + box.height + leastGap ||
            box.top > top + digit.height + leastGap,
        );
      let tries = 0;
      do {
        left = 4 + random.integer(width - digit.width - 8);
        top = 4 + random.integer(height - digit.height - 8);
        if (++tries > 10_000) throw new Error(`a page of ${width}x${height} has no room for ${count} digits`);
      } while (!isFree());
    } else {
      if (index > 0 && index % perLine === 0) {
        line++;
        pen = 20;
        baseline += 1.5 * sizes[1];
      }
      left = pen;
      const drop = Math.round(0.1 * side * random.uniform());
      top = Math.round(baseline + sizes[1] - digit.height + slope * left + Math.max(0, -slope) * width) - drop;
      pen += digit.width + Math.round((0.15 + 0.2 * random.uniform()) * side);
      if (left + digit.width >= width || top + digit.height >= height)
        throw new Error('the lines are too long or many');
    }
    for (let y = 0; y < digit.height; y++) {
      for (let x = 0; x < digit.width; x++) {
        const at = (top + y) * width + left + x;
        ink[at] = Math.max(ink[at]!, digit.pixels[y * digit.width + x]! / 255);
      }
    }
    placed.push({
      label: data.labels[data.targets[index]!]!,
      box: { left, top, width: digit.width, height: digit.height },
      line,
    });
  }
  return placed;
}

/** A digit scaled and cut to its ink. */
function croppedDigit(data: Dataset, index: number, side: number): Picture {
  const pixels = data.width * data.height;
  const own = data.images.subarray(index * pixels, (index + 1) * pixels);
  const scaled = resizePicture({ width: data.width, height: data.height, pixels: own }, side, side);
  return cropPicture(scaled, inkBounds(scaled, 64)!);
}
