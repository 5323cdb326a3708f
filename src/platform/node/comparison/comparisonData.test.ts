import { expect, it } from 'vitest';
import { UsageError } from '../../../core/floor.ts';
import { classCounts, viewOf } from '../../../samples/floor.ts';
import { openComparisonData } from './comparisonData.ts';

const some = { data: 'mnist', heldBack: true, train: 300, limit: 100, seed: 1 };

it('keeps the samples of some classes, in both parts', async () => {
  const { train, test } = await openComparisonData({ ...some, classes: ['6', '9'] });
  expect(viewOf(train).dataset.labels).toEqual(['6', '9']);
  expect(test.labels).toEqual(['6', '9']);
  for (const [part, count] of [[train, 300] as const, [test, 100] as const]) {
    const counts = classCounts(part);
    expect(counts[0]! + counts[1]!).toBe(count);
    expect(Math.abs(counts[0]! - counts[1]!)).toBeLessThan(0.05 * count);
  }
});

it('refuses classes that the data lacks', async () => {
  await expect(openComparisonData({ ...some, classes: ['A'] })).rejects.toThrow(UsageError);
});
