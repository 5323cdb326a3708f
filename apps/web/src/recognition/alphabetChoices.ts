// The alphabets between which a visitor can choose, from what the model reads. What they are called stands in
// `wording.ts`.
import { type AlphabetName, alphabets } from '../../../../src/core/floor.ts';

/** What a visitor can choose, the usual first; `all` restricts nothing. */
export const alphabetChoices = ['all', 'digits', 'upper', 'lower', 'letters'] as const satisfies readonly (
  | AlphabetName
  | 'all'
)[];

/** A visitor's choice. */
export type AlphabetChoice = (typeof alphabetChoices)[number];

/** Classes of the model that a choice leaves, in the model's order. */
export function labelsOf(labels: readonly string[], choice: AlphabetChoice): readonly string[] {
  return choice === 'all' ? labels : labels.filter((label) => alphabets[choice].includes(label));
}

/**
 * The choices that this model's visitor has, in the order in which they stand; none where the model knows but one kind
 * of character. Letters of both kinds are a choice where there is more than these.
 */
export function offeredAlphabets(labels: readonly string[]): readonly AlphabetChoice[] {
  const has = (choice: AlphabetChoice): boolean => labelsOf(labels, choice).length > 0;
  const kinds = (['digits', 'upper', 'lower'] as const).filter(has);
  if (kinds.length < 2) return [];
  const bothCases = has('upper') && has('lower');
  const more = labelsOf(labels, 'letters').length < labels.length;
  return [...kinds, ...(bothCases && more ? (['letters'] as const) : []), 'all'];
}
