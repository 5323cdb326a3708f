import { describe, expect, it } from 'vitest';
import { accuracyOf, someDigits, testConformance } from '../../../../test/classic/conformance.ts';
import { FormatError, randomStream, UsageError } from '../../../core/floor.ts';
import type { SavedClassifier } from '../../savedClassifier.ts';
import { nearestMean } from '../nearest/nearestMean.ts';
import { growTree, treeAnswer } from './decisionTree.ts';
import { randomForest } from './randomForest.ts';

testConformance({ kind: () => randomForest({ trees: 30 }), accuracy: 0.75, otherSizeAccuracy: 0.9 });
testConformance({ kind: nearestMean, accuracy: 0.65, otherSizeAccuracy: 0.85 });

/** Random rows of few values, so that many are alike. */
function someRows(seed: number): { rows: { count: number; pixels: number; images: Uint8Array }; targets: number[] } {
  const random = randomStream(seed, 'tree test');
  const [count, pixels] = [40, 5];
  const images = Uint8Array.from({ length: count * pixels }, () => random.integer(6));
  return { rows: { count, pixels, images }, targets: Array.from({ length: count }, () => random.integer(3)) };
}

/** Gini's index of the two sides, weighted by their samples; lower is purer. */
function impurity(sides: readonly number[][]): number {
  return sides.reduce((sum, side) => {
    const counts = new Map<number, number>();
    for (const target of side) counts.set(target, (counts.get(target) ?? 0) + 1);
    return sum + side.length * (1 - [...counts.values()].reduce((own, count) => own + (count / side.length) ** 2, 0));
  }, 0);
}

describe('growTree', () => {
  it('asks first about what plain loops over every pixel and threshold find purest', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { rows, targets } = someRows(seed);
      const bag = Int32Array.from(targets.keys());
      const tree = growTree(rows, targets, 3, bag, rows.pixels, randomStream(seed, 'grow'));
      const divided = (pixel: number, threshold: number): number[][] => {
        const sides: number[][] = [[], []];
        for (const [row, target] of targets.entries()) {
          sides[rows.images[row * rows.pixels + pixel]! > threshold ? 1 : 0]!.push(target);
        }
        return sides;
      };
      let best = Number.POSITIVE_INFINITY;
      for (let pixel = 0; pixel < rows.pixels; pixel++) {
        for (let threshold = 0; threshold < 5; threshold++) {
          const sides = divided(pixel, threshold);
          if (sides.every(({ length }) => length > 0)) best = Math.min(best, impurity(sides));
        }
      }
      expect(impurity(divided(tree.pixels[0]!, tree.thresholds[0]!))).toBeCloseTo(best, 9);
    }
  });

  it('answers the class of every row that it learnt from, or the commonest of those that are the same', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { rows, targets } = someRows(seed);
      const tree = growTree(rows, targets, 3, Int32Array.from(targets.keys()), 1, randomStream(seed, 'grow'));
      const row = (at: number): Uint8Array => rows.images.subarray(at * rows.pixels, (at + 1) * rows.pixels);
      const same = (one: number): number[] => targets.filter((_, other) => `${row(one)}` === `${row(other)}`);
      targets.forEach((_, at) => {
        const counts = [0, 1, 2].map((target) => same(at).filter((one) => one === target).length);
        expect(counts[treeAnswer(tree, 0, row(at))]).toBe(Math.max(...counts));
      });
    }
  });
});

describe('random forest', () => {
  it('reads better with many trees than with one', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(300, 200);
    const few = await randomForest({ trees: 1 }).fit(train, { seed: 1 });
    const many = await randomForest({ trees: 40 }).fit(train, { seed: 1 });
    expect(await accuracyOf(many, test)).toBeGreaterThan((await accuracyOf(few, test)) + 0.15);
  });

  it('refuses no trees, and files whose trees have no end', async () => {
    expect(() => randomForest({ trees: 0 })).toThrow(UsageError);
    const { train } = await someDigits(60, 10);
    const saved = (await randomForest({ trees: 2 }).fit(train, { seed: 1 })).save();
    const withChanged = (name: string, value: number): SavedClassifier => ({
      ...saved,
      tensors: saved.tensors.map((tensor) => {
        const data = tensor.data.slice() as Int32Array;
        data[0] = value;
        return tensor.name === name ? { ...tensor, data } : tensor;
      }),
    });
    for (const [name, value] of [
      ['next', 0],
      ['next', 1e9],
      ['pixels', 784],
      ['pixels', -2],
      ['roots', -1],
      ['roots', 1e9],
    ] as const) {
      await expect(randomForest().restore(withChanged(name, value), 'some.file')).rejects.toThrow(FormatError);
    }
    await expect(randomForest().restore(withChanged('none', 0), 'some.file')).resolves.toBeDefined();
  });
});
