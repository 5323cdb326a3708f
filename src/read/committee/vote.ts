// How a committee of networks decides: each member's probabilities in, one ranking of the classes out. Pure arithmetic;
// who the members are and how they are run stands elsewhere.
import { ShapeError, UsageError } from '../../core/floor.ts';
import { type VotingRule, votingRules } from '../../onnx/floor.ts';

/**
 * What a decision came down to: `majority`, one class had more votes than any other (not always more than half of
 * them); `confidence`, classes tied for the most votes and one had the higher sum of confidences; `mean`, one class had
 * the highest mean, under the rules that go by it; `index`, classes were equal in all of this and the first of them was
 * taken.
 */
export type DecidedBy = 'majority' | 'confidence' | 'mean' | 'index';

/** What a committee decided, with all that led to it. */
export interface Ballot {
  /** Index of the winning class. */
  readonly winner: number;
  /** All classes, best first; the first is the winner. */
  readonly ranking: readonly number[];
  /** Members that put each class first, `[classes]`, whatever the rule. */
  readonly votes: readonly number[];
  /** Sum of all members' probabilities of each class, `[classes]`: what breaks a tie of votes. */
  readonly confidences: readonly number[];
  /** Share of each class under the rule, `[classes]`, 0..1; they sum to 1. */
  readonly shares: Float32Array;
  /** Whether the winner had as many votes as another class and won by confidence or by index. Only under `votes`. */
  readonly tied: boolean;
  /** What the decision came down to under the rule. */
  readonly decidedBy: DecidedBy;
}

/**
 * The smallest positive float32: a probability of 0 counts as this in a mean of logarithms, which it would else decide
 * alone.
 */
const smallestProbability = 2 ** -149;

/**
 * Decides between classes by a rule: `votes`, by the members' votes; `meanProbability`, by the mean of their
 * probabilities; `meanLogit`, by the mean of their logits, which is the normalised geometric mean of their
 * probabilities.
 *
 * `votes`: the class with most votes; among classes that tie, the one whose probabilities, summed over all members, are
 * higher; if even these are equal, the lower index. A member whose own probabilities tie votes for the lower index. The
 * other rules rank by their mean, then by index. Votes, and the sum of confidences on a tie, are the rule of Chen and
 * others (2015) as the 2020 report has it, which does not say whose confidences are added: all members', in this
 * reading; nor what breaks a tie of these sums: the index is ours.
 *
 * @param memberProbabilities for each member `[classes]`, each 0..1.
 * @throws {UsageError} for no members, an unknown rule or a probability that is not a number of 0..1.
 * @throws {ShapeError} when members do not have the same number of classes, at least one.
 *
 * @example
 * ```ts
 * import { vote } from 'ductus';
 *
 * // Three members, two classes: the second class has more votes, the first more of their confidence.
 * const members = [[0.95, 0.05], [0.45, 0.55], [0.4, 0.6]].map((row) => Float32Array.from(row));
 * console.log(vote(members).winner); // 1
 * console.log(vote(members, 'meanProbability').winner); // 0
 * ```
 */
export function vote(memberProbabilities: readonly Float32Array[], rule: VotingRule = 'votes'): Ballot {
  const classes = checkMembers(memberProbabilities);
  const votes = new Array<number>(classes).fill(0);
  const confidences = new Array<number>(classes).fill(0);
  for (const probabilities of memberProbabilities) {
    let best = 0;
    for (let index = 0; index < classes; index++) {
      if (probabilities[index]! > probabilities[best]!) best = index;
      confidences[index] = confidences[index]! + probabilities[index]!;
    }
    votes[best] = votes[best]! + 1;
  }
  const shares = sharesOf(memberProbabilities, rule, votes, confidences);
  const ranking = Array.from({ length: classes }, (_, index) => index).sort((left, right) =>
    rule === 'votes'
      ? votes[right]! - votes[left]! || confidences[right]! - confidences[left]! || left - right
      : shares[right]! - shares[left]! || left - right,
  );
  const winner = ranking[0]!;
  const decidedBy = deciding(
    ranking,
    rule === 'votes' ? { majority: votes, confidence: confidences } : { mean: shares },
  );
  const tied = rule === 'votes' && decidedBy !== 'majority';
  return { winner, ranking, votes, confidences, shares: Float32Array.from(shares), tied, decidedBy };
}

/** The first of the figures, in their order, in which the winner is above the runner-up. */
function deciding(
  ranking: readonly number[],
  figures: Readonly<Partial<Record<Exclude<DecidedBy, 'index'>, readonly number[]>>>,
): DecidedBy {
  const [winner, second] = ranking;
  for (const [name, values] of Object.entries(figures)) {
    if (second === undefined || values[winner!]! > values[second]!) return name as DecidedBy;
  }
  return 'index';
}

/** In float64, so that the ranking does not hang on rounding to float32. */
function sharesOf(
  members: readonly Float32Array[],
  rule: VotingRule,
  votes: readonly number[],
  confidences: readonly number[],
): number[] {
  switch (rule) {
    case 'votes':
      return votes.map((count) => count / members.length);
    case 'meanProbability':
      return normalised(confidences);
    case 'meanLogit': {
      const means = confidences.map(
        (_, index) =>
          members.reduce((sum, member) => sum + Math.log(Math.max(member[index]!, smallestProbability)), 0) /
          members.length,
      );
      const best = Math.max(...means);
      return normalised(means.map((mean) => Math.exp(mean - best)));
    }
    default:
      throw new UsageError(`voting rule: expected ${votingRules.join(' or ')}, received "${String(rule)}"`);
  }
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum === 0 ? 1 / values.length : value / sum));
}

function checkMembers(members: readonly Float32Array[]): number {
  const classes = members[0]?.length;
  if (classes === undefined) throw new UsageError('vote: expected at least one member, received none');
  for (const [index, member] of members.entries()) {
    if (member.length !== classes || classes === 0) {
      throw new ShapeError(
        `vote: expected ${classes || 'some'} classes of every member, member ${index} has ${member.length}`,
      );
    }
    const wrong = member.find((value) => !(value >= 0 && value <= 1));
    if (wrong !== undefined) {
      throw new UsageError(`vote: expected probabilities of 0..1, received ${wrong} from member ${index}`);
    }
  }
  return classes;
}
