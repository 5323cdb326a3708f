// The temperature of a network that was just trained.
import type { TensorBuffer } from '../../../engine/floor.ts';
import { type Evaluator, fitTemperature } from '../../../learn/floor.ts';
import { type Samples, targetsOf, viewOf } from '../../../samples/floor.ts';

/**
 * Most numbers of scores that a temperature is fitted to, 256 MB: 17,000 pictures of 3,755 classes, far more than one
 * number needs.
 */
const mostScores = 2 ** 26;

/** The softmax temperature that calibrates confidences on the pictures held back. */
export async function calibratedTemperature(
  judge: Evaluator,
  validation: Samples,
  weights: Readonly<Record<string, TensorBuffer>>,
): Promise<number> {
  const view = viewOf(validation);
  const classes = view.dataset.labels.length;
  const most = Math.max(1, Math.floor(mostScores / classes));
  const every = Math.ceil(view.indices.length / most);
  // Evenly spaced: held back samples may be in the order of their classes.
  const some = { ...view, indices: view.indices.filter((_, position) => position % every === 0) };
  const scores = await judge.logProbabilities(some, weights); // logits up to a constant per row, which softmax ignores
  return fitTemperature(scores, targetsOf(some), classes).temperature;
}
