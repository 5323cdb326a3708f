// The edit distance between two texts, for misspelt names and for misread words alike.

/** What each edit costs, 0 or more: in edits, or in nats where it is `-ln` of how probable a recogniser makes it. */
export interface EditCosts {
  /** Of reading `read` where `written` stands, the same character too: being right need not be free. */
  substitution(written: string, read: string): number;
  /** Of reading nothing where a character stands: two were taken for one. */
  readonly omission: number;
  /** Of reading a character where none stands: one was cut in two. */
  readonly insertion: number;
  /** Of two neighbours that changed places; absent: never in one edit. */
  readonly transposition?: number;
}

/** Costs that know no confusions: 1 for every change, 0 for none (Levenshtein 1965). */
export const plainCosts: EditCosts = {
  substitution: (written, read) => (written === read ? 0 : 1),
  omission: 1,
  insertion: 1,
};

/**
 * Distance from what was written to what was read: the least sum of the costs of characters taken for others, omitted,
 * inserted (Wagner and Fischer 1974) and, where that has a cost, swapped with their neighbour (Damerau 1964, the
 * restricted form). With costs from confusions it is `-ln` of the probability of the reading by its likeliest way.
 *
 * Characters are code points. The distance back is another where the costs are not the same both ways.
 *
 * @param most what more than this comes to need not be known: a larger number, not always the distance, is returned for
 * it.
 */
export function editDistance(
  written: string,
  read: string,
  costs: EditCosts,
  most: number = Number.POSITIVE_INFINITY,
): number {
  const [rows, columns] = [Array.from(written), Array.from(read)];
  const { omission, insertion, transposition } = costs;
  let earlier = new Float64Array(columns.length + 1);
  let before = Float64Array.from({ length: columns.length + 1 }, (_, column) => column * insertion);
  let row = new Float64Array(columns.length + 1);
  let leastBefore = 0;
  for (const [index, character] of rows.entries()) {
    row[0] = before[0]! + omission;
    let least = row[0];
    for (const [column, answer] of columns.entries()) {
      let cost = Math.min(
        before[column]! + costs.substitution(character, answer),
        before[column + 1]! + omission,
        row[column]! + insertion,
      );
      if (
        transposition !== undefined &&
        index > 0 &&
        column > 0 &&
        character === columns[column - 1] &&
        rows[index - 1] === answer
      ) {
        cost = Math.min(cost, earlier[column - 1]! + transposition);
      }
      row[column + 1] = cost;
      least = Math.min(least, cost);
    }
    // Costs are not negative: every way passes one of two neighbouring rows, so none ends below the least of both.
    if (Math.min(least, transposition === undefined ? least : leastBefore) > most) return least;
    leastBefore = least;
    [earlier, before, row] = [before, row, earlier];
  }
  return before[columns.length]!;
}
