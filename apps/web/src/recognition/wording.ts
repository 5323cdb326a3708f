// What the page says about an answer. Words only: it decides nothing but when to call an answer unsure.
import type { Alternative, Recognised } from '../../../../src/read/floor.ts';
import type { Glosses } from '../model/glosses.ts';
import { nameOf, withArticle } from './characterWording.ts';
import { decisionOf } from './voteWording.ts';

/** Confidence under which the page says that it is not sure. */
export const sureFrom = 0.6;

/** Runners-up under this confidence are not worth a reader's time. */
const worthNaming = 0.01;

/** Runners-up that are offered: a row of fingertips on a narrow phone. */
const mostSuggestions = 5;

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

/** The next best classes that are worth offering, at most five. */
export function suggestionsOf(answer: Recognised): readonly Alternative[] {
  return answer.alternatives.slice(1, 1 + mostSuggestions).filter(({ confidence }) => confidence >= worthNaming);
}

/** The hint beside an unsure answer. */
export function hintOf(answer: Recognised): string {
  const other = answer.alternatives[1];
  return other === undefined ? 'Not sure.' : `Not sure: it could also be ${withArticle(heard(answer, other.label))}.`;
}

/** The sentence when the visitor chose another answer than the network gave. */
export function chosenSentenceOf(answer: Recognised, chosen: string): string {
  return `You chose ${heard(answer, chosen)}`;
}

/** Beside it: what the network had made of the drawing. */
export function overruledOf(answer: Recognised, chosen: string): string {
  const share = answer.alternatives.find(({ label }) => label === chosen)?.confidence ?? 0;
  return `It was read as ${heard(answer, answer.label)} with ${percent(answer.confidence)} confidence, as ${heard(answer, chosen)} with ${percent(share)}.`;
}

/**
 * What a screen reader hears of an answer: as the eye sees it, but for letters that only their size tells apart.
 *
 * @param glosses what is known of Chinese characters.
 */
export function spokenOf(answer: Recognised, glosses?: Glosses): string {
  const sentence = sentenceOf({ ...answer, label: heard(answer, answer.label) });
  const more = [glossed(answer.label, glosses), unsure(answer) ? hintOf(answer) : undefined, decisionOf(answer)].filter(
    (text) => text !== undefined,
  );
  return more.length === 0 ? sentence : `${sentence}. ${more.join(' ')}`;
}

/** What a screen reader hears when the visitor chose. */
export function spokenChoiceOf(answer: Recognised, chosen: string, glosses?: Glosses): string {
  return [`${chosenSentenceOf(answer, chosen)}.`, glossed(chosen, glosses), overruledOf(answer, chosen)]
    .filter((text) => text !== undefined)
    .join(' ');
}

/** Reading and meaning as a sentence. */
function glossed(label: string, glosses: Glosses | undefined): string | undefined {
  const gloss = glosses?.get(label);
  return gloss && `${gloss.join(', ')}.`;
}

/** A class by the name that tells it from the other classes of the same answer. */
function heard({ alternatives }: Recognised, label: string): string {
  return nameOf(
    label,
    alternatives.map((alternative) => alternative.label),
  );
}
