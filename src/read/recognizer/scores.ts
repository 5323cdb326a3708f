// From a network's scores to calibrated probabilities and ranked answers. Pure arithmetic on one picture's classes.
import type { Alternative } from './recognition.ts';

/**
 * Probabilities of scores at a temperature: `p_i = exp(s_i / T) / sum of exp(s_j / T)` (Guo and others, 2017).
 *
 * @param scores logits; logarithms of probabilities serve as well.
 * @param temperature above 0; above 1 softens, 1 leaves the network's own confidence.
 */
export function temperedSoftmax(scores: Float32Array | Float64Array, temperature: number): Float32Array {
  let best = -Infinity;
  for (const score of scores) if (score > best) best = score;
  let sum = 0;
  const powers = Float64Array.from(scores, (score) => {
    const power = Math.exp((score - best) / temperature);
    sum += power;
    return power;
  });
  return Float32Array.from(powers, (power) => power / sum);
}

/** Index of the largest probability, the first of equals. */
export function mostProbable(probabilities: Float32Array): number {
  let best = 0;
  for (let index = 1; index < probabilities.length; index++) {
    if (probabilities[index]! > probabilities[best]!) best = index;
  }
  return best;
}

/**
 * All classes with their probabilities: the answer, then the others, most probable first, equal ones in the order of
 * the labels.
 */
export function rankAlternatives(
  labels: readonly string[],
  probabilities: Float32Array,
  answer: number,
): Alternative[] {
  return Array.from(probabilities.keys())
    .sort(
      (left, right) =>
        Number(right === answer) - Number(left === answer) ||
        probabilities[right]! - probabilities[left]! ||
        left - right,
    )
    .map((index) => ({ label: labels[index]!, confidence: probabilities[index]! }));
}
