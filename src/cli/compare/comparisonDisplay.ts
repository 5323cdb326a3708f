// What a person sees of a comparison: a bar for each system that is being measured, a line for each that is done. On standard error.
import cliProgress from 'cli-progress';
import type { ComparisonEvent } from '../../platform/node/floor.ts';
import { formatPercent, printNote } from '../output.ts';

/** Draws the events of a comparison as they come; without a terminal only what is finished. */
export class ComparisonDisplay {
  readonly #systems: number;
  readonly #bars = new Map<string, cliProgress.SingleBar>();
  #group: cliProgress.MultiBar | undefined;
  #done = 0;

  /** @param systems how many there are in all. */
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
        this.#bar(event.system)?.update(Math.round(100 * event.share), { stage: event.stage });
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
    this.#group?.stop();
    this.#group = undefined;
    this.#bars.clear();
  }

  #finish(system: string, text: string): void {
    const bar = this.#bars.get(system);
    if (bar !== undefined) this.#group?.remove(bar);
    this.#bars.delete(system);
    const line = `${++this.#done} of ${this.#systems}: ${system}: ${text}`;
    // Written over the bars it would be overdrawn: the group puts it above them.
    if (this.#group === undefined) printNote(line);
    else this.#group.log(`${line}\n`);
  }

  #bar(system: string): cliProgress.SingleBar | undefined {
    if (!process.stderr.isTTY) return undefined;
    this.#group ??= new cliProgress.MultiBar(
      {
        format: '{system} {bar} {percentage} %  {stage}',
        barsize: 24,
        clearOnComplete: true,
        hideCursor: true,
        stream: process.stderr,
      },
      cliProgress.Presets.shades_classic,
    );
    let bar = this.#bars.get(system);
    if (bar === undefined) {
      bar = this.#group.create(100, 0, { system: system.padEnd(20), stage: '' });
      this.#bars.set(system, bar);
    }
    return bar;
  }
}
