// Pen strokes written once more by an unsteady hand: every stroke moves separately, which no distortion of a picture
// can do. Only the strokes; `redrawInk.ts` draws them.
import type { Random } from '../../core/floor.ts';
import type { Ink, InkPoint, Stroke } from '../../picture/floor.ts';

/** How far strokes deviate. Lengths are shares of the longer side of the whole ink; absent fields are 0. */
export interface InkDistortion {
  /** Deviation of each stroke's rotation about its middle, in degrees. */
  readonly rotation?: number;
  /** Deviation of the logarithm of each stroke's size. */
  readonly scale?: number;
  /** Deviation of each stroke's position along each axis. */
  readonly shift?: number;
  /** Deviation of the bending of each stroke along its length: see {@link distortInk}. */
  readonly bend?: number;
  /** Largest share of a stroke's own length that is cut off or added at either end. */
  readonly ends?: number;
}

/**
 * Waves of the bending: a bow, an S, and one more turn. Higher ones are a tremor that no pen of MNIST's width would
 * show.
 */
const waves = 3;

/**
 * The same ink with every stroke turned, scaled, moved, bent, and shortened or extended at its ends, each by its own
 * amounts.
 *
 * A stroke's bending displaces the point at the share t of its length by `sum over k = 1..3 of (a_k, b_k) cos(pi k t)`,
 * with a_k and b_k normal of deviation `bend / k`: low frequencies, so that a stroke stays one movement of a hand.
 *
 * @param random the number of draws depends only on the number of strokes.
 * @returns the strokes; a tap stays a tap, and strokes without points are left out.
 *
 * @example
 * ```ts
 * import { distortInk, randomStream } from 'ductus/samples';
 *
 * const ink = { strokes: [[{ x: 5, y: 0 }, { x: 5, y: 10 }]] };
 * const { strokes } = distortInk(ink, { rotation: 10, shift: 0.05 }, randomStream(1));
 * console.log(strokes.length); // 1
 * ```
 */
export function distortInk(ink: Ink, amounts: InkDistortion, random: Random): Ink {
  const { rotation = 0, scale = 0, shift = 0, bend = 0, ends = 0 } = amounts;
  const side = longerSide(ink);
  const strokes: Stroke[] = [];
  for (const stroke of ink.strokes) {
    if (stroke.length === 0) continue;
    const angle = (rotation * random.normal() * Math.PI) / 180;
    const size = Math.exp(scale * random.normal());
    const move = { x: shift * side * random.normal(), y: shift * side * random.normal() };
    const bends = Array.from({ length: waves }, (_, k) => ({
      x: (bend * side * random.normal()) / (k + 1),
      y: (bend * side * random.normal()) / (k + 1),
    }));
    const [first, last] = [ends * (2 * random.uniform() - 1), ends * (2 * random.uniform() - 1)];
    const points = lengthened(lengthened(stroke, last).reverse(), first).reverse();
    const shares = lengthShares(points);
    const middle = middleOf(points);
    const [cos, sin] = [size * Math.cos(angle), size * Math.sin(angle)];
    strokes.push(
      points.map((point, index) => {
        const [dx, dy] = [point.x - middle.x, point.y - middle.y];
        let x = middle.x + cos * dx - sin * dy + move.x;
        let y = middle.y + sin * dx + cos * dy + move.y;
        for (const [k, wave] of bends.entries()) {
          const height = Math.cos(Math.PI * (k + 1) * shares[index]!);
          x += wave.x * height;
          y += wave.y * height;
        }
        return { x, y };
      }),
    );
  }
  return { strokes };
}

/** A stroke with a share of its length added at its end in its last direction; below 0, cut off. */
function lengthened(stroke: Stroke, share: number): InkPoint[] {
  const points = [...stroke];
  const total = lengthOf(stroke);
  if (total === 0 || share === 0) return points;
  if (share > 0) {
    const end = points.at(-1)!;
    const before = points.findLast(({ x, y }) => x !== end.x || y !== end.y)!;
    const ahead = (share * total) / distance(before, end);
    points.push({ x: end.x + ahead * (end.x - before.x), y: end.y + ahead * (end.y - before.y) });
    return points;
  }
  let off = Math.min(-share, 1) * total;
  while (points.length > 1) {
    const [before, end] = [points.at(-2)!, points.pop()!];
    const piece = distance(before, end);
    if (piece > off) {
      const kept = 1 - off / piece;
      points.push({ x: before.x + kept * (end.x - before.x), y: before.y + kept * (end.y - before.y) });
      break;
    }
    off -= piece;
  }
  return points;
}

/** Share of the stroke's length that lies before each of its points, 0..1. */
function lengthShares(stroke: Stroke): number[] {
  const total = lengthOf(stroke);
  let length = 0;
  return stroke.map((point, index) => {
    if (index > 0) length += distance(stroke[index - 1]!, point);
    return total === 0 ? 0 : length / total;
  });
}

function lengthOf(stroke: Stroke): number {
  let length = 0;
  for (let index = 1; index < stroke.length; index++) length += distance(stroke[index - 1]!, stroke[index]!);
  return length;
}

function distance(from: InkPoint, to: InkPoint): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/** Middle of the box around the points. */
function middleOf(points: Stroke): InkPoint {
  const { left, right, top, bottom } = boxOf(points);
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function longerSide({ strokes }: Ink): number {
  const { left, right, top, bottom } = boxOf(strokes.flat());
  return Math.max(0, right - left, bottom - top);
}

function boxOf(points: Iterable<InkPoint>): { left: number; right: number; top: number; bottom: number } {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}
