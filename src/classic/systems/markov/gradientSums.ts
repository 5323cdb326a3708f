// Sums of a character's gradients: the directions of its edges, in the whole and in each of nine blocks, and their
// bends.
import { characterSide } from './normalizedCharacter.ts';

/** Number of directions: 0, 45, 90 and 135 degrees. Light and dark sides of a stroke count alike. */
export const directions = 4;
/** Blocks along each side. */
export const blocksPerSide = 3;
/** Kinds of bend: outwards, inwards, straight, corner. */
export const bends = 4;

/** Least gradient, in full ink per pixel. Weaker ones are ignored: they are rounding of 8-bit pixels. */
const leastGradient = 0.004;
/** Edges bent less than a circle with a radius of a third of the square are straight; in units of 1 / side. */
const straightCurvature = 3;
/** Edges bent more than a circle with a radius of a twelfth of the square are corners. */
const cornerCurvature = 12;
/** Radians between the middles of neighbouring direction bins. */
const directionStep = Math.PI / directions;

/** Sums over pixels of the strength of their gradient. */
export interface GradientSums {
  /** Over all. */
  readonly all: number;
  /** `[block, direction]`, blocks row by row. */
  readonly blocks: Float64Array;
  /** `[bend]`. */
  readonly bends: Float64Array;
}

/**
 * Sobel's gradients of a character, summed by block and direction and by bend.
 *
 * A gradient between two directions counts for both, in proportion. The bend is the curvature of the line of equal grey
 * through the pixel, `k = -(I_xx I_y^2 - 2 I_xy I_x I_y + I_yy I_x^2) / |grad I|^3`, above 0 where ink bulges (Shi,
 * Fujisawa, Wakabayashi and Kimura, Handwritten numeral recognition using gradient and curvature of gray scale image,
 * 2002). Das, Prasad and Sanyal leave their four curvature features open; here they are shares of such bends.
 *
 * @param ink `[characterSide, characterSide]`, 0..1.
 */
export function gradientSums(ink: Float32Array): GradientSums {
  const side = characterSide;
  const blocks = new Float64Array(blocksPerSide ** 2 * directions);
  const bent = new Float64Array(bends);
  let all = 0;
  for (let y = 1; y < side - 1; y++) {
    const blockRow = Math.floor((y * blocksPerSide) / side) * blocksPerSide;
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x;
      const northWest = ink[at - side - 1]!;
      const north = ink[at - side]!;
      const northEast = ink[at - side + 1]!;
      const west = ink[at - 1]!;
      const east = ink[at + 1]!;
      const southWest = ink[at + side - 1]!;
      const south = ink[at + side]!;
      const southEast = ink[at + side + 1]!;
      const gx = (northEast + 2 * east + southEast - northWest - 2 * west - southWest) / 8;
      const gy = (southWest + 2 * south + southEast - northWest - 2 * north - northEast) / 8;
      const strength = Math.sqrt(gx * gx + gy * gy);
      if (strength < leastGradient) continue;
      all += strength;

      const turn = Math.atan2(gy, gx) / directionStep + directions; // 0..8, 4 apart for opposite gradients
      const lower = Math.floor(turn);
      const block = (blockRow + Math.floor((x * blocksPerSide) / side)) * directions;
      blocks[block + (lower % directions)]! += strength * (1 - (turn - lower));
      blocks[block + ((lower + 1) % directions)]! += strength * (turn - lower);

      const middle = ink[at]!;
      const across = northWest + northEast + southWest + southEast + 2 * (east + west - north - south) - 4 * middle;
      const down = northWest + northEast + southWest + southEast + 2 * (north + south - east - west) - 4 * middle;
      const mixed = northWest + southEast - northEast - southWest;
      const curvature =
        (-0.25 * side * (across * gy * gy - 2 * mixed * gx * gy + down * gx * gx)) / (strength * strength * strength);
      bent[bendOf(curvature)]! += strength;
    }
  }
  return { all, blocks, bends: bent };
}

function bendOf(curvature: number): number {
  if (Math.abs(curvature) > cornerCurvature) return 3;
  if (Math.abs(curvature) <= straightCurvature) return 2;
  return curvature > 0 ? 0 : 1;
}
