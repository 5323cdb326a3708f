// Readings in the form that the adaptation computes with: logits, and the same numbers as the inputs of one more layer.
import type { ReviewItem } from './reviewItem.ts';

/** All readings of a review, row by row. */
export interface ClassScores {
  readonly count: number;
  readonly classes: number;
  /** `[count]`, 1 where the recogniser found something to read; the other rows are 0. */
  readonly read: Uint8Array;
  /** `[count, classes]`, natural logarithms of the probabilities. */
  readonly logits: Float64Array;
  /**
   * `[count, classes + 1]`: the logits without their mean, cut off from below, all divided by one number so that the
   * squares of a row sum to 1 on average; and a 1, which gives a layer its bias.
   */
  readonly inputs: Float64Array;
}

/** The smallest positive float32: a probability of 0 counts as this, since its logarithm must be finite. */
const smallestProbability = 2 ** -149;

/** How far below the largest logit an input may be: beyond e^-30 a class is out of the question, however far. */
const inputReach = 30;

/** Turns checked readings into scores. */
export function classScores(items: readonly ReviewItem[], classes: number): ClassScores {
  const count = items.length;
  const read = Uint8Array.from(items, ({ probabilities }) => (probabilities === null ? 0 : 1));
  const logits = new Float64Array(count * classes);
  const width = classes + 1;
  const inputs = new Float64Array(count * width);
  let squares = 0;
  items.forEach(({ probabilities }, item) => {
    if (probabilities === null) return;
    const own = Float64Array.from(probabilities, (value) => Math.log(Math.max(smallestProbability, value)));
    logits.set(own, item * classes);
    const floor = own.reduce((most, logit) => Math.max(most, logit)) - inputReach;
    const cut = own.map((logit) => Math.max(floor, logit));
    const mean = cut.reduce((sum, logit) => sum + logit, 0) / classes;
    cut.forEach((logit, index) => {
      inputs[item * width + index] = logit - mean;
      squares += (logit - mean) ** 2;
    });
  });
  const readings = read.reduce((sum, mark) => sum + mark, 0);
  const scale = squares === 0 ? 1 : Math.sqrt(readings / squares);
  for (let item = 0; item < count; item++) {
    if (!read[item]) continue;
    for (let index = 0; index < classes; index++) inputs[item * width + index]! *= scale;
    inputs[item * width + classes] = 1;
  }
  return { count, classes, read, logits, inputs };
}
