// Pen strokes: what a draw pad or a tablet records, before any pixel exists.

/** A pen position; y grows downwards. Units are the pad's own: only proportions matter to recognition. */
export interface InkPoint {
  /** Distance from the left edge. */
  readonly x: number;
  /** Distance from the top edge. */
  readonly y: number;
}

/** The points between pen down and pen up, in the order of writing; a tap is a stroke of one point. */
export type Stroke = readonly InkPoint[];

/** A drawing as its strokes, in the order of writing. */
export interface Ink {
  /** The strokes; none for an empty drawing. */
  readonly strokes: readonly Stroke[];
}
