import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRight, digitPage, matchBoxes } from '../../../test/digitPage.ts';
import { UsageError } from '../../core/floor.ts';
import { blankPicture, cropPicture, inkBounds, type Picture } from '../../picture/floor.ts';
import { openDataset, openRecognizer } from '../../platform/node/floor.ts';
import { type Dataset, limitSamples, materialize, pictureAt } from '../../samples/floor.ts';
import type { Recognizer } from '../recognizer/recognition.ts';
import { type PageCharacter, pageText, readPage } from './readPage.ts';

let digits: Dataset;
let recognizer: Recognizer;
beforeAll(async () => {
  digits = materialize(limitSamples(await openDataset('mnist:train'), 320, 17));
  recognizer = await openRecognizer();
});
afterAll(() => recognizer.dispose());

describe('reading a page', () => {
  it('reads lines on noisy, ruled paper by the shipped model', { tags: ['slow'] }, async () => {
    const page = digitPage(digits, {
      ...{ width: 800, height: 700, digits: 96, perLine: 12, seed: 1, sizes: [40, 50] },
      ...{ noise: 6, specks: 40, ruling: 75, shadow: 0.3, skew: 1 },
    });
    const characters = await readPage(page.picture, recognizer);
    const found = matchBoxes(
      page.digits.map(({ box }) => box),
      characters.map(({ box }) => box),
    );
    const right = countRight(
      found,
      page.digits.map(({ label }) => label),
      characters,
    );
    // The model was taught by these digits, though not on paper; a rule through a digit is the hard part.
    expect(right / page.digits.length).toBeGreaterThanOrEqual(0.95);
    const wanted = Array.from({ length: 8 }, (_, line) =>
      page.digits
        .filter((digit) => digit.line === line)
        .map(({ label }) => label)
        .join(''),
    );
    const text = pageText(characters).map((line) => line.replaceAll(' ', ''));
    expect(text).toHaveLength(8);
    expect(text.filter((line, at) => line === wanted[at]).length).toBeGreaterThanOrEqual(4);
  });

  it('reads what stands anywhere, more than are given to the recogniser at once', { tags: ['slow'] }, async () => {
    const page = digitPage(digits, { width: 1100, height: 1100, digits: 280, seed: 2, sizes: [28, 40], noise: 4 });
    const characters = await readPage(page.picture, recognizer);
    const found = matchBoxes(
      page.digits.map(({ box }) => box),
      characters.map(({ box }) => box),
    );
    const right = countRight(
      found,
      page.digits.map(({ label }) => label),
      characters,
    );
    expect(characters.length).toBeLessThanOrEqual(284);
    expect(right / 280).toBeGreaterThanOrEqual(0.97);
    expect(Math.max(...characters.map(({ relativeHeight }) => relativeHeight))).toBe(1);
  });

  it('parts digits that touch each other, and leaves wide ones whole', { tags: ['slow'] }, async () => {
    // Pairs of training digits whose boxes meet, one pair a line, a column of single digits before them to tell the
    // usual height.
    const rows = 20;
    const page = blankPicture(240, 60 * rows);
    const bounded = (index: number): Picture => {
      const picture = pictureAt(digits, index);
      return cropPicture(picture, inkBounds(picture, 127)!);
    };
    const put = (picture: Picture, left: number, top: number): void => {
      for (let y = 0; y < picture.height; y++) {
        for (let x = 0; x < picture.width; x++) {
          const at = (top + y) * page.width + left + x;
          page.pixels[at] = Math.max(page.pixels[at]!, picture.pixels[y * picture.width + x]!);
        }
      }
    };
    const wanted: string[] = [];
    for (let row = 0; row < rows; row++) {
      const [alone, first, second] = [3 * row, 3 * row + 1, 3 * row + 2];
      put(bounded(alone), 20, 60 * row + 20);
      const left = bounded(first);
      put(left, 120, 60 * row + 20);
      put(bounded(second), 120 + left.width - 1, 60 * row + 20);
      wanted.push([alone, first, second].map((index) => digits.labels[digits.targets[index]!]!).join(''));
    }
    const text = pageText(await readPage(page, recognizer, { alphabet: 'digits' }));
    expect(text).toHaveLength(rows);
    const read = text.filter((line, row) => line.replaceAll(' ', '') === wanted[row]).length;
    // Without parting, the pairs whose ink meets are one digit each.
    expect(read).toBeGreaterThanOrEqual(0.6 * rows);
  });

  it('answers within an alphabet', async () => {
    const { picture } = digitPage(digits, { width: 300, height: 300, digits: 10, seed: 3 });
    const characters = await readPage(picture, recognizer, { alphabet: ['1', '7'] });
    expect(characters).toHaveLength(10);
    for (const { answer } of characters) expect(answer.empty ? '' : answer.label).toBeOneOf(['1', '7']);
    await expect(readPage(picture, recognizer, { alphabet: ['Q'] })).rejects.toThrow(UsageError);
  });

  it('finds nothing on blank paper', async () => {
    expect(await readPage(blankPicture(100, 100, 255), recognizer)).toEqual([]);
  });
});

describe('text of a page', () => {
  const character = (label: string, line: number, left: number): PageCharacter => ({
    box: { left, top: 40 * line, width: 20, height: 30 },
    line,
    relativeHeight: 1,
    answer:
      label === ''
        ? { empty: true }
        : {
            ...{ empty: false, label, confidence: 1, alternatives: [] },
            ...{ probabilities: Float32Array.of(1), framed: blankPicture(1, 1) },
          },
  });

  it('has a space where characters stand far apart, and a line for each', () => {
    const characters = [
      ...[character('1', 0, 0), character('2', 0, 25), character('', 0, 60), character('3', 0, 90)],
      ...[character('x', 1, 0), character('y', 1, 40)],
    ];
    expect(pageText(characters)).toEqual(['12 3', 'xy']);
    expect(pageText([])).toEqual([]);
  });
});
