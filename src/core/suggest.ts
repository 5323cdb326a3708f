// "Did you mean ...?": the nearest of the names that are allowed.
import { editDistance, plainCosts } from './editDistance.ts';

/** A misspelling may swap two letters at the cost of one edit. */
const typingCosts = { ...plainCosts, transposition: 1 };

/**
 * The candidate nearest to a mistyped word, by edit distance with swapped neighbours (Damerau 1964, the restricted
 * form), or undefined when none is near: at most a third of the word's length, at least 1 and at most 3 edits.
 */
export function suggestName(word: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of candidates) {
    // The lengths alone bound the distance from below: hostile input costs no table.
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), typingCosts, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** A sentence to append to an error, with a leading space, or nothing when no candidate is near. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = suggestName(word, candidates);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
