// Whether ink is a frame: the cell of a form, the border of a picture.
import type { Components } from './components.ts';

/**
 * Whether a component follows all four sides of its own rectangle: a frame does, a letter O leaves the corners free.
 *
 * @param n number of the component.
 * @param width of the picture that the components are of.
 * @param depth how far inside a side ink still counts for it, as a share of the rectangle's width or height.
 * @param covered share of each side along which there must be ink.
 */
export function followsOwnBox(
  { labels, left, top, right, bottom }: Components,
  n: number,
  width: number,
  depth: number,
  covered: number,
): boolean {
  const [l, t, r, b] = [left[n]!, top[n]!, right[n]!, bottom[n]!];
  const [across, down] = [r - l + 1, b - t + 1];
  const [deepX, deepY] = [Math.ceil(depth * across), Math.ceil(depth * down)];
  const has = (x: number, y: number): boolean => labels[y * width + x] === n;
  let [west, east, north, south] = [0, 0, 0, 0];
  for (let y = t; y <= b; y++) {
    let [near, far] = [false, false];
    for (let d = 0; d < deepX; d++) {
      near ||= has(l + d, y);
      far ||= has(r - d, y);
    }
    if (near) west++;
    if (far) east++;
  }
  for (let x = l; x <= r; x++) {
    let [near, far] = [false, false];
    for (let d = 0; d < deepY; d++) {
      near ||= has(x, t + d);
      far ||= has(x, b - d);
    }
    if (near) north++;
    if (far) south++;
  }
  return Math.min(west, east) >= covered * down && Math.min(north, south) >= covered * across;
}
