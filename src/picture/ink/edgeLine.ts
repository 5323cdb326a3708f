// Lines along the edge of a picture and frames around it, that stand free of the character. A line that runs through
// the character is taken out by `removeLines`, before there are components.
import type { Components } from '../components.ts';
import { followsOwnBox } from '../followsOwnBox.ts';

/** Found by looking at public digit sets' training parts. */
const rules = {
  /**
   * A line along the edge: at least this long and at most this thick, within this far of the edge; shares of the
   * picture's side.
   */
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
} as const;

/**
 * Whether a component is a line along the picture's edge, or a frame around it.
 *
 * @param n number of the component.
 * @param width of the picture, `height` likewise.
 */
export function isEdgeLine(parts: Components, n: number, width: number, height: number): boolean {
  const across = parts.right[n]! - parts.left[n]! + 1;
  const down = parts.bottom[n]! - parts.top[n]! + 1;
  if (across >= rules.frameSpan * width && down >= rules.frameSpan * height) {
    const inset = Math.max(
      parts.left[n]! / width,
      parts.top[n]! / height,
      1 - (parts.right[n]! + 1) / width,
      1 - (parts.bottom[n]! + 1) / height,
    );
    if (inset <= rules.lineInset && parts.area[n]! <= rules.frameFill * across * down) {
      if (followsOwnBox(parts, n, width, rules.lineThickness, rules.frameSide)) return true;
    }
  }
  return (
    isLine(across / width, down / height, parts.top[n]! / height, 1 - (parts.bottom[n]! + 1) / height, 1 / height) ||
    isLine(down / height, across / width, parts.left[n]! / width, 1 - (parts.right[n]! + 1) / width, 1 / width)
  );
}

/**
 * All measures are shares of the picture's side: a line's length and thickness, its distance from the two edges beside
 * it, and one pixel.
 */
function isLine(length: number, thickness: number, before: number, after: number, pixel: number): boolean {
  const distance = Math.min(before, after);
  if (distance === 0 && length >= rules.bandLength && thickness <= rules.bandThickness) return true;
  if (length < rules.lineLength || thickness > Math.max(pixel, rules.lineThickness)) return false;
  return distance + thickness <= rules.lineInset + pixel;
}
