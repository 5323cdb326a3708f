import { describe, expect, it } from 'vitest';
import { randomStream, ShapeError } from '../../core/floor.ts';
import { type RegressionSamples, softmaxRegression } from './softmaxRegression.ts';

/** Samples of three inputs, the last a bias, of classes that overlap. */
function drawSamples(count: number, classes: number): RegressionSamples {
  const random = randomStream(4, 'regression');
  const inputs = new Float64Array(count * 3);
  const targets: number[] = [];
  for (let sample = 0; sample < count; sample++) {
    const target = random.integer(classes);
    inputs.set([target + random.normal(), random.normal() - target / 2, 1], sample * 3);
    targets.push(target);
  }
  const offsets = Float64Array.from({ length: count * classes }, () => random.normal());
  return { inputs, offsets, targets, classes };
}

/** The loss, as in the docstring. */
function objective(
  weights: Float64Array,
  { inputs, offsets, targets, classes }: RegressionSamples,
  penalty: number,
): number {
  let sum = (penalty / 2) * weights.reduce((squares, weight) => squares + weight * weight, 0);
  for (let sample = 0; sample < targets.length; sample++) {
    const logits = Array.from({ length: classes }, (_, index) => {
      let logit = offsets[sample * classes + index]!;
      for (let input = 0; input < 3; input++) logit += inputs[sample * 3 + input]! * weights[input * classes + index]!;
      return logit;
    });
    sum += Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0)) - logits[targets[sample]!]!;
  }
  return sum;
}

describe('softmaxRegression', () => {
  it('is where every step to the side makes it worse', () => {
    const samples = drawSamples(80, 4);
    const weights = softmaxRegression(samples, 0.3);
    const least = objective(weights, samples, 0.3);
    expect(least).toBeLessThan(0.8 * objective(new Float64Array(12), samples, 0.3));
    for (let at = 0; at < weights.length; at++) {
      for (const step of [-0.02, 0.02]) {
        const beside = weights.slice();
        beside[at]! += step;
        expect(objective(beside, samples, 0.3)).toBeGreaterThan(least);
      }
    }
  });

  it('stays at 0 without samples, and near it under a large penalty', () => {
    const none = { inputs: new Float64Array(), offsets: new Float64Array(), targets: [], classes: 3 };
    expect(softmaxRegression(none, 1)).toEqual(new Float64Array(0));
    const held = softmaxRegression(drawSamples(80, 4), 1e6);
    for (const weight of held) expect(Math.abs(weight)).toBeLessThan(1e-3);
  });

  it('refuses rows that do not fit', () => {
    const samples = drawSamples(8, 3);
    expect(() => softmaxRegression({ ...samples, classes: 4 }, 1)).toThrow(ShapeError);
    expect(() => softmaxRegression({ ...samples, inputs: new Float64Array(23) }, 1)).toThrow(/expected 8 rows/);
  });
});
