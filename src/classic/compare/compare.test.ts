// Trials, touching pairs, figures from scores, one system measured, and the page.
// @module-tag slow
import { beforeAll, describe, expect, it } from 'vitest';
import { someDigits, testHost } from '../../../test/classic/conformance.ts';
import { UsageError } from '../../core/floor.ts';
import { keepFrom, rejectionCurve } from '../../learn/evaluate/calibration/rejectionCurve.ts';
import { findComponents } from '../../picture/floor.ts';
import type { Dataset } from '../../samples/data/dataset.ts';
import type { ClassifierKind } from '../classifier.ts';
import { readClassifier } from '../savedClassifier.ts';
import { fuzzyMembership } from '../systems/fuzzy/fuzzyMembership.ts';
import { comparisonColumns, rejectionColumns, turnedColumns } from './comparisonColumns.ts';
import { comparisonPage } from './comparisonPage.ts';
import { leadsOf, marginToRefuse, rankedPredictions } from './leadsOf.ts';
import { type MeasuringHost, measureSystem } from './measureSystem.ts';
import { parseSystemResult, type SystemResult } from './systemResult.ts';
import { touchingPairs } from './touchingPairs.ts';
import { trials } from './trials.ts';

let digits: { train: Dataset; test: Dataset };
beforeAll(async () => {
  digits = await someDigits(300, 100);
});

const trialNamed = (name: string): (typeof trials)[number] => trials.find((trial) => trial.name === name)!;
const inkOf = (images: Uint8Array): number => images.reduce((sum, value) => sum + value, 0);

describe('trials', () => {
  it.each(trials.map(({ name }) => name))('%s changes every picture, by the seed alone, and nothing else', (name) => {
    const { test } = digits;
    const before = test.images.slice();
    const changed = trialNamed(name).change(test, 1);
    expect(Buffer.compare(test.images, before)).toBe(0);
    expect({ ...changed, images: 0 }).toEqual({ ...test, images: 0 });
    for (let at = 0; at < test.count; at++) {
      const [from, to] = [at * 784, (at + 1) * 784];
      expect(Buffer.compare(changed.images.subarray(from, to), before.subarray(from, to))).not.toBe(0);
    }
    expect(Buffer.compare(trialNamed(name).change(test, 1).images, changed.images)).toBe(0);
  });

  it('make strokes thin and thick', () => {
    const ink = inkOf(digits.test.images);
    expect(inkOf(trialNamed('thin').change(digits.test, 1).images)).toBeLessThan(0.8 * ink);
    expect(inkOf(trialNamed('thick').change(digits.test, 1).images)).toBeGreaterThan(1.4 * ink);
  });

  it('turn by 15 degrees, in turn to the left and to the right, and lose no ink', () => {
    // A horizontal bar: its right end rises when it is turned anticlockwise.
    const bar = new Uint8Array(784).fill(255, 14 * 28 + 2, 14 * 28 + 26);
    const two: Dataset = {
      ...digits.test,
      count: 2,
      images: Uint8Array.of(...bar, ...bar),
      targets: new Uint16Array(2),
    };
    const turned = trialNamed('rotation').change(two, 1).images;
    const heightAt = (picture: number, column: number): number => {
      let [mass, moment] = [0, 0];
      for (let y = 0; y < 28; y++) {
        const value = turned[picture * 784 + y * 28 + column]!;
        mass += value;
        moment += value * y;
      }
      return moment / mass;
    };
    const slope = (picture: number): number => (heightAt(picture, 22) - heightAt(picture, 5)) / 17;
    expect(slope(0)).toBeCloseTo(-Math.tan(Math.PI / 12), 1);
    expect(slope(1)).toBeCloseTo(Math.tan(Math.PI / 12), 1);
    expect(inkOf(turned)).toBeGreaterThan(0.95 * inkOf(two.images));
  });
});

describe('touching pairs', () => {
  it('are two characters in one piece, within the 20 pixels of one', () => {
    const { test } = digits;
    const pairs = touchingPairs(test, 60, 1);
    expect(pairs.images).toHaveLength(60 * 784);
    let inOnePiece = 0;
    for (let pair = 0; pair < 60; pair++) {
      expect(pairs.left[pair]).not.toBe(pairs.right[pair]);
      const pixels = pairs.images.subarray(pair * 784, (pair + 1) * 784);
      const mask = Uint8Array.from(pixels, (value) => (value > 60 ? 1 : 0));
      if (findComponents(mask, 28, 28, 0).count === 1) inOnePiece++;
      const columns = [...mask.keys()].filter((at) => mask[at]).map((at) => at % 28);
      expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(20);
    }
    // Some digits are in two pieces themselves, and some meet only by a faint edge.
    expect(inOnePiece).toBeGreaterThan(45);
    expect(Buffer.compare(touchingPairs(test, 60, 1).images, pairs.images)).toBe(0);
  });

  it('need two classes', () => {
    const one = { ...digits.test, targets: new Uint16Array(digits.test.count) };
    expect(() => touchingPairs(one, 1, 1)).toThrow(UsageError);
  });
});

describe('figures from scores', () => {
  const scores = Float32Array.of(1, 5, 3, /**/ 2, 2, 2, /**/ -9, -7, -8, /**/ 0.5, 0.1, 0.5);

  it('find first, second and margin', () => {
    expect(leadsOf(scores, 3)).toEqual([
      { first: 1, second: 2, margin: 2 },
      { first: 0, second: 1, margin: 0 },
      { first: 1, second: 2, margin: 1 },
      { first: 0, second: 2, margin: 0 },
    ]);
  });

  it('refuse the narrowest first', () => {
    const leads = leadsOf(scores, 3);
    // Wrong are the second and the last, which lead by nothing.
    const curve = rejectionCurve(rankedPredictions(leads, [1, 2, 1, 2], ['a', 'b', 'c']));
    expect(curve.map(({ coverage, errors }) => [coverage, errors])).toEqual([
      [0.25, 0],
      [0.5, 0],
      [1, 2],
    ]);
    const least = marginToRefuse(leads, 0.5);
    expect(leads.filter(({ margin }) => margin >= least)).toHaveLength(2);
    expect(keepFrom(rankedPredictions(leads, [1, 2, 1, 2], ['a', 'b', 'c']), 0.6).kept).toBe(2);
  });
});

/** A clock and a memory that only count how often they are read. */
function countingHost(): MeasuringHost {
  let reads = 0;
  return {
    ...testHost,
    processorTime: () => ++reads * 1000,
    memory: () => 1000,
    forgetPeak: () => {},
    peakMemory: () => 5000,
  };
}

describe('measureSystem', () => {
  let result: SystemResult;
  const measurement = (): Parameters<typeof measureSystem>[1] => ({ ...digits, seed: 1, trialCount: 50 });

  it('measures all that the table shows', async () => {
    const kind = fuzzyMembership();
    const stages = new Map<string, number>();
    const measured = await measureSystem(
      kind,
      { ...measurement(), onProgress: (stage, share) => stages.set(stage, share) },
      countingHost(),
    );
    result = measured.result;
    expect(parseSystemResult(JSON.parse(JSON.stringify(result)), 'x')).toEqual(result);
    expect([...stages]).toEqual([
      ['learning', 1],
      ['reading', 1],
      ['trials', 1],
    ]);
    expect(result.test).toMatchObject({ count: 100, data: 'mnist:train' });
    expect(result.test.accuracy).toBeGreaterThan(0.7);
    expect(result.test.topTwo).toBeGreaterThan(result.test.accuracy);
    expect(result.test.interval[0]).toBeLessThan(result.test.accuracy);
    expect(result.test.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(result.time).toMatchObject({ learning: 1, reading: 10 });
    expect(result.memory).toEqual({ before: 1000, peak: 5000 });
    expect(result.bytes).toBe(measured.file.length);
    expect(Object.keys(result.trials)).toEqual(['clean', 'noise', 'rotation', 'thin', 'thick']);
    expect(result.trials.clean!.accuracy).toBeGreaterThan(0.7);
    expect(result.touching.count).toBe(50);
    expect(result.rejection[0]).toEqual({ coverage: 1, error: expect.closeTo(1 - result.test.accuracy, 9) });
    expect(result.rejection.at(-1)!.error).toBeLessThan(result.rejection[0]!.error);
    // The saved classifier answers like the measured one.
    const again = await kind.restore(readClassifier(measured.file, 'x'), 'x');
    const right = leadsOf((await again.predict(digits.test.images)).scores, 10);
    expect(right.filter(({ first }, row) => first === digits.test.targets[row])).toHaveLength(result.test.correct);
  });

  it('gives a kind no more samples than it takes, and says so', async () => {
    const slow: ClassifierKind = { ...fuzzyMembership(), most: { samples: 60, reason: 'it is slow' } };
    const { result: less } = await measureSystem(slow, measurement(), countingHost());
    expect(less.training).toMatchObject({ count: 60, offered: 300, note: 'it is slow' });
    const trainedOn = comparisonColumns.find(({ title }) => title === 'trained on')!;
    expect([trainedOn.value(less), trainedOn.value(result)]).toEqual(['60 of 300', '300']);
    const page = comparisonPage({ results: [less], failures: [], charts: undefined, made: {} });
    expect(page).toContain('trained on 300 samples');
  });

  it('is shown with what is left when answers are refused, and with what a half turn confuses', () => {
    const rejection = [
      { coverage: 1, error: 0.2 },
      { coverage: 0.96, error: 0.1 },
      { coverage: 0.8, error: 0.05 },
    ];
    const shown = rejectionColumns.map(({ title, value }) => [title, value({ ...result, rejection })]);
    // Nothing is measured between 96 % and 80 %: the smaller rejection counts.
    expect(Object.fromEntries(shown)).toMatchObject({
      '1 % refused': '20.00\u00a0%',
      '5 % refused': '10.00\u00a0%',
      '10 % refused': '10.00\u00a0%',
      '20 % refused': '5.00\u00a0%',
    });
    const labels = ['6', 'x', '9', 'M'];
    const confusion = [
      [7, 1, 2, 0],
      [0, 5, 0, 0],
      [3, 0, 7, 0],
      [0, 0, 0, 9],
    ];
    const [turned, ...more] = turnedColumns(labels);
    expect(more).toEqual([]);
    expect(turned!.title).toBe('6 for 9');
    expect(turned!.value({ ...result, test: { ...result.test, labels, confusion } })).toBe('25.0\u00a0%');
  });

  it('reports a rule of its own by which a kind refuses', async () => {
    const base = fuzzyMembership();
    const wary: ClassifierKind = {
      ...base,
      async fit(samples, options) {
        const inner = await base.fit(samples, options);
        return {
          ...{ kind: inner.kind, labels: inner.labels, width: 28, height: 28, save: () => inner.save() },
          async predict(images) {
            const { scores } = await inner.predict(images);
            return { scores, rejected: Uint8Array.from(leadsOf(scores, 10), ({ margin }) => (margin < 0.01 ? 1 : 0)) };
          },
        };
      },
    };
    const { result: own } = await measureSystem(wary, measurement(), countingHost());
    expect(own.ownRejection!.coverage).toBeLessThan(1);
    expect(own.ownRejection!.error).toBeLessThan(1 - own.test.accuracy);
  });

  it('makes a page of results and failures that can be read as HTML', () => {
    const page = comparisonPage({
      results: [result, { ...result, system: '<b>' }],
      failures: [{ system: 'other', message: 'a & b' }],
      charts: { errors: '<svg id="one"></svg>', rejection: '<svg id="two"></svg>' },
      made: { Command: 'ductus compare' },
    });
    for (const part of ['<svg id="one">', '<svg id="two">', '&lt;b>', 'a &amp; b', 'ductus compare', 'Som and Saha']) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain('<b>');
    expect(comparisonPage({ results: [], failures: [], charts: undefined, made: {} })).toContain('</html>');
  });
});
