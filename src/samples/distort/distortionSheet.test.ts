// Sheets of originals and variants, read back pixel by pixel.
import { beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../platform/node/floor.ts';
import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/datasetView.ts';
import { distortionSheet } from './distortionSheet.ts';
import { distortionNamed } from './presets.ts';

let digits: Dataset;

beforeAll(async () => {
  digits = await openDataset('mnist:train');
});

const { config } = distortionNamed('ciresan2010');
const gap = 2;

/** The pictures of a sheet, by row and column. */
function cells(options: { variants: number; seed: number; strength?: number }): string[][] {
  const sheet = distortionSheet(digits, config, options);
  const columns = options.variants + 1;
  expect([sheet.width, sheet.height]).toEqual([gap + columns * (28 + gap), gap + 10 * (28 + gap)]);
  return Array.from({ length: 10 }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const lines = Array.from({ length: 28 }, (_, y) => {
        const start = (gap + row * (28 + gap) + y) * sheet.width + gap + column * (28 + gap);
        return sheet.pixels.subarray(start, start + 28).join();
      });
      return lines.join();
    }),
  );
}

describe('distortionSheet', () => {
  it('has an original of each class at the left and variants of it beside', { tags: ['slow'] }, () => {
    const rows = cells({ variants: 3, seed: 4 });
    const known = new Map<string, number>();
    for (let index = 0; index < digits.count; index++) {
      const first = digits.images.subarray(index * 784, (index + 1) * 784).join();
      if (rows.some(([original]) => original === first)) known.set(first, digits.targets[index]!);
    }
    expect(rows.map(([original]) => known.get(original!))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const row of rows) expect(new Set(row).size).toBe(4);
  });

  it('is decided by its seed, and shows originals alone at strength 0', () => {
    expect(cells({ variants: 2, seed: 1 })).toEqual(cells({ variants: 2, seed: 1 }));
    const [first, second] = [1, 2].map((seed) => cells({ variants: 2, seed }));
    expect(first!.map(([original]) => original)).not.toEqual(second!.map(([original]) => original));
    for (const row of cells({ variants: 2, seed: 1, strength: 0 })) expect(new Set(row).size).toBe(1);
  });

  it('leaves out classes without samples', () => {
    const some = subset(digits, [0, 1, 2]); // 5, 0, 4
    expect(distortionSheet(some, config, { variants: 1, seed: 1 }).height).toBe(gap + 3 * (28 + gap));
  });
});
