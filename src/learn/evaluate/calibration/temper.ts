// Temperature applied to existing probabilities. Their logarithms are logits up to a constant, which softmax ignores. A
// recogniser's confidences can therefore be recalibrated from outside, for one network or a committee.
import { ShapeError, UsageError } from '../../../core/floor.ts';
import { checkPredictions, type Predictions } from '../predictions.ts';
import { fitTemperature, type TemperatureFit } from './fitTemperature.ts';

/** The smallest positive float32: a probability of 0 counts as this, since its logarithm must be finite. */
const smallestProbability = 2 ** -149;

/**
 * The same answers at another temperature: `p_i^(1/T) / sum of p_j^(1/T)`, in float64.
 *
 * @param temperature T above 0, relative to that of the probabilities; above 1 softens.
 * @throws {UsageError} when the temperature is not such a number.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 */
export function temper(predictions: Predictions, temperature: number): Predictions {
  checkPredictions(predictions);
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new UsageError(`temperature: expected a number above 0, received ${temperature}`);
  }
  const { labels, probabilities, targets, empty } = predictions;
  const classes = labels.length;
  const tempered = new Float64Array(probabilities.length);
  for (let sample = 0; sample < targets.length; sample++) {
    if (empty?.[sample]) continue;
    const row = sample * classes;
    let largest = 0;
    for (let index = 0; index < classes; index++) largest = Math.max(largest, probabilities[row + index]!);
    let total = 0;
    for (let index = 0; index < classes; index++) {
      tempered[row + index] = (probabilities[row + index]! / largest) ** (1 / temperature);
      total += tempered[row + index]!;
    }
    for (let index = 0; index < classes; index++) tempered[row + index] = tempered[row + index]! / total;
  }
  return { ...predictions, probabilities: tempered };
}

/**
 * Fits the temperature that minimises the mean cross-entropy, relative to that of the probabilities.
 *
 * @param predictions of pictures that were NOT trained on and are not reported on; empty answers and unknown classes
 * are left out.
 * @throws {ShapeError} when nothing is left or the parts do not fit together.
 *
 * @example
 * ```ts
 * import { refitTemperature } from 'ductus/learn';
 *
 * // Sure of itself and right in two cases of three: a temperature above 1 takes the confidence back.
 * const probabilities = [0.99, 0.01, 0.99, 0.01, 0.99, 0.01];
 * const { temperature } = refitTemperature({ labels: ['a', 'b'], probabilities, targets: [0, 0, 1] });
 * console.log(temperature > 1); // true
 * ```
 */
export function refitTemperature(predictions: Predictions): TemperatureFit {
  checkPredictions(predictions);
  const { labels, probabilities, targets, empty } = predictions;
  const classes = labels.length;
  const usable: number[] = [];
  for (let sample = 0; sample < targets.length; sample++) {
    if (!empty?.[sample] && targets[sample]! < classes) usable.push(sample);
  }
  if (usable.length === 0) {
    throw new ShapeError('temperature: expected at least one answer to a picture of a known class, received none');
  }
  const logits = new Float64Array(usable.length * classes);
  usable.forEach((sample, position) => {
    for (let index = 0; index < classes; index++) {
      const probability = Math.max(smallestProbability, probabilities[sample * classes + index]!);
      logits[position * classes + index] = Math.log(probability);
    }
  });
  return fitTemperature(
    logits,
    usable.map((sample) => targets[sample]!),
    classes,
  );
}
