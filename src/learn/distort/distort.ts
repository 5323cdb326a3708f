// The sample generator: one bilinear warp of a picture by an affine map and a smooth displacement field together.
import type { Random } from '../../core/index.ts';
import { bsplineWeights } from './bsplineWeights.ts';
import type { DistortionConfig } from './config.ts';

/** Writes a distorted copy of a picture. */
export type Distorter = (source: Uint8Array, target: Uint8Array, random: Random, strength?: number) => void;

/**
 * A distorter for pictures of one size. It reuses its own memory: make one a thread.
 *
 * The picture is sampled at `A (p - c) + c + t + d(p)` for every pixel p: A the inverse rotation, shear and scale, c the
 * centre, t the shift, d the local displacement. One interpolation for both distortions blurs once, not twice.
 *
 * @returns a function of source and target (`width * height` bytes each, ink 255, different arrays), generator, and a
 *   strength that multiplies every amplitude (default 1).
 */
export function createDistorter(config: DistortionConfig, width: number, height: number): Distorter {
  const { rotation = 0, scale = 0, shear = 0, shift = 0, local } = config;
  const points = local?.points ?? 0;
  const columnWeights = bsplineWeights(width, points);
  const rowWeights = bsplineWeights(height, points);
  const grid = new Float64Array(points * points * 2);
  const byRow = new Float64Array(points * 2); // the grid enlarged along rows, for the row at hand
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];

  return (source, target, random, strength = 1) => {
    const between = (limit: number): number => (2 * random.uniform() - 1) * limit * strength;
    const angle = (between(rotation) * Math.PI) / 180;
    const [scaleX, scaleY] = [1 + between(scale), 1 + between(scale)];
    const slant = between(shear);
    const [shiftX, shiftY] = [between(shift), between(shift)];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [xx, xy] = [cos / scaleX, (sin + slant * cos) / scaleX];
    const [yx, yy] = [-sin / scaleY, (cos - slant * sin) / scaleY];
    if (local !== undefined)
      for (let i = 0; i < grid.length; i++) grid[i] = random.normal() * local.deviation * strength;

    for (let y = 0; y < height; y++) {
      for (let p = 0; p < points; p++) {
        let [dx, dy] = [0, 0];
        for (let q = 0; q < points; q++) {
          const weight = rowWeights[y * points + q]!;
          dx += weight * grid[2 * (q * points + p)]!;
          dy += weight * grid[2 * (q * points + p) + 1]!;
        }
        byRow[2 * p] = dx;
        byRow[2 * p + 1] = dy;
      }
      for (let x = 0; x < width; x++) {
        let sourceX = xx * (x - centreX) + xy * (y - centreY) + centreX + shiftX;
        let sourceY = yx * (x - centreX) + yy * (y - centreY) + centreY + shiftY;
        for (let p = 0; p < points; p++) {
          const weight = columnWeights[x * points + p]!;
          sourceX += weight * byRow[2 * p]!;
          sourceY += weight * byRow[2 * p + 1]!;
        }
        target[y * width + x] = sample(source, width, height, sourceX, sourceY);
      }
    }
  };
}

/** Bilinear interpolation; outside the picture is paper. */
function sample(pixels: Uint8Array, width: number, height: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < -1 || top < -1 || left >= width || top >= height) return 0;
  const [fx, fy] = [x - left, y - top];
  const inside = left >= 0 && top >= 0 && left + 1 < width && top + 1 < height;
  const at = top * width + left;
  if (inside) {
    const upper = pixels[at]! + fx * (pixels[at + 1]! - pixels[at]!);
    const lower = pixels[at + width]! + fx * (pixels[at + width + 1]! - pixels[at + width]!);
    return upper + fy * (lower - upper) + 0.5;
  }
  const pixel = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : pixels[row * width + column]!;
  const upper = pixel(left, top) * (1 - fx) + pixel(left + 1, top) * fx;
  const lower = pixel(left, top + 1) * (1 - fx) + pixel(left + 1, top + 1) * fx;
  return upper * (1 - fy) + lower * fy + 0.5;
}
