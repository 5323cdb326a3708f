// "Did you mean ...?": the nearest of the names that are allowed.

/**
 * The candidate nearest to a mistyped word, by edit distance with swapped neighbours (Damerau 1964, the restricted
 * form), or undefined when none is near: at most a third of the word's length, at least 1 and at most 3 edits (ours).
 */
export function suggestName(word: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of candidates) {
    // The lengths alone bound the distance from below: hostile input costs no table.
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
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

function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const differs = left[row - 1] === right[column - 1] ? 0 : 1;
      let cost = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + differs);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        cost = Math.min(cost, before[column - 2]! + 1);
      }
      current.push(cost);
    }
    before = above;
    above = current;
  }
  return above[right.length]!;
}
