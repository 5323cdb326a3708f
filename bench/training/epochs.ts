// Trainings by the public trainer, on all cores, that are measured epoch by epoch or in parts of one, so that several
// can take turns in one run.

import { type Recipe, type TrainingEvent, train } from 'ductus/learn';
import { onnxRuntimeEngine, threadTeam } from 'ductus/node';
import { countOf, type Samples } from 'ductus/samples';

/** A training that stands still until it is asked for more. */
export interface Epochs {
  readonly images: number;
  /** The next epoch. @returns the seconds that it took, all that the trainer does among them. */
  next(): Promise<number>;
  /**
   * The next of so many equal parts of an epoch; the last one ends it. The trainer may work a few steps ahead of what
   * it reports: only the sum over a whole epoch is exact.
   */
  nextPart(parts: number): Promise<number>;
  close(): Promise<void>;
}

/** More epochs than any benchmark asks for; the training ends when it is closed. */
const endless = 10_000;

/**
 * Begins a training. The first epoch compiles: it is for warming up.
 *
 * @param recipe its number of epochs is not looked at; with a constant rate the epochs are all alike.
 */
export async function openEpochs(recipe: Recipe, samples: Samples): Promise<Epochs> {
  const engine = await onnxRuntimeEngine();
  const events: AsyncGenerator<TrainingEvent, void, undefined> = train({
    engine,
    team: (setup) => threadTeam(setup),
    recipe: { ...recipe, epochs: endless },
    seed: 1,
    train: samples,
    dataHash: '', // of use to resumed runs alone
    now: () => performance.now(),
    checkpointSeconds: Number.POSITIVE_INFINITY,
  });
  /** Goes on until something has happened. @returns the seconds that it took. */
  async function until(happened: (event: TrainingEvent) => boolean): Promise<number> {
    const start = performance.now();
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error(`training "${recipe.name}": expected another epoch, but it ended`);
      if (happened(value)) return (performance.now() - start) / 1000;
    }
  }
  const steps = Math.ceil(countOf(samples) / recipe.batch);
  let part = 0;
  return {
    images: countOf(samples),
    next: () => until(({ type }) => type === 'epoch'),
    nextPart(parts) {
      part = (part % parts) + 1;
      if (part === parts) return until(({ type }) => type === 'epoch');
      const last = Math.round((steps * part) / parts);
      return until((event) => event.type === 'step' && event.step === last);
    },
    async close() {
      await events.return();
    },
  };
}
