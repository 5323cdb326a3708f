// What it costs to take one character for another, from what a recogniser was seen to confuse.
import { type EditCosts, ShapeError, UsageError } from '../../core/floor.ts';

/** What a recogniser answered to samples of each class. */
export interface Confusions {
  /** Class texts, of one character each as words are made of them. */
  readonly labels: readonly string[];
  /** `[class][answer]`, samples of the class that got the answer: the `confusion` of `metrics` in `ductus/learn`. */
  readonly confusion: readonly ArrayLike<number>[];
}

/** How far counts are trusted; all ours. */
export interface EditCostOptions {
  /**
   * Added to every count, above 0, so that what was never seen is improbable but not impossible; default 0.5
   * (Krichevsky and Trofimov 1981).
   */
  readonly pseudocount?: number;
  /** Probability that a character is omitted, and that one is inserted, each 0..1; default 0.01. */
  readonly omission?: number;
  readonly insertion?: number;
}

/**
 * Costs from confusions: `-ln((n(written, read) + a) / (n(written) + a K))`, K classes, a the pseudocount.
 *
 * Of a character that is no class, or one that was never seen, every answer costs the same, `ln K`, as guessing would.
 *
 * @throws {ShapeError} when there is not one count for each class and answer.
 * @throws {UsageError} when a count is negative or not finite, or an option out of range.
 *
 * @example
 * ```ts
 * import { confusionCosts } from 'ductus';
 *
 * // Of 120 written u, 20 were read as v; nothing else went wrong.
 * const costs = confusionCosts({ labels: ['u', 'v'], confusion: [[100, 20], [0, 120]] });
 * console.log(costs.substitution('u', 'v') < costs.substitution('v', 'u')); // true
 * ```
 */
export function confusionCosts(
  { labels, confusion }: Confusions,
  { pseudocount = 0.5, omission = 0.01, insertion = 0.01 }: EditCostOptions = {},
): EditCosts {
  const classes = labels.length;
  if (classes === 0 || confusion.length !== classes || confusion.some((row) => row.length !== classes)) {
    const received = confusion.map((row) => row.length).join(', ');
    throw new ShapeError(
      `confusion costs: expected ${classes} rows of ${classes} counts for ${classes} labels, at least 1, received rows of [${received}]`,
    );
  }
  checkRange('pseudocount', pseudocount, Number.MAX_VALUE);
  checkRange('omission', omission, 1);
  checkRange('insertion', insertion, 1);
  const costs = new Float64Array(classes * classes);
  for (let written = 0; written < classes; written++) {
    let whole = 0;
    for (let read = 0; read < classes; read++) {
      const count = confusion[written]![read]!;
      if (!(count >= 0 && Number.isFinite(count))) {
        throw new UsageError(
          `confusion costs: expected counts of at least 0, received ${count} for "${labels[written]}" read as "${labels[read]}"`,
        );
      }
      whole += count;
    }
    for (let read = 0; read < classes; read++) {
      const share = (confusion[written]![read]! + pseudocount) / (whole + pseudocount * classes);
      costs[written * classes + read] = -Math.log(share);
    }
  }
  const indices = new Map(labels.map((label, index) => [label, index]));
  const guessed = Math.log(classes);
  return {
    substitution(written, read) {
      const [row, column] = [indices.get(written), indices.get(read)];
      return row === undefined || column === undefined ? guessed : costs[row * classes + column]!;
    },
    omission: -Math.log(omission),
    insertion: -Math.log(insertion),
  };
}

function checkRange(name: string, value: number, most: number): void {
  if (!(value > 0 && value <= most)) {
    throw new UsageError(`confusion costs, ${name}: expected a number above 0 and at most ${most}, received ${value}`);
  }
}
