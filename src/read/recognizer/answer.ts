// From the scores of one picture to the answer: of a single network by its most probable class, of a committee by its
// rule. Pure arithmetic; running the networks is `panel.ts`'s.
import type { VotingRule } from '../../onnx/floor.ts';
import type { Picture } from '../../picture/floor.ts';
import { vote } from '../committee/vote.ts';
import type { Choice } from './choice.ts';
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

/**
 * Smallest probability of which a logarithm is taken: the smallest of float32, so that no class is at minus infinity.
 */
const smallestProbability = 2 ** -149;

/**
 * The answer to one picture, among all classes or among some of them.
 *
 * Among some it is the answer of networks that have no others: scores are left out before anything is computed from
 * them, so that a committee's members vote on what is allowed. Nobody's vote is lost to a class that cannot be the
 * answer.
 *
 * @param scores for each member `[classes]`.
 * @param committee left out for a single network.
 * @param choice of the classes that may be answered, and how often they occur.
 */
export function answerOf(
  labels: readonly string[],
  members: readonly Member[],
  scores: readonly Float32Array[],
  committee: Committee | undefined,
  framed: Picture,
  { allowed, frequencies }: Choice,
): Recognised {
  if (allowed === undefined) return decide(labels, members, scores, committee, framed, frequencies);
  const fewer = scores.map((own) => Float32Array.from(allowed, (index) => own[index]!));
  const answer = decide(
    allowed.map((index) => labels[index]!),
    members,
    fewer,
    committee,
    framed,
    frequencies,
  );
  const probabilities = new Float32Array(labels.length);
  const votes = labels.map(() => 0);
  for (const [place, index] of allowed.entries()) {
    probabilities[index] = answer.probabilities[place]!;
    votes[index] = answer.votes?.[place] ?? 0;
  }
  return { ...answer, probabilities, ...(answer.votes && { votes }) };
}

/**
 * The answer among all classes that there are scores of.
 *
 * A committee's probabilities are `softmax(log(q) / T)`, q being the mean of its members' probabilities (under
 * `meanLogit` their normalised geometric mean), each member's own temperature applied before and the committee's T
 * after. Fitted on validation answers, T makes them honest as it does a single network's; the vote only chooses which
 * class they are asked for.
 */
function decide(
  labels: readonly string[],
  members: readonly Member[],
  scores: readonly Float32Array[],
  committee: Committee | undefined,
  framed: Picture,
  frequencies: readonly number[] | undefined,
): Recognised {
  const opinions = members.map(({ temperature, probabilities }, index) => {
    const own = probabilities ? scores[index]!.map(logarithm) : scores[index]!;
    // softmax((s + T log f) / T) is softmax(s / T) f, normalised; as a sum of logarithms it cannot come to 0 for all
    // classes.
    const weighed =
      frequencies && Float64Array.from(own, (score, c) => score + temperature * Math.log(frequencies[c]!));
    return temperedSoftmax(weighed ?? own, temperature);
  });
  if (committee === undefined) return rankedAnswer(labels, opinions[0]!, mostProbable(opinions[0]!), framed);
  const { rule } = committee;
  const { winner, votes, confidences, shares, decidedBy } = vote(opinions, rule);
  const means = rule === 'meanLogit' ? shares : confidences.map((sum) => sum / members.length);
  const logarithms = Float64Array.from(means, logarithm);
  const voted = opinions.map((opinion, index) => {
    const best = mostProbable(opinion);
    return { name: members[index]!.name, label: labels[best]!, confidence: opinion[best]! };
  });
  const answer = rankedAnswer(labels, temperedSoftmax(logarithms, committee.temperature), winner, framed);
  return { ...answer, members: voted, votes, rule, decidedBy };
}

function logarithm(probability: number): number {
  return Math.log(Math.max(probability, smallestProbability));
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
