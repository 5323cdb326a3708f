// Class texts: their order in lists, and the text of a folder's name.

/**
 * Compares two class texts for sorting: digits first (by value), then capitals, then small letters, then all others;
 * within each kind by Unicode code point.
 *
 * @returns negative, 0 or positive, as `Array.prototype.sort` expects.
 */
export function compareLabels(left: string, right: string): number {
  const byKind = kindOf(left) - kindOf(right);
  if (byKind !== 0) return byKind;
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) {
    // Comparing length, then digits, compares values, exactly for any number of digits.
    const [l, r] = [left.replace(/^0+(?=\d)/, ''), right.replace(/^0+(?=\d)/, '')];
    return l.length - r.length || compareCodePoints(l, r) || compareCodePoints(left, right);
  }
  return compareCodePoints(left, right);
}

/**
 * Class text of a folder's name: the name in Unicode's composed form (NFC; some file systems store it decomposed), or
 * the character after `digit_`, `upper_` or `lower_`.
 *
 * Prefixes are for file systems that ignore case, where `A` and `a` cannot coexist. The prefix decides the case:
 * `lower_A` is `a`, too.
 */
export function labelOfFolder(folder: string): string {
  const name = folder.normalize('NFC');
  const [prefix, rest] = [name.slice(0, 6), name.slice(6)];
  if (prefix === 'digit_' && /^\d$/.test(rest)) return rest;
  if (prefix === 'upper_' && /^\p{L}$/u.test(rest)) return sameLength(rest.toUpperCase(), rest);
  if (prefix === 'lower_' && /^\p{L}$/u.test(rest)) return sameLength(rest.toLowerCase(), rest);
  return name;
}

/**
 * Class texts in few characters: runs of three or more consecutive characters as `0-9`, `a-z`, the others singly.
 *
 * @param most characters after which `...` replaces the rest.
 */
export function abbreviateLabels(labels: readonly string[], most = 40): string {
  const runs: string[] = [];
  for (let from = 0; from < labels.length; ) {
    let to = from + 1;
    while (to < labels.length && follows(labels[to - 1]!, labels[to]!)) to++;
    const run = labels.slice(from, to);
    runs.push(run.length >= 3 ? `${run[0]}-${run.at(-1)}` : run.join(' '));
    from = to;
  }
  const text = runs.join(' ');
  return text.length <= most ? text : `${text.slice(0, most).trimEnd()} ...`;
}

/** Whether a digit or letter directly follows another of its kind. */
function follows(left: string, right: string): boolean {
  return (
    [...left].length === 1 &&
    [...right].length === 1 &&
    kindOf(left) < 3 &&
    kindOf(left) === kindOf(right) &&
    right.codePointAt(0) === left.codePointAt(0)! + 1
  );
}

function kindOf(label: string): number {
  if (/^\d+$/.test(label)) return 0;
  if (/^\p{Lu}+$/u.test(label)) return 1;
  if (/^\p{Ll}+$/u.test(label)) return 2;
  return 3;
}

/** A letter's other case, if that is a single character; the capital of `ß` is `SS`, so `ß` stays. */
function sameLength(changed: string, letter: string): string {
  return [...changed].length === 1 ? changed : letter;
}

function compareCodePoints(left: string, right: string): number {
  const [l, r] = [[...left], [...right]];
  for (let i = 0; i < Math.min(l.length, r.length); i++) {
    const difference = l[i]!.codePointAt(0)! - r[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return l.length - r.length;
}
