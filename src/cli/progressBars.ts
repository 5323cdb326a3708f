// Progress bars on a terminal, with the time left. Where standard error is no terminal they draw nothing, and commands
// print lines. Built on Node's `readline`: among the maintained libraries, @clack/prompts draws one bar at a time and
// knows no time left, and listr2, ora and nanospinner draw spinners.
import { clearScreenDown, moveCursor } from 'node:readline';

/** Length of a bar, in characters. */
const barLength = 24;

/** Shortest time between two drawings, in milliseconds: nobody sees more. */
const drawingInterval = 100;

/** The parts of a bar's text. */
export interface BarState {
  readonly bar: string;
  readonly done: number;
  readonly total: number;
  /** Time left at the mean speed since the bar began, as people read it; empty before there is a speed. */
  readonly left: string;
}

/** One bar. */
export interface ProgressBar {
  /** Sets the progress, and a new text when one is given. */
  update(done: number, text?: (state: BarState) => string): void;
  /** Removes the bar. */
  stop(): void;
}

interface Shown {
  readonly total: number;
  readonly from: number;
  readonly since: number;
  done: number;
  text: (state: BarState) => string;
}

/** What bars need of a terminal. */
export interface BarTerminal extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The bars of one command, one below the other. */
export class ProgressBars {
  readonly #terminal: BarTerminal;
  readonly #shown = new Set<Shown>();
  #drawnLines = 0;
  #drawnAt = 0;

  /** @param terminal where to draw; default: standard error. */
  constructor(terminal: BarTerminal = process.stderr) {
    this.#terminal = terminal;
  }

  /**
   * Adds a bar below the others.
   *
   * @param from work done before; the speed does not count it.
   */
  add(total: number, from: number, text: (state: BarState) => string): ProgressBar {
    const shown: Shown = { total, from, done: from, text, since: performance.now() };
    if (this.#terminal.isTTY) this.#shown.add(shown);
    this.#draw(true);
    return {
      update: (done, text) => {
        shown.done = done;
        if (text !== undefined) shown.text = text;
        this.#draw(false);
      },
      stop: () => {
        this.#shown.delete(shown);
        this.#draw(true);
      },
    };
  }

  /** Writes a line above the bars, which would otherwise overwrite it. */
  log(line: string): void {
    this.#erase();
    this.#terminal.write(`${line}\n`);
    this.#draw(true);
  }

  /** Removes all bars. Safe to call at any time. */
  close(): void {
    this.#shown.clear();
    this.#erase();
  }

  #draw(now: boolean): void {
    if (!now && performance.now() - this.#drawnAt < drawingInterval) return;
    this.#drawnAt = performance.now();
    this.#erase();
    // A line that wraps would be two lines, and one of them would stay.
    const width = (this.#terminal.columns ?? 80) - 1;
    for (const shown of this.#shown) this.#terminal.write(`${shown.text(stateOf(shown)).slice(0, width)}\n`);
    this.#drawnLines = this.#shown.size;
  }

  #erase(): void {
    if (this.#drawnLines === 0) return;
    moveCursor(this.#terminal, 0, -this.#drawnLines);
    clearScreenDown(this.#terminal);
    this.#drawnLines = 0;
  }
}

function stateOf({ done, total, from, since }: Shown): BarState {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const filled = Math.round(barLength * share);
  const bar = '\u2588'.repeat(filled) + '\u2591'.repeat(barLength - filled);
  const seconds = (performance.now() - since) / 1000;
  return { bar, done, total, left: done > from ? formatDuration((seconds * (total - done)) / (done - from)) : '' };
}

/** A time as people read it: `42 s`, `3 min 05 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
