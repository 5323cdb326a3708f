// Other writing nearby: strokes that enter from a side, and writing on the back that shows through.
import type { Random } from '../../../core/floor.ts';
import type { Picture } from '../../../picture/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import { layInk, type PenConfig, writeCharacter } from '../pen/pen.ts';
import type { Scene } from '../scene.ts';

/** Strokes of other characters in the picture. */
export interface NeighboursConfig {
  /** Chance of one at the left, and of one at the right. */
  readonly beside: number;
  /** Chance of one above, and of one below. Absent: 0. */
  readonly above?: number;
  /** How far they enter, as a share of the character's longer side; less where they would meet the character. */
  readonly reach: Range;
}

/** Writing on the back of the sheet, mirrored, directly behind the character or next to it. */
export interface BleedConfig {
  /** Share of the samples that have it. */
  readonly chance: number;
  /** Its strength as a share of the character's. */
  readonly strength: Range;
}

/** Draws another sample to take strokes from. */
export type OtherPicture = (random: Random) => Picture;

/** Smallest gap between a neighbour and the character in pixels: closer ones touch after blur. */
const leastGap = 2;

/**
 * The neighbours' coverage, 0..1; they are written by the same pen. @param size the character's longer side in pixels.
 */
export function neighbourCoverage(
  scene: Scene,
  config: NeighboursConfig,
  pen: PenConfig,
  size: number,
  other: OtherPicture,
  random: Random,
): Float32Array {
  const { width, height, ink } = scene;
  const coverage = new Float32Array(width * height);
  for (const side of ['left', 'right', 'above', 'below'] as const) {
    const beside = side === 'left' || side === 'right';
    const drawn = random.uniform() < (beside ? config.beside : (config.above ?? 0));
    let reach = Math.round(drawRange(config.reach, random) * size);
    if (!drawn) continue;
    const stranger = writeCharacter(other(random), size * (0.8 + 0.4 * random.uniform()), pen, random);
    if (stranger === undefined) continue;
    const across = (0.5 + 0.4 * (random.uniform() - 0.5)) * (beside ? height : width);
    const place = (): [number, number] => {
      if (side === 'left') return [reach - stranger.width, Math.round(across - stranger.height / 2)];
      if (side === 'right') return [width - reach, Math.round(across - stranger.height / 2)];
      if (side === 'above') return [Math.round(across - stranger.width / 2), reach - stranger.height];
      return [Math.round(across - stranger.width / 2), height - reach];
    };
    while (reach > 0 && meets(ink, width, height, stranger, place())) reach--;
    if (reach > 0) add(coverage, width, height, stranger, place());
  }
  return coverage;
}

/** Adds writing from the back of the sheet. */
export function drawBleed(
  scene: Scene,
  config: BleedConfig,
  pen: PenConfig,
  size: number,
  other: OtherPicture,
  random: Random,
): void {
  const { width, height } = scene;
  if (random.uniform() >= config.chance) return;
  const stranger = writeCharacter(other(random), size, pen, random);
  if (stranger === undefined) return;
  for (let y = 0; y < stranger.height; y++) {
    stranger.pixels.subarray(y * stranger.width, (y + 1) * stranger.width).reverse();
  }
  const coverage = new Float32Array(width * height);
  const place = (room: number, length: number): number => Math.round(random.uniform() * room - length / 2);
  add(coverage, width, height, stranger, [place(width, stranger.width), place(height, stranger.height)]);
  layInk(scene, coverage, pen, random, drawRange(config.strength, random));
}

/** Adds a picture's ink at a position, where part of it may lie outside. */
export function add(
  coverage: Float32Array,
  width: number,
  height: number,
  picture: Picture,
  [left, top]: readonly [number, number],
): void {
  for (let y = Math.max(0, -top); y < Math.min(picture.height, height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(picture.width, width - left); x++) {
      const at = (y + top) * width + x + left;
      coverage[at] = Math.max(coverage[at]!, picture.pixels[y * picture.width + x]! / 255);
    }
  }
}

/** Whether a picture's ink at a position would come within `leastGap` of the character. */
function meets(
  ink: Float32Array,
  width: number,
  height: number,
  picture: Picture,
  [left, top]: readonly [number, number],
): boolean {
  for (let y = Math.max(0, -top); y < Math.min(picture.height, height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(picture.width, width - left); x++) {
      if (picture.pixels[y * picture.width + x]! < 32) continue;
      const [middleX, middleY] = [x + left, y + top];
      for (let v = Math.max(0, middleY - leastGap); v <= Math.min(height - 1, middleY + leastGap); v++) {
        for (let u = Math.max(0, middleX - leastGap); u <= Math.min(width - 1, middleX + leastGap); u++) {
          if (ink[v * width + u]! > 0.1) return true;
        }
      }
    }
  }
  return false;
}
