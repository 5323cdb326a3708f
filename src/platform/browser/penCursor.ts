// The pen that the keyboard moves: arrow keys steer, space sets the pen down or lifts it. Pure; the pad draws it.
import type { InkPoint } from '../../picture/floor.ts';

/** Distance of one key press, as a share of the pad's side. 20 presses cross the pad, so a digit takes about 30. */
export const cursorStep = 1 / 20;
/** The same with Shift held, for fine work. */
export const fineCursorStep = 1 / 80;

/** What a key press asks of the pad. */
export type PenCommand = 'move' | 'down' | 'up' | 'undo' | 'redo' | 'clear';

/** The properties of a KeyboardEvent that decide. */
export interface KeyFacts {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether the key is held and repeats. */
  readonly repeat: boolean;
}

/** Position and state of the keyboard's pen. */
export interface PenCursor {
  readonly position: InkPoint;
  readonly down: boolean;
  /**
   * Applies a key that went down; returns what the pad must do, or undefined for a key without a meaning for the pad.
   * Two arrows held together steer diagonally.
   */
  press(facts: KeyFacts): PenCommand | undefined;
  /** Notes that a key was released. */
  release(key: string): void;
  /** Lifts the pen and forgets held keys, for example when the focus leaves. Returns whether the pen was down. */
  rest(): boolean;
}

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A lifted pen in the middle of a square pad whose side measures `side` in ink units. */
export function penCursor(side: number): PenCursor {
  let position: InkPoint = { x: side / 2, y: side / 2 };
  let down = false;
  const held = new Set<string>();

  function steer(fine: boolean): void {
    let dx = 0;
    let dy = 0;
    for (const key of held) {
      dx += arrows[key]![0];
      dy += arrows[key]![1];
    }
    const step = side * (fine ? fineCursorStep : cursorStep);
    const clamp = (value: number): number => Math.min(side, Math.max(0, value));
    position = { x: clamp(position.x + dx * step), y: clamp(position.y + dy * step) };
  }

  return {
    get position() {
      return position;
    },
    get down() {
      return down;
    },
    press(facts) {
      if (facts.altKey) return undefined;
      if (facts.ctrlKey || facts.metaKey) {
        const key = facts.key.toLowerCase();
        if (key === 'z') return facts.shiftKey ? 'redo' : 'undo';
        return key === 'y' ? 'redo' : undefined;
      }
      if (facts.key in arrows) {
        held.add(facts.key);
        steer(facts.shiftKey);
        return 'move';
      }
      if (facts.key === ' ' && !facts.repeat) {
        down = !down;
        return down ? 'down' : 'up';
      }
      if (facts.key === 'Escape' && down) {
        down = false;
        return 'up';
      }
      if (facts.key === 'Delete' || facts.key === 'Backspace') {
        down = false;
        return 'clear';
      }
      return undefined;
    },
    release(key) {
      held.delete(key);
    },
    rest() {
      held.clear();
      const was = down;
      down = false;
      return was;
    },
  };
}
