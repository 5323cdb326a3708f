import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TouchingRow, touchingRow } from '../../classic/parts/segmentation/touchingRow.ts';
import { randomStream } from '../../core/floor.ts';
import { blankPicture, inkOfPicture, type Picture } from '../../picture/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { pictureAt } from '../../samples/data/pictures.ts';
import { type Dataset, limitSamples, materialize } from '../../samples/floor.ts';
import { createRecognizer } from '../recognizer/createRecognizer.ts';
import type { Recognizer } from '../recognizer/recognition.ts';
import { lineInk } from './lineInk.ts';
import { noCharacter, readString } from './readString.ts';

let digits: Dataset;
let recognizer: Recognizer;
beforeAll(async () => {
  digits = materialize(limitSamples(await openDataset('mnist:train'), 300, 9));
  recognizer = createRecognizer(readFileSync(new URL('../../../models/digits.onnx', import.meta.url)));
});
afterAll(() => recognizer.dispose());

/** A row of digits by its seed, with its text. */
function someRow(seed: number, length: number, overlap: readonly [number, number]): TouchingRow & { text: string } {
  const random = randomStream(seed, 'string test');
  const chosen = Array.from({ length }, () => random.integer(digits.count));
  const pictures = chosen.map((index) => pictureAt(digits, index));
  const text = chosen.map((index) => digits.labels[digits.targets[index]!]).join('');
  return { ...touchingRow(pictures, { overlap, jitter: 2 }, random), text };
}

/** Dark ink on light paper, twice as large, with points and a dash that are no digits. */
function onPaper({ width, height, pixels }: Picture): Picture {
  const paper = blankPicture(2 * width + 40, 2 * height, 220);
  for (let y = 0; y < 2 * height; y++) {
    for (let x = 0; x < 2 * width; x++) {
      paper.pixels[y * paper.width + x] = 220 - 0.7 * pixels[(y >> 1) * width + (x >> 1)]!;
    }
  }
  for (let y = height - 2; y < height + 2; y++)
    paper.pixels.fill(40, y * paper.width + 2 * width + 8, y * paper.width + 2 * width + 26);
  return paper;
}

describe('readString', () => {
  it('reads digits that stand apart, and says where', { tags: ['slow'] }, async () => {
    let right = 0;
    for (let seed = 0; seed < 7; seed++) {
      const { picture, bounds, text } = someRow(seed, 4, [-4, -3]);
      const reading = await readString(recognizer, picture);
      expect(reading.text).toBe(reading.characters.map(({ label }) => label).join(''));
      if (reading.text !== text) continue;
      right++;
      for (const [index, { left, top, width, height }] of bounds.entries()) {
        const found = reading.characters[index]!.bounds;
        expect(Math.abs(found.left - left)).toBeLessThanOrEqual(2);
        expect(Math.abs(found.top - top)).toBeLessThanOrEqual(2);
        expect(Math.abs(found.width - width)).toBeLessThanOrEqual(3);
        expect(Math.abs(found.height - height)).toBeLessThanOrEqual(3);
      }
    }
    expect(right).toBeGreaterThanOrEqual(5);
  });

  it('reads ink that was found already as it reads the picture', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const { picture, text } = someRow(seed, 3, [-4, -3]);
      const found = await readString(recognizer, inkOfPicture(picture));
      expect(found.text).toBe(text);
      expect(found).toEqual(await readString(recognizer, picture));
      // On white, where it is seen that nobody asks for the paper: all of it would be ink, one piece.
      const { width, height, pixels } = picture;
      const negative = { width, height, amounts: pixels.map((value) => 255 - value) };
      expect((await readString(recognizer, negative)).text).not.toBe(text);
    }
    expect(await readString(recognizer, inkOfPicture(blankPicture(60, 30)))).toEqual({ text: '', characters: [] });
  });

  it('cuts most pairs that touch', { tags: ['slow'] }, async () => {
    let right = 0;
    const rows = 40;
    for (let seed = 0; seed < rows; seed++) {
      const { picture, text } = someRow(seed, 2, [1, 1]);
      if ((await readString(recognizer, picture)).text === text) right++;
    }
    expect(right).toBeGreaterThan(rows / 2);
  });

  it('reads dark ink on light paper of another size, and passes over a dash', { tags: ['slow'] }, async () => {
    let right = 0;
    for (let seed = 0; seed < 3; seed++) {
      const { picture, bounds, text } = someRow(seed, 3, [-4, -3]);
      const { text: read, characters } = await readString(recognizer, onPaper(picture));
      if (read !== text) continue;
      right++;
      expect(Math.abs(characters[2]!.bounds.left - 2 * bounds[2]!.left)).toBeLessThanOrEqual(5);
    }
    expect(right).toBeGreaterThanOrEqual(2);
  });

  it('reads nothing in paper', async () => {
    expect(await readString(recognizer, blankPicture(60, 30, 200))).toEqual({ text: '', characters: [] });
  });

  it('answers no character where the recogniser has a class for that', async () => {
    const knowing: Pick<Recognizer, 'recognizeAll'> = {
      async recognizeAll(inputs) {
        const answers = await recognizer.recognizeAll(inputs);
        return answers.map((answer) => {
          if (answer.empty) return answer;
          const alternatives = [
            ...answer.alternatives.map((one) => ({ ...one, confidence: 0.9 * one.confidence })),
            { label: noCharacter, confidence: 0.1 },
          ];
          return { ...answer, alternatives: alternatives.sort((one, other) => other.confidence - one.confidence) };
        });
      },
    };
    const { picture, text } = someRow(0, 3, [-4, -3]);
    const reading = await readString(knowing, picture);
    expect(reading.text).toBe(text);
    expect(reading.characters[0]!.confidence).toBeLessThanOrEqual(0.9);
    expect(reading.characters[0]!.alternatives.map(({ label }) => label)).not.toContain(noCharacter);
  });

  it('comes to an end on any picture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }).chain((width) =>
          fc.uint8Array({ minLength: width, maxLength: 12 * width }).map((bytes) => {
            const height = Math.floor(bytes.length / width);
            return { width, height, pixels: bytes.slice(0, width * height) };
          }),
        ),
        async (picture) => {
          const { characters } = await readString(recognizer, picture);
          for (const { bounds } of characters) expect(bounds.width * bounds.height).toBeGreaterThan(0);
        },
      ),
      { numRuns: 15 },
    );
  });
});

it('reads a texture of specks in bounded time, and a line without a cut as something', { tags: ['slow'] }, async () => {
  const random = randomStream(1, 'specks');
  const specks = Uint8Array.from({ length: 240 * 40 }, () => (random.uniform() < 0.2 ? 255 : 0));
  expect((await readString(recognizer, { width: 240, height: 40, pixels: specks })).text.length).toBeLessThan(240);
  const block = blankPicture(160, 30);
  for (let y = 5; y < 25; y++) block.pixels.fill(255, y * 160 + 10, y * 160 + 150);
  expect((await readString(recognizer, block)).characters.length).toBeGreaterThan(0);
});

describe('lineInk', () => {
  it('leaves out a dash and a line below, and knows how high the digits are', () => {
    const { picture, bounds } = someRow(3, 3, [-4, -3]);
    const paper = onPaper(picture);
    for (let y = paper.height - 3; y < paper.height; y++) paper.pixels.fill(40, y * paper.width, (y + 1) * paper.width);
    const line = lineInk(paper)!;
    expect(Math.abs(line.size - 2 * bounds[0]!.height)).toBeLessThanOrEqual(3);
    for (let y = 0; y < paper.height; y++) {
      for (let x = 2 * picture.width; x < paper.width; x++) expect(line.ink.amounts[y * paper.width + x]).toBe(0);
    }
    expect(line.ink.amounts.subarray(-paper.width).every((value) => value === 0)).toBe(true);
    expect(line.scale).toBe(1);
  });
});
