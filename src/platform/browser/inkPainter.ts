// Paints strokes on a canvas at the screen's own resolution. src/picture rasterises what the network sees;
// this file paints for the eye only. The pen has an even width in both, because MNIST's pens do.
import type { InkPoint, Stroke } from '../../picture/floor.ts';

/** Appearance of a drawing. */
export interface InkLook {
  /** Any CSS colour. */
  readonly color: string;
  /** Width of the pen in ink units. */
  readonly penWidth: number;
  /** Pixels of the canvas per ink unit. */
  readonly scale: number;
}

/** Paints the strokes over the canvas, with round joins and ends. */
export function paintStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[], look: InkLook): void {
  context.save();
  context.scale(look.scale, look.scale);
  context.strokeStyle = look.color;
  context.lineWidth = look.penWidth;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    if (stroke.length === 0) continue;
    context.beginPath();
    traceStroke(context, stroke);
    context.stroke();
  }
  context.restore();
}

/** Paints the keyboard's pen: a ring where it is lifted, a filled disc where it writes. */
export function paintCursor(context: CanvasRenderingContext2D, at: InkPoint, down: boolean, look: InkLook): void {
  context.save();
  context.scale(look.scale, look.scale);
  context.beginPath();
  context.arc(at.x, at.y, look.penWidth * 0.6, 0, 2 * Math.PI);
  context.lineWidth = look.penWidth / 5;
  context.strokeStyle = look.color;
  context.fillStyle = look.color;
  if (down) context.fill();
  else context.stroke();
  context.restore();
}

/**
 * A curve through the middles of the segments, with the recorded points as its control points: smooth, and never
 * overshooting.
 */
function traceStroke(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const first = stroke[0]!;
  const last = stroke[stroke.length - 1]!;
  context.moveTo(first.x, first.y);
  for (let index = 1; index < stroke.length - 1; index++) {
    const point = stroke[index]!;
    const next = stroke[index + 1]!;
    context.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
  }
  // A tap is a line of no length, which round caps show as a dot.
  context.lineTo(last.x, last.y);
}
