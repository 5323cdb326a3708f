// What is known of the answers before the reading, as the arithmetic of an answer takes it: which classes an alphabet
// leaves, and how often each of them occurs.
import { allowedClasses, type RecognizeOptions } from './allowedClasses.ts';
import { frequenciesOf } from './frequencies.ts';

/** Classes that may be answered, and how often each occurs. */
export interface Choice {
  /** Indices in rising order, at least one; undefined: all. */
  readonly allowed?: readonly number[];
  /** For each of them its frequency, above 0, relative to the others'; undefined: all occur equally often. */
  readonly frequencies?: readonly number[];
}

/**
 * The choice that options leave. A class of frequency 0 is left out as one that the alphabet lacks.
 *
 * @throws {UsageError} when no class is left, or as `allowedClasses` and `frequenciesOf` do.
 */
export function choiceOf(labels: readonly string[], { alphabet, frequencies }: RecognizeOptions): Choice {
  const allowed = allowedClasses(labels, alphabet);
  if (frequencies === undefined) return { ...(allowed && { allowed }) };
  const known = frequenciesOf(labels, frequencies, allowed);
  const left = (allowed ?? [...labels.keys()]).filter((index) => known[index]! > 0);
  return {
    ...(left.length < labels.length && { allowed: left }),
    frequencies: left.map((index) => known[index]!),
  };
}

/** What a call says, and for what it does not say what the recogniser was made with. */
export function withDefaults(call: RecognizeOptions, made: RecognizeOptions): RecognizeOptions {
  const { alphabet = made.alphabet, frequencies = made.frequencies } = call;
  return { ...(alphabet !== undefined && { alphabet }), ...(frequencies !== undefined && { frequencies }) };
}
