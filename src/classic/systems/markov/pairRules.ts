// Post-processing: where the models confuse two classes and hardly prefer one, a discriminant of all features decides.
// Das, Prasad and Sanyal (2012) name such a step but leave its content open.
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

/** Least number of confusions at which a rule is sought for a pair: fewer teach nothing. */
const leastConfusions = 3;
/** A rule must correct this many more samples than it spoils: one or two may be chance. */
const leastGain = 2;
/** See `linearDiscriminant`. */
const shrinkage = 0.05;

/**
 * Finds the pairs of classes that are confused, and rules that separate them.
 *
 * @param taught training samples of the models; the discriminants are learnt from these.
 * @param held other samples; they show the confusions, and up to which margin a rule is better than the scores.
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

/** A sample whose class has one of the two highest scores. */
interface Dispute {
  readonly row: number;
  /** Difference of the two scores. */
  readonly margin: number;
  /** Whether the higher one is right. */
  readonly right: boolean;
}

/** The margin below which the rule corrects the most; undefined when it corrects too little. */
function bestMargin(disputes: readonly Dispute[], ruleIsRight: (dispute: Dispute) => boolean): number | undefined {
  const ordered = [...disputes].sort((left, right) => left.margin - right.margin);
  let [gain, best] = [0, leastGain - 1];
  let margin: number | undefined;
  ordered.forEach((dispute, at) => {
    gain += Number(ruleIsRight(dispute)) - Number(dispute.right);
    const next = ordered[at + 1];
    // Equal margins cannot be distinguished, and the last one ends with the samples.
    if (gain <= best || next?.margin === dispute.margin) return;
    best = gain;
    margin = Math.fround(next === undefined ? dispute.margin : (dispute.margin + next.margin) / 2);
  });
  return margin;
}

/** Rules that correct scores. */
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

/** The classes with the two highest scores; with equal scores, the first. */
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
