// Post-processing: where two classes are known to be taken for each other and the models hardly prefer one, a discriminant of all
// features at once decides. That there is such a step Das, Prasad and Sanyal (2012) say; what it does is ours.
import type { VectorRows } from '../../parts/kMeans.ts';
import { linearDiscriminant } from './linearDiscriminant.ts';

/** A rule for two classes. */
export interface PairRule {
  /** The two classes, the lower first. */
  readonly one: number;
  readonly other: number;
  /** `[feature]`: `sum weights_i x_i + offset` is above 0 for the first. */
  readonly weights: Float32Array;
  readonly offset: number;
  /** The rule decides where the two have the highest scores, less than this apart. */
  readonly margin: number;
}

/** Samples with features and classes. */
export interface LabelledRows extends VectorRows {
  /** `[row]`, classes. */
  readonly targets: Uint16Array;
}

/** A pair must have been confused so often that a rule is looked for: of fewer nothing can be learnt. */
const leastConfusions = 3;
/** A rule must mend so many more samples than it spoils: one or two may be chance. */
const leastGain = 2;
/** See `linearDiscriminant`. */
const shrinkage = 0.05;

/**
 * Finds the pairs of classes that are confused, and rules that separate them.
 *
 * @param taught the samples that the models were taught by: the discriminants are of these.
 * @param held others, by which it is seen what is confused and up to which margin a rule is better than the scores.
 * @param scores of the held ones, `[row, class]`.
 */
export function findPairRules(
  taught: LabelledRows,
  held: LabelledRows,
  scores: Float32Array,
  classes: number,
): PairRule[] {
  const disputes = new Map<number, Dispute[]>();
  for (let row = 0; row < held.count; row++) {
    const { best, second } = topTwo(scores, row * classes, classes);
    const target = held.targets[row]!;
    if (target !== best && target !== second) continue;
    const pair = Math.min(best, second) * classes + Math.max(best, second);
    const margin = scores[row * classes + best]! - scores[row * classes + second]!;
    const own = disputes.get(pair) ?? [];
    disputes.set(pair, own);
    own.push({ row, margin, right: target === best });
  }
  const rules: PairRule[] = [];
  for (const [pair, own] of [...disputes].sort(([left], [right]) => left - right)) {
    if (own.filter(({ right }) => !right).length < leastConfusions) continue;
    const [one, other] = [Math.floor(pair / classes), pair % classes];
    const { weights, offset } = linearDiscriminant(rowsOf(taught, one), rowsOf(taught, other), shrinkage);
    const rule: PairRule = { one, other, weights: Float32Array.from(weights), offset: Math.fround(offset), margin: 0 };
    const margin = bestMargin(
      own,
      ({ row }) => saysFirst(rule, held.data, row * held.size) === (held.targets[row] === one),
    );
    if (margin !== undefined) rules.push({ ...rule, margin });
  }
  return rules;
}

/** A sample whose class is one of the two with the highest scores. */
interface Dispute {
  readonly row: number;
  /** How far apart the two are. */
  readonly margin: number;
  /** Whether the higher one is right. */
  readonly right: boolean;
}

/** The margin below which the rule mends the most; undefined when it mends too little. */
function bestMargin(disputes: readonly Dispute[], ruleIsRight: (dispute: Dispute) => boolean): number | undefined {
  const ordered = [...disputes].sort((left, right) => left.margin - right.margin);
  let [gain, best] = [0, leastGain - 1];
  let margin: number | undefined;
  ordered.forEach((dispute, at) => {
    gain += Number(ruleIsRight(dispute)) - Number(dispute.right);
    const next = ordered[at + 1];
    // Equal margins cannot be told apart, and the last one ends where the samples do.
    if (gain <= best || next?.margin === dispute.margin) return;
    best = gain;
    margin = Math.fround(next === undefined ? dispute.margin : (dispute.margin + next.margin) / 2);
  });
  return margin;
}

/** Rules by which scores are put right. */
export class PairRules {
  readonly #rules = new Map<number, PairRule>();
  readonly #classes: number;

  constructor(rules: readonly PairRule[], classes: number) {
    this.#classes = classes;
    for (const rule of rules) this.#rules.set(rule.one * classes + rule.other, rule);
  }

  /**
   * Exchanges the two highest scores of a sample where a rule says so.
   *
   * @param features holds the sample's from `offset` on.
   * @param scores `[class]`; changed.
   */
  apply(features: Float32Array, offset: number, scores: Float32Array): void {
    const { best, second } = topTwo(scores, 0, this.#classes);
    const rule = this.#rules.get(Math.min(best, second) * this.#classes + Math.max(best, second));
    if (rule === undefined || scores[best]! - scores[second]! >= rule.margin) return;
    const winner = saysFirst(rule, features, offset) ? rule.one : rule.other;
    if (winner === best) return;
    const highest = scores[best]!;
    scores[best] = scores[second]!;
    scores[second] = highest;
  }
}

function saysFirst({ weights, offset }: PairRule, features: Float32Array, from: number): boolean {
  let sum = offset;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * features[from + i]!;
  return sum > 0;
}

/** The classes with the two highest scores; of equal ones the first. */
function topTwo(scores: ArrayLike<number>, from: number, classes: number): { best: number; second: number } {
  let [best, second] = scores[from + 1]! > scores[from]! ? [1, 0] : [0, 1];
  for (let index = 2; index < classes; index++) {
    if (scores[from + index]! > scores[from + best]!) [best, second] = [index, best];
    else if (scores[from + index]! > scores[from + second]!) second = index;
  }
  return { best, second };
}

function rowsOf({ size, data, targets }: LabelledRows, target: number): Float32Array[] {
  const rows: Float32Array[] = [];
  for (let row = 0; row < targets.length; row++) {
    if (targets[row] === target) rows.push(data.subarray(row * size, (row + 1) * size));
  }
  return rows;
}
