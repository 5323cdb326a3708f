// @module-tag slow
import { beforeAll, describe, expect, it } from 'vitest';
import { someDigits, testHost } from '../../../../test/classic/conformance.ts';
import { randomStream, UsageError } from '../../../core/floor.ts';
import { noCharacter, readString } from '../../../read/floor.ts';
import type { Dataset } from '../../../samples/data/dataset.ts';
import { pictureAt } from '../../../samples/data/pictures.ts';
import type { Classifier, ClassifierKind } from '../../classifier.ts';
import { nearestNeighbours } from '../../systems/nearest/nearestNeighbours.ts';
import { classifierReader } from './classifierReader.ts';
import { pieceSamples } from './pieceSamples.ts';
import { touchingRow } from './touchingRow.ts';

let digits: { train: Dataset; test: Dataset };
beforeAll(async () => {
  digits = await someDigits(300, 100);
});

const config = { overlap: [-2, 1], jitter: 2, rows: 40, length: 3, others: 4 } as const;

describe('touchingRow', () => {
  it('lets neighbours touch by as much as it was told, and says where they stand', () => {
    for (const overlap of [-3, 0, 2]) {
      const random = randomStream(1, 'row', overlap + 3);
      const pictures = [0, 1, 2, 3].map((index) => pictureAt(digits.test, index));
      const { picture, bounds, owners } = touchingRow(pictures, { overlap: [overlap, overlap], jitter: 0 }, random);
      expect(bounds).toHaveLength(4);
      for (let right = 1; right < 4; right++) {
        // Seen row by row, the ink of both comes as close as the overlap, and nowhere closer.
        let closest = Number.NEGATIVE_INFINITY;
        for (let y = 0; y < picture.height; y++) {
          const end = lastOf(pictures[right - 1]!, y - bounds[right - 1]!.top);
          const start = firstOf(pictures[right]!, y - bounds[right]!.top);
          if (end === undefined || start === undefined) continue;
          closest = Math.max(closest, bounds[right - 1]!.left + end + 1 - bounds[right]!.left - start);
        }
        expect(closest).toBe(overlap);
      }
      expect(new Set(owners)).toEqual(new Set([0, 1, 2, 3, 4]));
      picture.pixels.forEach((value, at) => {
        expect(owners[at]! > 0).toBe(value > 0);
      });
    }
  });

  it('is the same for the same random stream', () => {
    const pictures = [pictureAt(digits.test, 5), pictureAt(digits.test, 6)];
    const row = (seed: number): unknown => touchingRow(pictures, { overlap: [-2, 3], jitter: 3 }, randomStream(seed));
    expect(row(1)).toEqual(row(1));
    expect(row(1)).not.toEqual(row(2));
  });
});

describe('pieceSamples', () => {
  it('are digits of every class and what is none, framed, the same by seed', () => {
    const pieces = pieceSamples(digits.train, config, 1);
    expect(pieces.labels).toEqual([...digits.train.labels, noCharacter]);
    const counts = pieces.labels.map((_, index) => pieces.targets.filter((target) => target === index).length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.at(-1)).toBeLessThanOrEqual(config.rows * config.others);
    expect(pieces.images).toHaveLength(pieces.count * 784);
    expect(pieceSamples(digits.train, { ...config, rows: 3 }, 1).images).toEqual(
      pieceSamples(digits.train, { ...config, rows: 3 }, 1).images,
    );
  });
});

describe('a compared system as a reader of rows', () => {
  const kind: ClassifierKind = nearestNeighbours(testHost);
  let plain: Classifier;
  let knowing: Classifier;
  beforeAll(async () => {
    plain = await kind.fit(digits.train, { seed: 1 });
    knowing = await kind.fit(pieceSamples(digits.train, config, 2), { seed: 1 });
  });

  const readRight = async (classifier: Classifier, length: number): Promise<number> => {
    const reader = classifierReader(classifier, kind.scores);
    let right = 0;
    for (let seed = 0; seed < 16; seed++) {
      const random = randomStream(seed, 'segmentation test');
      const chosen = Array.from({ length }, () => random.integer(digits.test.count));
      const pictures = chosen.map((index) => pictureAt(digits.test, index));
      const { picture } = touchingRow(pictures, { overlap: [-1, 1], jitter: 2 }, random);
      const { characters } = await readString(reader, picture);
      if (characters.length === length) right++;
    }
    return right;
  };

  it('finds how many digits touch, no less often when it has learnt what is none', async () => {
    const [without, withClass] = [await readRight(plain, 2), await readRight(knowing, 2)];
    expect(withClass).toBeGreaterThanOrEqual(10);
    expect(withClass).toBeGreaterThanOrEqual(without);
  });

  it('gives probabilities that sum to 1, ranked, and nothing for paper', async () => {
    const [answer, empty] = await classifierReader(plain, kind.scores).recognizeAll([
      pictureAt(digits.test, 0),
      { width: 9, height: 9, pixels: new Uint8Array(81) },
    ]);
    expect(empty).toEqual({ empty: true });
    if (answer === undefined || answer.empty) throw new Error('expected an answer to a digit');
    expect(answer.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    const confidences = answer.alternatives.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((one, other) => other - one));
    expect(answer.label).toBe(answer.alternatives[0]!.label);
  });

  it('refuses a classifier of pictures that are framed otherwise', () => {
    const narrow = { ...plain, kind: 'narrow', labels: [], width: 20, height: 28 } as unknown as Classifier;
    expect(() => classifierReader(narrow, 'votes')).toThrow(UsageError);
  });
});

/** First and last column of ink of a row of a digit, seen from its own upper left corner of ink. */
function columnsOf(picture: { width: number; height: number; pixels: Uint8Array }, row: number): number[] {
  const inked = [...picture.pixels.keys()].filter((at) => picture.pixels[at]! > 127);
  const left = Math.min(...inked.map((at) => at % picture.width));
  const top = Math.min(...inked.map((at) => Math.floor(at / picture.width)));
  return inked.filter((at) => Math.floor(at / picture.width) - top === row).map((at) => (at % picture.width) - left);
}

function firstOf(picture: { width: number; height: number; pixels: Uint8Array }, row: number): number | undefined {
  const columns = columnsOf(picture, row);
  return columns.length > 0 ? Math.min(...columns) : undefined;
}

function lastOf(picture: { width: number; height: number; pixels: Uint8Array }, row: number): number | undefined {
  const columns = columnsOf(picture, row);
  return columns.length > 0 ? Math.max(...columns) : undefined;
}
