// Figures from the scores of any kind. They use only the order of scores within a picture, and the lead of the first.
import type { Predictions } from '../../learn/floor.ts';

/** The best and the second best class of a picture, and the lead of the best. */
export interface Lead {
  readonly first: number;
  readonly second: number;
  /** Score of the first minus that of the second, at least 0. */
  readonly margin: number;
}

/**
 * The lead in each picture; with equal scores, the class that comes first is better. @param scores `[count, classes]`,
 * two classes at least.
 */
export function leadsOf(scores: Float32Array, classes: number): Lead[] {
  return Array.from({ length: scores.length / classes }, (_, row) => {
    const own = scores.subarray(row * classes, (row + 1) * classes);
    let [first, second] = own[1]! > own[0]! ? [1, 0] : [0, 1];
    for (let index = 2; index < classes; index++) {
      if (own[index]! > own[first]!) [first, second] = [index, first];
      else if (own[index]! > own[second]!) second = index;
    }
    return { first, second, margin: own[first]! - own[second]! };
  });
}

/**
 * Answers whose confidence is the rank of their margin, as a share of all pictures: 1 for the widest. It suits uses of
 * the order of confidences only, for example the rejection curve. It is no probability.
 */
export function rankedPredictions(
  leads: readonly Lead[],
  targets: ArrayLike<number>,
  labels: readonly string[],
): Predictions {
  const sorted = leads.map(({ margin }) => margin).sort((one, other) => one - other);
  const probabilities = new Float64Array(leads.length * labels.length);
  leads.forEach(({ first, margin }, row) => {
    probabilities[row * labels.length + first] = countUpTo(sorted, margin) / leads.length;
  });
  return { labels, probabilities, targets, answers: leads.map(({ first }) => first) };
}

/** The count of sorted numbers that are at most a limit. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least margin that is kept when a share of the pictures is refused, those with the narrowest margins. */
export function marginToRefuse(leads: readonly Lead[], share: number): number {
  const sorted = leads.map(({ margin }) => margin).sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
