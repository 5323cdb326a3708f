// How often each class occurs where pictures come from: told, or estimated from the answers to a pile of them. Which
// answers follow from it is `answer.ts`'s.
import { UsageError } from '../../core/floor.ts';

/**
 * How often classes occur, by their texts: numbers from 0 up, counts or shares, as only their ratios matter. A class
 * that is not named does not occur.
 */
export type Frequencies = Readonly<Record<string, number>>;

/**
 * Frequencies in the order of the labels.
 *
 * @param allowed indices of classes of which one at least must occur; all where undefined.
 * @throws {UsageError} when a text is no class of the model, a number is negative or not finite, or no allowed class
 * occurs.
 */
export function frequenciesOf(
  labels: readonly string[],
  frequencies: Frequencies,
  allowed: readonly number[] | undefined,
): number[] {
  if (typeof frequencies !== 'object' || frequencies === null || Array.isArray(frequencies)) {
    throw new UsageError(`frequencies: expected an object of numbers by class text, received ${describe(frequencies)}`);
  }
  const given = new Map(Object.entries(frequencies));
  for (const [text, frequency] of given) {
    if (!labels.includes(text)) {
      throw new UsageError(
        `frequencies: expected classes of the model (${labels.join(' ')}), received ${JSON.stringify(text.slice(0, 40))}`,
      );
    }
    if (typeof frequency !== 'number' || !(frequency >= 0 && frequency < Infinity)) {
      throw new UsageError(`frequencies, class ${text}: expected a number from 0 up, received ${String(frequency)}`);
    }
  }
  const ordered = labels.map((label) => given.get(label) ?? 0);
  if (!(allowed ?? [...labels.keys()]).some((index) => ordered[index]! > 0)) {
    const among = allowed === undefined ? '' : ` of the alphabet (${allowed.map((index) => labels[index]).join(' ')})`;
    throw new UsageError(`frequencies: expected a number above 0 for at least one class${among}, received none`);
  }
  return ordered;
}

/**
 * What {@link estimateFrequencies} adds to each class on average. Of 0 to 30 chosen on the writers whom
 * `characters-slim` holds back, in piles of 30 to 5,021: docs/letters.md.
 */
const usualPseudoCount = 10;

/** A bound on the rounds: piles of 100 to 5,000 letters took 11 to 25. */
const mostRounds = 1000;

/** Sum of the changes of all shares below which a round is the last. */
const smallChange = 1e-6;

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
}

/** What is needed of an answer: a `Recognition` has it. */
export type AnswerProbabilities =
  | { readonly empty: true }
  | { readonly empty: false; readonly probabilities: Float32Array };

/**
 * Estimates how often each class occurs in a pile of pictures from the answers to them, by expectation maximisation
 * (Saerens, Latinne and Decaestecker 2002): from equal shares `f`, again and again
 *
 * `q_n(c) = p_n(c) f(c) / sum of p_n(k) f(k)`, `N(c) = sum of q_n(c)` over the N pictures n
 *
 * `f(c) = (N(c) + a K g / s) / (N + a K)`, `g = (sum of N(k) of the kind of c + 1) / (N + number of kinds)`, with s
 * classes of that kind
 *
 * The paper has `a = 0`: each of K shares by itself, for which a pile must be large. Here what little is known of a
 * class is filled up with what is known of its kind, a digit, a capital, a small letter or neither: a pile of thirty
 * digits shows that it has no letters, if not that it has no O. No label is needed. To count the answers instead would
 * count the errors, too: who takes every third 0 for an o finds o's in a pile that has none.
 *
 * @param given answers, at least one that is not empty, of a recogniser that was told no frequencies; an alphabet does
 * no harm. Honest confidences matter: it should be calibrated.
 * @param labels texts of the K classes, in the order of the probabilities.
 * @param pseudoCount `a`, from 0 up: pictures that each class is filled up with on average.
 * @returns shares that sum to 1; classes that no answer gives a probability have none.
 * @throws {UsageError} when there are no answers but empty ones.
 *
 * @example
 * ```ts
 * import { estimateFrequencies } from 'ductus';
 * import { openDataset, openRecognizer } from 'ductus/node';
 * import { pictureAt } from 'ductus/samples';
 *
 * // A pile of digits, read by a model that knows letters, too.
 * const test = await openDataset('mnist:test');
 * const pile = Array.from({ length: 50 }, (_, index) => pictureAt(test, index));
 * const recognizer = await openRecognizer('characters-slim');
 * const frequencies = estimateFrequencies(await recognizer.recognizeAll(pile), recognizer.labels);
 * console.log(frequencies['0']! > frequencies.O!); // true
 * const [zero] = await recognizer.recognizeAll([pile[3]!], { frequencies });
 * if (!zero!.empty) console.log(zero!.label); // 0
 * recognizer.dispose();
 * ```
 */
export function estimateFrequencies(
  given: readonly AnswerProbabilities[],
  labels: readonly string[],
  pseudoCount = usualPseudoCount,
): Frequencies {
  const answers = given.filter((answer) => !answer.empty);
  if (answers.length === 0) throw new UsageError('frequencies: expected answers to estimate from, received none');
  const possible = [...labels.keys()].filter((index) => answers.some(({ probabilities }) => probabilities[index]! > 0));
  const kinds = possible.map((index) => kindOf(labels[index]!));
  const filling = pseudoCount * possible.length;
  let shares = Float64Array.from(possible, () => 1 / possible.length);
  const weighed = new Float64Array(possible.length);
  for (let round = 0; round < mostRounds; round++) {
    const counts = new Float64Array(possible.length);
    for (const { probabilities } of answers) {
      let total = 0;
      for (let place = 0; place < weighed.length; place++) {
        weighed[place] = probabilities[possible[place]!]! * shares[place]!;
        total += weighed[place]!;
      }
      // Without pseudo-counts a share can come to 0, and with it all that is left of an answer.
      if (total === 0) continue;
      for (let place = 0; place < weighed.length; place++) counts[place]! += weighed[place]! / total;
    }
    const usual = usualShares(counts, kinds);
    const next = counts.map((count, place) => (count + filling * usual[place]!) / (answers.length + filling));
    const change = next.reduce((sum, share, place) => sum + Math.abs(share - shares[place]!), 0);
    shares = next;
    if (change < smallChange) break;
  }
  return Object.fromEntries(possible.map((index, place) => [labels[index]!, shares[place]!]));
}

/** The share of each class if all of its kind were equally frequent. */
function usualShares(counts: Float64Array, kinds: readonly string[]): number[] {
  const sums = new Map<string, { count: number; size: number }>();
  for (const [place, kind] of kinds.entries()) {
    const { count, size } = sums.get(kind) ?? { count: 0, size: 0 };
    sums.set(kind, { count: count + counts[place]!, size: size + 1 });
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  return kinds.map((kind) => {
    const { count, size } = sums.get(kind)!;
    // One picture more of each kind, so that none is impossible.
    return (count + 1) / (all + sums.size) / size;
  });
}

function kindOf(label: string): string {
  if (/^\p{Nd}$/u.test(label)) return 'digit';
  if (/^\p{Lu}$/u.test(label)) return 'capital';
  return /^\p{Ll}$/u.test(label) ? 'small letter' : 'other';
}
