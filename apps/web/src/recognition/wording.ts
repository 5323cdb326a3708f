// What the page says about an answer. Words only: it decides nothing but when to call an answer unsure.
import type { Alternative, Recognised } from '../../../../src/read/index.ts';
import { decisionOf } from './voteWording.ts';

/** Confidence under which the page says that it is not sure; ours. */
export const sureFrom = 0.6;

/** Runners-up under this confidence are not worth a reader's time; ours. */
const worthNaming = 0.01;

/** A probability as a whole percentage: `97%`. */
export function percent(confidence: number): string {
  return `${Math.round(100 * confidence)}%`;
}

/** The sentence under which the page has always given its answer. */
export function sentenceOf(answer: Recognised): string {
  return `Predicting you draw ${answer.label} with ${percent(answer.confidence)} confidence`;
}

/** Whether the answer is so unsure that the page says so. */
export function unsure(answer: Recognised): boolean {
  return answer.confidence < sureFrom;
}

/** The next best classes that are worth naming, at most three. */
export function runnersUp(answer: Recognised): readonly Alternative[] {
  return answer.alternatives.slice(1, 4).filter(({ confidence }) => confidence >= worthNaming);
}

/** The hint beside an unsure answer. */
export function hintOf(answer: Recognised): string {
  const other = answer.alternatives[1];
  return other === undefined ? 'Not sure.' : `Not sure: it could also be ${article(other.label)} ${other.label}.`;
}

/** What a screen reader hears of an answer. */
export function spokenOf(answer: Recognised): string {
  const more = [unsure(answer) ? hintOf(answer) : undefined, decisionOf(answer)].filter((text) => text !== undefined);
  return more.length === 0 ? sentenceOf(answer) : `${sentenceOf(answer)}. ${more.join(' ')}`;
}

/** An eight, an eleven, an F; a one, a seven, a U. */
function article(label: string): 'a' | 'an' {
  return /^(8|11|18|[aefhilmnorsx]$)/i.test(label) ? 'an' : 'a';
}
