// Trainings by the public trainer, on all cores, that are measured epoch by epoch, so that several can take turns in one run.
import { countOf, type Recipe, type Samples, type TrainingEvent, train } from '../src/learn/index.ts';
import { onnxRuntimeEngine, threadTeam } from '../src/platform/node/index.ts';

/** A training that stands still between its epochs. */
export interface Epochs {
  readonly images: number;
  /** The next epoch. @returns the seconds that it took, all that the trainer does among them. */
  next(): Promise<number>;
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
    team: (setup) => threadTeam(setup, engine),
    recipe: { ...recipe, epochs: endless },
    seed: 1,
    train: samples,
    dataHash: '', // of use to resumed runs alone
    now: () => performance.now(),
    checkpointSeconds: Number.POSITIVE_INFINITY,
  });
  return {
    images: countOf(samples),
    async next() {
      const start = performance.now();
      for (;;) {
        const { value, done } = await events.next();
        if (done) throw new Error(`training "${recipe.name}": expected another epoch, but it ended`);
        if (value.type === 'epoch') return (performance.now() - start) / 1000;
      }
    },
    async close() {
      await events.return();
    },
  };
}
