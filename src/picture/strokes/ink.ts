// Pen strokes: what a draw pad or a tablet records, before any pixel exists.

/** A pen position; y grows downwards. Units are the pad's own: only proportions matter to recognition. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
}

/** The points between pen down and pen up, in the order of writing; a tap is a stroke of one point. */
export type Stroke = readonly InkPoint[];

/** A drawing as its strokes, in the order of writing. */
export interface Ink {
  readonly strokes: readonly Stroke[];
}
