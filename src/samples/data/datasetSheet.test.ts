import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { datasetSheet } from './datasetSheet.ts';

// Every picture is one pixel of its own level: class 0 has 101..103, class 1 none, class 2 has 200.
const dataset: Dataset = {
  name: 'levels',
  labels: ['a', 'b', 'c'],
  width: 1,
  height: 1,
  count: 4,
  images: Uint8Array.of(101, 200, 102, 103),
  targets: Uint16Array.of(0, 2, 0, 0),
};
const cells = (columns: number, seed: number) => {
  const sheet = datasetSheet(dataset, { perClass: columns, seed });
  const gap = (sheet.width - columns) / (columns + 1);
  return [0, 1, 2].map((row) =>
    Array.from(
      { length: columns },
      (_, column) => sheet.pixels[(gap + row * (1 + gap)) * sheet.width + gap + column * (1 + gap)]!,
    ),
  );
};

describe('datasetSheet', () => {
  it('shows a row of samples for each class, without repeating one', () => {
    const [first, second, third] = cells(4, 1);
    expect(first!.slice(0, 3).sort()).toEqual([101, 102, 103]);
    expect(first![3]).toBe(96);
    expect(second).toEqual([96, 96, 96, 96]);
    expect(third).toEqual([200, 96, 96, 96]);
  });

  it('shows the same for the same seed, and something else for another', () => {
    expect(cells(2, 5)).toEqual(cells(2, 5));
    const seen = new Set(Array.from({ length: 20 }, (_, seed) => cells(1, seed)[0]![0]));
    expect([...seen].sort()).toEqual([101, 102, 103]);
  });
});
