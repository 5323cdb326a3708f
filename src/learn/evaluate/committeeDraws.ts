// The average accuracy of a committee of k when more than k members were trained: every choice of k of them votes.
import { UsageError } from '../../core/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import { vote } from '../../read/floor.ts';
import { answerOf, checkPredictions, type Predictions } from './predictions.ts';
import { type RunSummary, summariseRuns } from './statistics/summariseRuns.ts';

/**
 * Choices beyond this many are refused: they would take hours to count (10,000 votes of 10,000 pictures take a minute).
 */
const mostDraws = 10_000;

/**
 * Accuracies over all choices. Their spread is smaller than that of independent committees, since they share members.
 */
export interface CommitteeDraws {
  /** Members in a committee. */
  readonly size: number;
  /** Members on their own. */
  readonly members: RunSummary;
  /** The committees; `count` is the number of choices, `n! / (k! (n - k)!)`. */
  readonly committees: RunSummary;
}

/**
 * Lets every choice of `size` members vote on the same pictures.
 *
 * @param members predictions of each, of the same pictures and classes; at least `size`.
 * @param size members in a committee, at least 1.
 * @throws {UsageError} when there are too few members or too many choices, or they did not read the same pictures.
 */
export function committeeDraws(members: readonly Predictions[], size: number, rule: VotingRule): CommitteeDraws {
  const [first] = members;
  if (first === undefined || !(size >= 1 && size <= members.length)) {
    throw new UsageError(`draws of ${size}: expected at least as many members, received ${members.length}`);
  }
  let choices = 1;
  for (let k = 1; k <= size; k++) choices = (choices * (members.length - size + k)) / k;
  if (choices > mostDraws) {
    throw new UsageError(`draws of ${size} from ${members.length}: expected at most ${mostDraws}, received ${choices}`);
  }
  const count = first.targets.length;
  for (const [index, member] of members.entries()) {
    checkPredictions(member);
    const same = member.labels.join('\n') === first.labels.join('\n') && member.targets.length === count;
    if (!same || Array.from(member.targets).some((target, sample) => target !== first.targets[sample])) {
      throw new UsageError(`draws: expected predictions of the same pictures, member ${index + 1} has others`);
    }
  }
  const classes = first.labels.length;
  const rows = members.map(({ probabilities }) => Float32Array.from(probabilities));
  const score = (chosen: readonly number[]): number => {
    let right = 0;
    for (let sample = 0; sample < count; sample++) {
      // Where nothing was found, no member has an answer, whichever members vote.
      if (first.empty?.[sample]) continue;
      const ballot = chosen.map((member) => rows[member]!.subarray(sample * classes, (sample + 1) * classes));
      if (vote(ballot, rule).winner === first.targets[sample]) right++;
    }
    return right / count;
  };
  const alone = members.map(
    (member) =>
      Array.from(member.targets).filter((target, sample) => answerOf(member, sample) === target).length / count,
  );
  const scores = [...choicesOf(members.length, size)].map(score);
  return { size, members: summariseRuns(alone), committees: summariseRuns(scores) };
}

/** All choices of `size` out of `count` things, each in ascending order. */
function* choicesOf(count: number, size: number, from = 0): Generator<number[], void, undefined> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= count - size; index++) {
    for (const rest of choicesOf(count, size - 1, index + 1)) yield [index, ...rest];
  }
}
