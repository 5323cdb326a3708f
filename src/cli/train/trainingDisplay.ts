// Shows a training on standard error: a bar for the epoch under way, a line for each finished one.
import type { TrainingRunEvent } from '../../platform/node/floor.ts';
import { formatPercent, printNote } from '../output.ts';
import { type BarState, formatDuration, type ProgressBar, ProgressBars } from '../progressBars.ts';

/** Draws training events as they come; without a terminal only the finished epochs. */
export class TrainingDisplay {
  readonly #bars = new ProgressBars();
  #bar: ProgressBar | undefined;
  #epochs = 0;
  #stepsPerEpoch = 0;
  #samples = 0;
  /** Steps of the epoch that earlier runs did: they cost this one no time. */
  #skipped = 0;
  #madeTenths = -1;
  readonly #title: string;

  /** @param title begins every line; it says which of several trainings this is. */
  constructor(title = '') {
    this.#title = title;
  }

  /** Takes the next event. */
  show(event: TrainingRunEvent): void {
    switch (event.type) {
      case 'capturing':
      case 'redrawing': {
        const what = event.type === 'capturing' ? 'captures' : 'strokes';
        this.#bar ??= this.#bars.add(
          event.total,
          0,
          ({ bar, done, total, left }) => `${this.#title}${what} ${bar} ${done}/${total}  ${left} left`,
        );
        this.#bar.update(event.done);
        // Without a terminal, a line for every tenth: this may take many minutes.
        const tenth = Math.floor((10 * event.done) / event.total);
        if (!process.stderr.isTTY && tenth > this.#madeTenths) {
          printNote(`${this.#title}${what}: ${event.done} of ${event.total}`);
          this.#madeTenths = tenth;
        }
        if (event.done === event.total) {
          this.close();
          this.#madeTenths = -1;
        }
        break;
      }
      case 'start':
        this.#epochs = event.epochs;
        this.#stepsPerEpoch = event.stepsPerEpoch;
        this.#samples = event.samples;
        this.#skipped = event.resumed?.step ?? 0;
        printNote(
          `${this.#title}${event.samples} samples, ${event.validationSamples} for validation; ${event.parameters} parameters; ` +
            `${event.epochs} ${event.epochs === 1 ? 'epoch' : 'epochs'} of ${event.stepsPerEpoch} steps` +
            (event.resumed ? `; going on at epoch ${event.resumed.epoch}, step ${event.resumed.step}` : ''),
        );
        break;
      case 'step': {
        const left = Math.round(((this.#stepsPerEpoch - event.step) / this.#stepsPerEpoch) * this.#samples);
        const measured =
          `loss ${event.loss.toFixed(4)}  accuracy ${formatPercent(event.accuracy)}  ` +
          `${Math.round(event.imagesPerSecond)} images/s  ${formatDuration(left / event.imagesPerSecond)} left`;
        const text = ({ bar, done, total }: BarState) =>
          `${this.#title}epoch ${event.epoch}/${this.#epochs} ${bar} ${done}/${total}  ${measured}`;
        this.#bar ??= this.#bars.add(this.#stepsPerEpoch, this.#skipped, text);
        this.#bar.update(event.step, text);
        break;
      }
      case 'epoch': {
        this.close();
        this.#skipped = 0;
        const { epoch, loss, accuracy, validationLoss, validationAccuracy, seconds } = event.log;
        const validation =
          validationLoss === undefined
            ? ''
            : `, validation loss ${validationLoss.toFixed(4)}, accuracy ${formatPercent(validationAccuracy!)}${event.best ? ' *' : ''}`;
        printNote(
          `${this.#title}epoch ${epoch}/${this.#epochs}: loss ${loss.toFixed(4)}, accuracy ${formatPercent(accuracy)}${validation}, ${seconds.toFixed(1)} s`,
        );
        break;
      }
      case 'end':
        this.close();
        if (event.reason === 'stoppedEarly')
          printNote(`${this.#title}stopped early: validation loss has not fallen any more`);
        break;
      default:
        break;
    }
  }

  /** Removes the bar. Safe to call at any time. */
  close(): void {
    this.#bars.close();
    this.#bar = undefined;
  }
}
