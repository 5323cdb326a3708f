// What the page says about a vote. Words only: who won, and by what, comes with the answer.
import type { Recognised } from '../../../../src/read/floor.ts';
import { capitalized } from './capitalized.ts';

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A small number as a word. */
function word(count: number): string {
  return numbers[count] ?? String(count);
}

/** How the vote came out: `Four of five votes for 9.`; undefined for the answer of a single network. */
export function decisionOf({ label, members, decidedBy }: Recognised): string | undefined {
  if (members === undefined) return undefined;
  const votesFor = (one: string): number => members.filter((member) => member.label === one).length;
  const votes = votesFor(label);
  const count = members.length;
  if (votes === count) return capitalized(`all ${word(count)} networks say ${label}.`);
  const most = capitalized(`${word(votes)} of ${word(count)} votes for ${label}`);
  if (decidedBy === 'majority') return `${most}.`;
  if (decidedBy === 'mean') return `${most}; the mean decided.`;
  const labels = [...new Set(members.map((member) => member.label))];
  const tied = labels.filter((one) => one !== label && votesFor(one) === votes);
  const tie = `${most}, and as many for ${tied.join(' and ')}.`;
  return decidedBy === 'confidence'
    ? `${tie} The higher sum of confidences decided.`
    : `${tie} Their confidences are equal too, so the first one is taken.`;
}

/** The rule by which the committee decides, in a sentence. */
export function ruleOf({ rule }: Recognised): string | undefined {
  switch (rule) {
    case 'votes':
      return 'The rule: most votes win; on a tie the confidences of all networks are added up, and the higher sum wins.';
    case 'meanProbability':
      return 'The rule: the mean of all probabilities decides; the votes only show how it came about.';
    case 'meanLogit':
      return 'The rule: the mean of all logits decides; the votes only show how it came about.';
    default:
      return undefined;
  }
}
