// Class texts: the order in which they are listed, and what text a folder's name stands for.

/**
 * Compares two class texts for sorting: digits first (by value), then capitals, then small letters, then all others;
 * within each kind by Unicode code point.
 *
 * @returns negative, 0 or positive, as `Array.prototype.sort` wants it.
 */
export function compareLabels(left: string, right: string): number {
  const byKind = kindOf(left) - kindOf(right);
  if (byKind !== 0) return byKind;
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) {
    // By length and then by digits is by value, and exact for any number of digits.
    const [l, r] = [left.replace(/^0+(?=\d)/, ''), right.replace(/^0+(?=\d)/, '')];
    return l.length - r.length || compareCodePoints(l, r) || compareCodePoints(left, right);
  }
  return compareCodePoints(left, right);
}

/**
 * Class text for which a folder's name stands: the name itself in Unicode's composed form (NFC; some file systems store
 * it decomposed), or the character behind `digit_`, `upper_` or `lower_`.
 *
 * The prefixed names are for file systems that fold case, where `A` and `a` cannot stand side by side; so the prefix
 * decides the case: `lower_A` is `a` too.
 */
export function labelOfFolder(folder: string): string {
  const name = folder.normalize('NFC');
  const [prefix, rest] = [name.slice(0, 6), name.slice(6)];
  if (prefix === 'digit_' && /^\d$/.test(rest)) return rest;
  if (prefix === 'upper_' && /^\p{L}$/u.test(rest)) return sameLength(rest.toUpperCase(), rest);
  if (prefix === 'lower_' && /^\p{L}$/u.test(rest)) return sameLength(rest.toLowerCase(), rest);
  return name;
}

function kindOf(label: string): number {
  if (/^\d+$/.test(label)) return 0;
  if (/^\p{Lu}+$/u.test(label)) return 1;
  if (/^\p{Ll}+$/u.test(label)) return 2;
  return 3;
}

/** A letter's other case where that is one character too; the capital of `ß` is the two of `SS`, so `ß` stays. */
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
