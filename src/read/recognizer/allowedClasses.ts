// Which of a model's classes an alphabet leaves. The answer among them is `answer.ts`'s.
import { type AlphabetName, alphabets, expandAlphabet, isAlphabetName, UsageError } from '../../core/floor.ts';
import type { Frequencies } from './frequencies.ts';

/** What an answer may be, where that is known before the reading: in a box for a postcode, only digits. */
export interface RecognizeOptions {
  /**
   * An alphabet by name, or a list of class texts and such names; where left out, that of the recogniser's own options,
   * or all classes. `recognizer.labels` lifts a restriction that the recogniser's own options set.
   *
   * The answer is what the same model would give if it had been built with these classes alone: `softmax` over their
   * scores, which for a single network is `p / sum of p over the alphabet`. Of a committee each member's opinion is
   * restricted so, then they vote. Alternatives list only these classes; `probabilities` and `votes` keep the order of
   * `labels`, 0 for the others.
   *
   * A name stands for those of its characters that the model has; a text in a list must be a class of the model.
   * Letters are not folded: a class `C` that stands for `c` too, as in merged EMNIST, is in `upper` and not in `lower`.
   */
  readonly alphabet?: AlphabetName | readonly string[];
  /**
   * How often each class occurs where the pictures come from: counts, or shares that {@link estimateFrequencies} found
   * in a pile of them. Where left out, those of the recogniser's own options, or all classes occur equally often.
   *
   * A 0, an O and an o are one shape; in a column of prices it is a 0. By Bayes' rule `p'(c) = p(c) f(c) / sum of p(k)
   * f(k)`: the model is taken to have been trained on every class equally often, as recipes with `balance` are, and
   * MNIST nearly. Of a committee each member's opinion is weighed so, then they vote. Classes of frequency 0 are left
   * out as those outside an alphabet are.
   */
  readonly frequencies?: Frequencies;
}

/**
 * Indices, in the order of the labels, of the classes that an alphabet leaves; undefined where it leaves all of them.
 *
 * @throws {UsageError} listing the labels, when none of them is in the alphabet or a text in the list is not among
 * them; or as `expandAlphabet` does.
 */
export function allowedClasses(
  labels: readonly string[],
  alphabet: RecognizeOptions['alphabet'],
): readonly number[] | undefined {
  if (alphabet === undefined) return undefined;
  const texts = new Set(expandAlphabet(alphabet));
  const listed = typeof alphabet === 'string' ? [] : alphabet.filter((text) => !isAlphabetName(text));
  const missing = listed.filter((text) => !labels.includes(text));
  const allowed = [...labels.keys()].filter((index) => texts.has(labels[index]!));
  if (missing.length > 0 || allowed.length === 0) {
    const received = missing.length > 0 ? missing : [alphabet].flat();
    throw new UsageError(
      `alphabet: expected classes of the model (${labels.join(' ')}), by themselves or as ${Object.keys(alphabets).join(', ')}, ` +
        `received ${shortened(received)}`,
    );
  }
  return allowed.length === labels.length ? undefined : allowed;
}

/** Texts as they were received, the first dozen of them: a list may be of any length. */
function shortened(texts: readonly string[]): string {
  const shown = texts.slice(0, 12).map((text) => JSON.stringify(text.slice(0, 40)));
  return texts.length > shown.length ? `${shown.join(', ')} and ${texts.length - shown.length} more` : shown.join(', ');
}
