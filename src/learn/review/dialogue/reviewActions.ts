// The words of a person in a review: class texts and a few commands. Turns a line of a script, or key after key, into
// an action.
import { UsageError } from '../../../core/floor.ts';

/** What was meant. */
export type ReviewAction =
  /** The machine's answer is right. */
  | { readonly kind: 'accept' }
  /** It is this class; null: no character. */
  | { readonly kind: 'answer'; readonly label: string | null }
  | { readonly kind: 'undo' }
  | { readonly kind: 'later' }
  | { readonly kind: 'quit' };

/** The words of a review: the text of each class, and the commands under words that are no class. */
export interface ReviewWords {
  readonly actions: ReadonlyMap<string, ReviewAction>;
  readonly commands: { readonly nothing: string; readonly undo: string; readonly later: string; readonly quit: string };
}

/** Words of commands, unless a class is called so. */
const usual = { nothing: '-', undo: 'u', later: 'l', quit: 'q' };

/** A command whose word is a class gets as many colons in front as it needs. */
export function reviewWords(labels: readonly string[]): ReviewWords {
  const free = (word: string): string => (labels.includes(word) ? free(`:${word}`) : word);
  const commands = {
    nothing: free(usual.nothing),
    undo: free(usual.undo),
    later: free(usual.later),
    quit: free(usual.quit),
  };
  const actions = new Map<string, ReviewAction>([
    ...labels.map((label): [string, ReviewAction] => [label, { kind: 'answer', label }]),
    [commands.nothing, { kind: 'answer', label: null }],
    [commands.undo, { kind: 'undo' }],
    [commands.later, { kind: 'later' }],
    [commands.quit, { kind: 'quit' }],
  ]);
  return { actions, commands };
}

/** What a line means; an empty one accepts. @throws {UsageError} when it is no word of the review. */
export function actionOf(line: string, { actions }: ReviewWords): ReviewAction {
  if (line === '') return { kind: 'accept' };
  const action = actions.get(line);
  if (action !== undefined) return action;
  throw new UsageError(`review: expected nothing or one of ${[...actions.keys()].join(' ')}, received "${line}"`);
}

/** A key as Node's `readline` reports it. */
export interface ReviewKey {
  /** The text that it types, where it types any. */
  readonly sequence?: string | undefined;
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/** The result of the keys so far. */
export interface TypedKeys {
  /** Text that is not a whole word yet, or stands for a longer one as well. */
  readonly typed: string;
  /** What was meant, once it is clear. */
  readonly action?: ReviewAction;
  /** Whether the text is no word, nor the beginning of one. */
  readonly unknown?: boolean;
}

/**
 * Takes one more key. A word is taken at once when no longer one begins with it, otherwise by Enter; Enter alone
 * accepts; Ctrl-C and Ctrl-D quit.
 *
 * @param typed text of the keys before.
 */
export function typeKey(typed: string, { sequence = '', name, ctrl }: ReviewKey, words: ReviewWords): TypedKeys {
  if (ctrl && (name === 'c' || name === 'd')) return { typed: '', action: { kind: 'quit' } };
  if (name === 'return' || name === 'enter') {
    if (typed === '') return { typed, action: { kind: 'accept' } };
    const action = words.actions.get(typed);
    return action === undefined ? { typed, unknown: true } : { typed: '', action };
  }
  if (name === 'backspace') return { typed: [...typed].slice(0, -1).join('') };
  // Arrows and the like come as escape sequences, which type nothing.
  if (sequence === '' || ctrl || /^\p{Cc}/u.test(sequence)) return { typed };
  const text = typed + sequence;
  const longer = [...words.actions.keys()].filter((word) => word.startsWith(text));
  if (longer.length === 0) return { typed, unknown: true };
  const action = words.actions.get(text);
  return action !== undefined && longer.length === 1 ? { typed: '', action } : { typed: text };
}
