// The errors worth a look: wrong answers, the most confident first.
import { answerOf, checkPredictions, type Predictions, truthOf } from './predictions.ts';

/** A wrong answer. */
export interface WrongAnswer {
  /** Index of the picture. */
  readonly sample: number;
  /** Text of the true class. */
  readonly truth: string;
  /** Text of the answer; null when it was empty. */
  readonly answer: string | null;
  /** Probability of the answer; 0 when it was empty. */
  readonly confidence: number;
  /** Probability given to the true class; 0 when the answer was empty or the classifier lacks the class. */
  readonly truthConfidence: number;
}

/**
 * Ranks the wrong answers: by confidence in the wrong class, then by least confidence in the true one, then in the
 * order of the pictures. Empty answers claim nothing and come last.
 *
 * @param limit how many to return at most.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 *
 * @example
 * ```ts
 * import { worstErrors } from 'ductus/learn';
 *
 * const probabilities = [0.9, 0.1, 0.6, 0.4];
 * const [worst] = worstErrors({ labels: ['a', 'b'], probabilities, targets: [1, 1] }, 1);
 * console.log(worst?.truth, worst?.answer); // b a
 * ```
 */
export function worstErrors(predictions: Predictions, limit: number): WrongAnswer[] {
  checkPredictions(predictions);
  const { labels, probabilities, targets } = predictions;
  const classes = labels.length;
  const wrong: WrongAnswer[] = [];
  for (let sample = 0; sample < targets.length; sample++) {
    const target = targets[sample]!;
    const answer = answerOf(predictions, sample);
    if (answer === target) continue;
    const empty = answer < 0;
    wrong.push({
      sample,
      truth: truthOf(predictions, sample),
      answer: empty ? null : labels[answer]!,
      confidence: empty ? 0 : probabilities[sample * classes + answer]!,
      truthConfidence: empty || target >= classes ? 0 : probabilities[sample * classes + target]!,
    });
  }
  wrong.sort((a, b) => b.confidence - a.confidence || a.truthConfidence - b.truthConfidence || a.sample - b.sample);
  return wrong.slice(0, limit);
}
