import { beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../platform/node/floor.ts';
import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/datasetView.ts';
import { captureSheet } from './captureSheet.ts';
import { captureNamed } from './presets.ts';

let digits: Dataset;
beforeAll(async () => {
  digits = await openDataset('mnist:train');
});

describe('captureSheet', () => {
  it('shows each class in two rows: an original and its captures, and what framing made of them', {
    tags: ['slow'],
  }, () => {
    const some = subset(digits, [0, 1, 2]); // 5, 0, 4
    const { config } = captureNamed('tablet');
    const sheet = captureSheet(some, config, { variants: 2, seed: 1 });
    expect([sheet.width, sheet.height]).toEqual([2 + 3 * 58, 2 + 6 * 58]);
    expect(sheet).toEqual(captureSheet(some, config, { variants: 2, seed: 1 }));
    expect(sheet).not.toEqual(captureSheet(some, config, { variants: 2, seed: 2 }));
    // Framing leaves MNIST's own picture unchanged: the two cells at the left are equal.
    for (let y = 2; y < 58; y++) {
      const upper = sheet.pixels.subarray(y * sheet.width + 2, y * sheet.width + 58);
      expect(sheet.pixels.subarray((y + 58) * sheet.width + 2, (y + 58) * sheet.width + 58)).toEqual(upper);
    }
  });
});
