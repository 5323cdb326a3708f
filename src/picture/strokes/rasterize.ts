// Drawing pen strokes as pixels: the first step of a drawing's way to the network. Only the drawing: `frameCharacter`
// crops and scales.
import { UsageError } from '../../core/floor.ts';
import { mnistPen } from '../frame/framing.ts';
import { blankPicture, type Picture } from '../picture.ts';
import type { Ink, InkPoint } from './ink.ts';

/** Longer side of the drawn ink in pixels, pen included: eight pixels for each of the 20 that framing leaves. */
export const rasterInkSide = 160;

/** Paper around the ink in pixels, enough for the background to be beyond doubt. */
const margin = 16;

/** Most points that a drawing may have: an hour of writing at 60 points a second is 216,000. */
export const rasterMaxPoints = 250_000;

/**
 * Draws strokes as round-capped lines of one width, antialiased, ink 255 on 0.
 *
 * The ink is scaled so that its longer side, pen included, is `rasterInkSide` pixels, whatever the pad's units; the pen
 * is a fixed share of that side, so that a framed drawing has strokes as thick as MNIST's however large it was drawn.
 * A tap is a dot of the pen's width.
 *
 * @param ink strokes in any units, y downwards; at most `rasterMaxPoints` points.
 * @param pen width of the pen as a share of that side, above 0 and up to 0.5; a framing's own (`Framing.pen`).
 * @returns the ink with a margin of paper; an all-zero picture when there is no point at all.
 * @throws {UsageError} for a coordinate that is not a finite number, or too many points.
 *
 * @example
 * ```ts
 * import { frameCharacter, mnistFraming, rasterizeInk } from 'ductus/picture';
 *
 * const seven = [{ x: 20, y: 20 }, { x: 80, y: 20 }, { x: 40, y: 90 }];
 * const picture = rasterizeInk({ strokes: [seven] });
 * console.log(frameCharacter(picture, mnistFraming)?.width); // 28
 * ```
 */
export function rasterizeInk(ink: Ink, pen: number = mnistPen): Picture {
  const extent = extentOf(ink);
  if (extent === undefined) return blankPicture(rasterInkSide + 2 * margin, rasterInkSide + 2 * margin);
  const nib = rasterInkSide * pen;
  const longer = Math.max(extent.width, extent.height);
  const wanted = (rasterInkSide - nib) / longer;
  const scale = Number.isFinite(wanted) ? wanted : 0; // all points in one place: a dot
  const inset = margin + nib / 2;
  const width = Math.ceil(extent.width * scale + 2 * inset);
  const height = Math.ceil(extent.height * scale + 2 * inset);
  const picture = blankPicture(width, height);
  const place = (point: InkPoint): InkPoint => ({
    x: (point.x - extent.left) * scale + inset,
    y: (point.y - extent.top) * scale + inset,
  });
  for (const stroke of ink.strokes) {
    const first = stroke[0];
    if (first === undefined) continue;
    let from = place(first);
    drawSegment(picture, from, from, nib / 2);
    for (const [index, point] of stroke.entries()) {
      const to = place(point);
      const near = Math.hypot(to.x - from.x, to.y - from.y) < leastStep;
      if (near && index < stroke.length - 1) continue;
      drawSegment(picture, from, to, nib / 2);
      from = to;
    }
  }
  return picture;
}

/** Points closer than this to the last one drawn, in raster pixels, are passed over: a quarter pixel after framing. */
const leastStep = 2;

/**
 * Pixels within `radius` of the segment get full ink, the next one its share by distance; where lines cross the darker
 * counts.
 */
function drawSegment(picture: Picture, from: InkPoint, to: InkPoint, radius: number): void {
  const { width, height } = picture;
  const pixels = picture.pixels;
  const reach = radius + 0.5;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  const alongX = to.x - from.x;
  const alongY = to.y - from.y;
  const square = alongX * alongX + alongY * alongY;
  const inner = (radius - 0.5) * (radius - 0.5);
  const outer = reach * reach;
  for (let y = top; y <= bottom; y++) {
    const row = y * width;
    const dy = y + 0.5 - from.y;
    for (let x = left; x <= right; x++) {
      const dx = x + 0.5 - from.x;
      let t = square > 0 ? (dx * alongX + dy * alongY) / square : 0;
      t = t < 0 ? 0 : Math.min(t, 1);
      const offX = dx - t * alongX;
      const offY = dy - t * alongY;
      const distance = offX * offX + offY * offY;
      if (distance >= outer) continue;
      const value = distance <= inner ? 255 : 255 * (reach - Math.sqrt(distance));
      if (value > pixels[row + x]!) pixels[row + x] = value;
    }
  }
}

interface Extent {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function extentOf(ink: Ink): Extent | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  let count = 0;
  for (const [s, stroke] of ink.strokes.entries()) {
    count += stroke.length;
    if (count > rasterMaxPoints) {
      throw new UsageError(`drawing ink: expected at most ${rasterMaxPoints} points, received ${count} or more`);
    }
    for (const [p, { x, y }] of stroke.entries()) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        throw new UsageError(
          `drawing ink, stroke ${s}, point ${p}: expected finite coordinates, received (${x}, ${y})`,
        );
      }
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (count === 0) return undefined;
  if (!Number.isFinite(right - left) || !Number.isFinite(bottom - top)) {
    throw new UsageError(
      `drawing ink: expected an extent that a number can hold, received x ${left}..${right}, y ${top}..${bottom}`,
    );
  }
  return { left, top, width: right - left, height: bottom - top };
}
