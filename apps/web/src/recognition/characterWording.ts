// What the page calls the characters that it reads: a digit, a letter, capital O. Words only.
import { alphabets } from '../../../../src/core/floor.ts';
import type { AlphabetChoice } from './alphabetChoices.ts';
import { isHan } from './han.ts';

/**
 * What one of these classes is called: `digit`, `letter`, `Chinese character`, or `character` where they are of several
 * kinds or of another.
 */
export function nounOf(labels: readonly string[]): string {
  if (isOf(labels, alphabets.digits)) return 'digit';
  if (isOf(labels, alphabets.letters)) return 'letter';
  return labels.every(isHan) ? 'Chinese character' : 'character';
}

/**
 * The same under a visitor's choice: `capital letter`, where only these were asked for.
 *
 * Not simply by the classes: a model whose only letters are capitals may mean small ones by them too.
 *
 * @param labels those that the choice leaves.
 */
export function nounFor(labels: readonly string[], choice: AlphabetChoice): string {
  if (choice === 'upper') return 'capital letter';
  return choice === 'lower' ? 'small letter' : nounOf(labels);
}

/** What a visitor is invited to draw, in the masthead: `a digit or a letter`. */
export function subjectOf(labels: readonly string[]): string {
  const both = nounOf(labels) === 'character' && isOf(labels, alphabets.alphanumeric);
  return both ? 'a digit or a letter' : `a ${nounOf(labels)}`;
}

/**
 * What may be drawn: `Any digit from 0 to 9`, or how many there are where they are not all of their kind; of Chinese
 * characters a few are named.
 */
export function rangeOf(labels: readonly string[], noun: string): string {
  const { digits, upper, lower, letters, alphanumeric } = alphabets;
  const complete = [digits, upper, lower].find((kind) => isAll(labels, kind));
  if (complete !== undefined) return `Any ${noun} from ${complete[0]} to ${complete.at(-1)}`;
  if (isAll(labels, letters)) return 'Any letter, capital or small';
  if (isAll(labels, alphanumeric)) return 'Any digit, any letter, capital or small';
  const count = `One of ${labels.length.toLocaleString('en')} ${noun}s`;
  return labels.every(isHan) ? `${count}, such as ${examplesOf(labels).join(' ')}` : count;
}

/** Three classes from all over the list. */
function examplesOf(labels: readonly string[]): readonly string[] {
  return [1, 2, 3].map((quarter) => labels[Math.floor((quarter * labels.length) / 4)]!);
}

/**
 * Whether a class is a capital or a small letter, where it has a twin of the other case among the classes; else
 * undefined.
 */
export function caseOf(label: string, among: readonly string[]): 'capital' | 'small' | undefined {
  const [small, capital] = [label.toLowerCase(), label.toUpperCase()];
  if (small === capital || !among.includes(label === small ? capital : small)) return undefined;
  return label === small ? 'small' : 'capital';
}

/** A class by a name that the ear can tell from all others: `capital O` where there is an `o` too. */
export function nameOf(label: string, among: readonly string[]): string {
  const kind = caseOf(label, among);
  return kind === undefined ? label : `${kind} ${label}`;
}

/**
 * The name with its article: an eight, an eleven, an F, a capital F; a one, a seven, a U. A Chinese character has none.
 */
export function withArticle(name: string): string {
  if (isHan(name)) return name;
  return `${/^(8|11$|18$|[aefhilmnorsx]$)/i.test(name) ? 'an' : 'a'} ${name}`;
}

function isOf(labels: readonly string[], kind: readonly string[]): boolean {
  return labels.every((label) => kind.includes(label));
}

function isAll(labels: readonly string[], kind: readonly string[]): boolean {
  return labels.length === kind.length && isOf(labels, kind);
}
