import { describe, expect, it } from 'vitest';
import { someDigits } from '../../../../test/classic/conformance.ts';
import type { Dataset } from '../../../samples/data/dataset.ts';
import type { VectorRows } from '../../parts/kMeans.ts';
import { featureRows, featureScale, standardize } from './featureScale.ts';
import { FormScorer, type FormSettings, learnForms } from './writingForm.ts';

const settings: FormSettings = {
  ...{ states: 9, mixtures: 1, globalMixtures: 1, forms: 8, leastSamples: 20 },
  ...{ variance: 0.1, weight: 0.05, transition: 0.0001, iterations: 5, tolerance: 0.01 },
};

/** Rows of the digits that are even, or odd. */
function rowsOf(data: Dataset, rest: number): number[] {
  return [...data.targets.keys()].filter((row) => data.targets[row]! % 2 === rest);
}

describe('writing forms', () => {
  it('tell even from odd digits: classes that are written in five ways each', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(500, 300);
    const scale = featureScale(featureRows(train, [...train.targets.keys()]));
    const features = (data: Dataset, rows: number[]): VectorRows => {
      const found = featureRows(data, rows);
      standardize(found, scale);
      return found;
    };
    const parts = [0, 1].map((rest) => features(train, rowsOf(train, rest)));
    const asked = features(test, [...test.targets.keys()]);
    const accuracy = (forms: number): number => {
      const classes = parts.map((rows) => learnForms(rows, { ...settings, forms }, 1));
      for (const own of classes) {
        expect(own.length).toBeLessThanOrEqual(forms);
        expect(own.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
        own.forEach(({ share }, form) => {
          expect(share * parts[classes.indexOf(own)]!.count, `form ${form}`).toBeGreaterThan(
            settings.leastSamples - 0.5,
          );
        });
      }
      const scorer = new FormScorer(classes);
      const scores = new Float64Array(2);
      const right = [...test.targets].filter((target, row) => {
        scorer.score(asked.data, row * asked.size, scores);
        return Number(scores[1]! > scores[0]!) === target % 2;
      });
      return right.length / test.count;
    };
    const [one, several] = [accuracy(1), accuracy(8)];
    expect(several - one).toBeGreaterThan(0.02);
    expect(several).toBeGreaterThan(0.9);
  });

  it('are fewer where there are few samples', async () => {
    const { train } = await someDigits(60, 10);
    const rows = featureRows(train, [...train.targets.keys()]);
    standardize(rows, featureScale(rows));
    expect(learnForms(rows, settings, 1).length).toBeLessThanOrEqual(3);
    const one = { count: 1, size: rows.size, data: rows.data.subarray(0, rows.size) };
    expect(learnForms(one, settings, 1)).toMatchObject([{ share: 1 }]);
  });
});
