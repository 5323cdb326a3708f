// Shows a comparison on standard error: a bar for each system under way, a line for each finished one.
import type { ComparisonEvent } from '../../platform/node/floor.ts';
import { formatPercent, printNote } from '../output.ts';
import { type BarState, type ProgressBar, ProgressBars } from '../progressBars.ts';

/** Draws the events of a comparison as they come; without a terminal only what is finished. */
export class ComparisonDisplay {
  readonly #systems: number;
  readonly #bars = new ProgressBars();
  readonly #running = new Map<string, ProgressBar>();
  #done = 0;

  /** @param systems number of all systems. */
  constructor(systems: number) {
    this.#systems = systems;
  }

  /** Takes the next event. */
  show(event: ComparisonEvent): void {
    switch (event.type) {
      case 'start':
        printNote(`${event.training} training samples, ${event.test} test pictures, ${this.#systems} systems`);
        break;
      case 'progress':
        this.#progress(event.system, event.share, event.stage);
        break;
      case 'outdated':
        printNote(`${event.system}: measured again; changed since: ${event.changed.join(', ')}`);
        break;
      case 'kept':
      case 'measured': {
        const { test, time } = event.result;
        const how = event.type === 'kept' ? 'measured before' : `learnt in ${time.learning.toFixed(1)} s of one core`;
        this.#finish(event.system, `${formatPercent(test.accuracy)} right, ${how}`);
        break;
      }
      case 'failed':
        this.#finish(event.system, `failed: ${event.message}`);
        break;
      default:
        break;
    }
  }

  /** Takes the bars away. Safe to call at any time. */
  close(): void {
    this.#bars.close();
    this.#running.clear();
  }

  #finish(system: string, text: string): void {
    this.#running.get(system)?.stop();
    this.#running.delete(system);
    this.#bars.log(`${++this.#done} of ${this.#systems}: ${system}: ${text}`);
  }

  #progress(system: string, share: number, stage: string): void {
    const text = ({ bar, done, left }: BarState) =>
      `${system.padEnd(20)} ${bar} ${Math.round(100 * done)} %  ${stage}${left && `, ${left} left`}`;
    const running = this.#running.get(system);
    if (running === undefined) this.#running.set(system, this.#bars.add(1, share, text));
    else running.update(share, text);
  }
}
