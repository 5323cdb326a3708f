// From the scores of one picture to the answer: of a single network by its most probable class, of a committee by its rule.
// Pure arithmetic; running the networks is `panel.ts`'s.
import type { VotingRule } from '../../onnx/index.ts';
import type { Picture } from '../../picture/index.ts';
import { vote } from '../committee/vote.ts';
import type { Recognised } from './recognition.ts';
import { mostProbable, rankAlternatives, temperedSoftmax } from './scores.ts';

/** What turns one network's scores into its opinion. */
export interface Member {
  readonly name: string;
  readonly temperature: number;
  /** Whether its scores are probabilities already; their logarithms then serve as logits. */
  readonly probabilities: boolean;
}

/** How members decide together. */
export interface Committee {
  readonly rule: VotingRule;
  /** Applied after the vote. */
  readonly temperature: number;
}

/** Smallest probability of which a logarithm is taken: the smallest of float32, so that no class is at minus infinity. */
const smallestProbability = 2 ** -149;

/**
 * The answer to one picture.
 *
 * A committee's probabilities are `softmax(log(q) / T)`, q being the mean of its members' probabilities (under `meanLogit`
 * their normalised geometric mean), each member's own temperature applied before and the committee's T after. Fitted on
 * validation answers, T makes them honest as it does a single network's; the vote only chooses which class they are asked for.
 *
 * @param scores for each member `[classes]`.
 * @param committee left out for a single network.
 */
export function answerOf(
  labels: readonly string[],
  members: readonly Member[],
  scores: readonly Float32Array[],
  committee: Committee | undefined,
  framed: Picture,
): Recognised {
  const opinions = members.map(({ temperature, probabilities }, index) =>
    temperedSoftmax(probabilities ? scores[index]!.map(Math.log) : scores[index]!, temperature),
  );
  if (committee === undefined) return rankedAnswer(labels, opinions[0]!, mostProbable(opinions[0]!), framed);
  const { rule } = committee;
  const { winner, votes, confidences, shares, decidedBy } = vote(opinions, rule);
  const means = rule === 'meanLogit' ? shares : confidences.map((sum) => sum / members.length);
  const logarithms = Float64Array.from(means, (mean) => Math.log(Math.max(mean, smallestProbability)));
  const voted = opinions.map((opinion, index) => {
    const best = mostProbable(opinion);
    return { name: members[index]!.name, label: labels[best]!, confidence: opinion[best]! };
  });
  const answer = rankedAnswer(labels, temperedSoftmax(logarithms, committee.temperature), winner, framed);
  return { ...answer, members: voted, votes, rule, decidedBy };
}

function rankedAnswer(
  labels: readonly string[],
  probabilities: Float32Array,
  answer: number,
  framed: Picture,
): Recognised {
  const alternatives = rankAlternatives(labels, probabilities, answer);
  const { label, confidence } = alternatives[0]!;
  return { empty: false, label, confidence, alternatives, probabilities, framed };
}
