// The strokes of a pad with undo and redo. Pure data: it knows neither pointers nor pixels, so it is tested without a
// browser.
import type { Ink, InkPoint, Stroke } from '../../picture/floor.ts';

/** Steps that can be undone. Older ones are forgotten, so an afternoon of doodling holds bounded memory. */
export const historyLimit = 500;

/** Strokes being written, with one undo step a stroke, a clear or a replacement. */
export interface InkHistory {
  /** All strokes, the unfinished one included. */
  readonly ink: Ink;
  /** Whether a stroke is being written. */
  readonly writing: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Starts a stroke; an unfinished one is finished first. */
  begin(point: InkPoint): void;
  /**
   * Adds points to the unfinished stroke; does nothing when there is none. Points that repeat their predecessor are
   * left out.
   */
  extend(points: readonly InkPoint[]): void;
  /** Finishes the stroke, which becomes one undo step. */
  end(): void;
  /** Discards the unfinished stroke, for example when the system takes the pointer. */
  cancel(): void;
  /** Undoes the last step; returns whether there was one. An unfinished stroke counts as the last step. */
  undo(): boolean;
  /** Restores the last step that `undo` undid; returns whether there was one. */
  redo(): boolean;
  /** Removes all strokes as one undo step; returns whether there were any. */
  clear(): boolean;
  /** Replaces the ink as one undo step. */
  replace(ink: Ink): void;
}

/** An empty history. */
export function inkHistory(): InkHistory {
  let strokes: readonly Stroke[] = [];
  let current: InkPoint[] | undefined;
  let past: (readonly Stroke[])[] = [];
  let future: (readonly Stroke[])[] = [];

  function step(next: readonly Stroke[]): void {
    past.push(strokes);
    if (past.length > historyLimit) past = past.slice(-historyLimit);
    future = [];
    strokes = next;
  }
  function end(): void {
    if (current === undefined) return;
    const finished = current;
    current = undefined;
    step([...strokes, finished]);
  }

  return {
    get ink() {
      return { strokes: current === undefined ? strokes : [...strokes, current.slice()] };
    },
    get writing() {
      return current !== undefined;
    },
    get canUndo() {
      return current !== undefined || past.length > 0;
    },
    get canRedo() {
      return current === undefined && future.length > 0;
    },
    begin(point) {
      end();
      current = [point];
    },
    extend(points) {
      if (current === undefined) return;
      for (const point of points) {
        const last = current[current.length - 1]!;
        if (last.x !== point.x || last.y !== point.y) current.push(point);
      }
    },
    end,
    cancel() {
      current = undefined;
    },
    undo() {
      end();
      const before = past.pop();
      if (before === undefined) return false;
      future.push(strokes);
      strokes = before;
      return true;
    },
    redo() {
      if (current !== undefined) return false;
      const after = future.pop();
      if (after === undefined) return false;
      past.push(strokes);
      strokes = after;
      return true;
    },
    clear() {
      end();
      if (strokes.length === 0) return false;
      step([]);
      return true;
    },
    replace(ink) {
      end();
      step(ink.strokes.filter((stroke) => stroke.length > 0).map((stroke) => stroke.map(({ x, y }) => ({ x, y }))));
    },
  };
}
