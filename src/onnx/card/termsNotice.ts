// What a model card says of the terms of the data that the model learned from, where those are not clear.
import type { CardData, CardTraining } from './card.ts';

/**
 * Words by which data says that its terms are open, or do not let everybody pass on what is made of it. Terms are texts
 * for people; a notice too many is the safer mistake.
 */
const unclear = /\b(none|not) stated\b|\bresearch\b|\bnon-?commercial\b/i;

/** Whether terms are stated, and for every use, or the recipe says why they are taken so. */
export function hasClearTerms({ terms, cleared }: Pick<CardData, 'terms' | 'cleared'>): boolean {
  if (cleared !== undefined) return true;
  return terms !== undefined && terms.trim() !== '' && !unclear.test(terms);
}

/**
 * The notice of a model that learned, by itself or from its teachers, from data whose terms are unclear: it names that
 * data.
 *
 * @returns without `notice` where the terms of all data are stated.
 *
 * @example
 * ```ts
 * import { termsNotice } from 'ductus/onnx';
 *
 * const data = [{ name: 'mine:train', count: 100, sha256: '00', terms: 'none stated' }];
 * console.log(termsNotice({ data }).notice !== undefined); // true
 * ```
 */
export function termsNotice({
  data,
  teachers = [],
}: Pick<CardTraining, 'data' | 'teachers'>): Pick<CardTraining, 'notice'> {
  const sets = [...data, ...teachers.flatMap((teacher) => teacher.data)].filter((set) => !hasClearTerms(set));
  const names = [...new Set(sets.map(({ name }) => name))];
  // A teacher without a card, or of before cards had terms.
  const unknown = teachers.filter((teacher) => teacher.data.length === 0).map(({ name }) => name);
  if (names.length === 0 && unknown.length === 0) return {};
  const of = [...names, ...unknown.map((name) => `whatever ${name} was trained on`)];
  return {
    notice:
      `Learned from data whose terms of use are not stated, or not for every use: ${of.join(', ')}. ` +
      'Whether this model may be passed on is for whoever does so to find out.',
  };
}
