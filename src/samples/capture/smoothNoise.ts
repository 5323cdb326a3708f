// Random unevenness of a given size, common to paper fibre, fading ink and clouds of dirt.
import type { Random } from '../../core/floor.ts';

/**
 * Normal numbers at grid points `scale` pixels apart, interpolated by smooth steps; mean 0.
 *
 * @param scale distance of the grid points in pixels, at least 1.
 * @returns `[row, column]`, deviation 1 at the grid points and somewhat less between them.
 */
export function smoothNoise(width: number, height: number, scale: number, random: Random): Float32Array {
  const columns = Math.ceil(width / scale) + 2;
  const rows = Math.ceil(height / scale) + 2;
  const grid = Float32Array.from({ length: columns * rows }, () => random.normal());
  const [offsetX, offsetY] = [random.uniform(), random.uniform()];
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const atY = y / scale + offsetY;
    const row = Math.floor(atY);
    const down = smoothStep(atY - row);
    for (let x = 0; x < width; x++) {
      const atX = x / scale + offsetX;
      const column = Math.floor(atX);
      const across = smoothStep(atX - column);
      const at = row * columns + column;
      const upper = grid[at]! + across * (grid[at + 1]! - grid[at]!);
      const lower = grid[at + columns]! + across * (grid[at + columns + 1]! - grid[at + columns]!);
      values[y * width + x] = upper + down * (lower - upper);
    }
  }
  return values;
}

/** Smooth step from 0 to 1 with zero slope at both ends: 3 t^2 - 2 t^3. */
function smoothStep(t: number): number {
  return t * t * (3 - 2 * t);
}
