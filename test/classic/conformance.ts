// What every system of the comparison must do, whatever it is: one suite, run by the test of each kind on real digits.
// Accuracy and bits, never time.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Classifier, ClassifierHost, ClassifierKind, FitOptions } from '../../src/classic/classifier.ts';
import { readClassifier, writeClassifier } from '../../src/classic/savedClassifier.ts';
import { CancelledError, FormatError, ShapeError, UsageError } from '../../src/core/floor.ts';
import { resizePicture } from '../../src/picture/floor.ts';
import { onnxRuntimeEngine, openDataset } from '../../src/platform/node/floor.ts';
import type { Dataset, Samples } from '../../src/samples/floor.ts';
import { countOf, limitSamples, materialize, relabel, splitSamples, subset } from '../../src/samples/floor.ts';

/** A kind under test. */
export interface ConformanceCase {
  /** Settings may be smaller than those of the comparison, so that the suite takes seconds. */
  readonly kind: (host: ClassifierHost) => ClassifierKind;
  /** Share of 200 digits that must be right after learning from 300 others. */
  readonly accuracy: number;
  /**
   * Of the pictures 20 wide and 24 high of the digits 0, 1 and 2, after learning from 90; absent: it reads 28 x 28
   * only.
   */
  readonly otherSizeAccuracy?: number;
  /** Samples to learn from and to be asked about; default 300 and 200. */
  readonly train?: number;
  readonly test?: number;
}

/** The host of the tests: the real engine. */
export const testHost: ClassifierHost = { engine: onnxRuntimeEngine, now: () => performance.now() };

/** Digits of MNIST's training set to learn from, and others of it to be asked about; never its test set. */
export async function someDigits(train: number, test: number): Promise<{ train: Dataset; test: Dataset }> {
  const drawn = limitSamples(await openDataset('mnist:train'), train + test, 5);
  const split = splitSamples(drawn, { validation: test / (train + test), seed: 5 });
  return { train: materialize(split.train), test: materialize(split.validation) };
}

/** Share of the pictures whose class has the highest score. */
export async function accuracyOf(classifier: Classifier, data: Dataset): Promise<number> {
  const { scores } = await classifier.predict(data.images);
  let right = 0;
  for (let row = 0; row < data.count; row++) if (bestOf(scores, row, data.labels.length) === data.targets[row]) right++;
  return right / data.count;
}

function bestOf(scores: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let index = 1; index < classes; index++) {
    if (scores[row * classes + index]! > scores[row * classes + best]!) best = index;
  }
  return best;
}

/** Puts a kind through the suite. */
export function testConformance(testCase: ConformanceCase): void {
  const kind = testCase.kind(testHost);
  const pixels = 28 * 28;
  let digits: { train: Dataset; test: Dataset };
  let learnt: Classifier;
  const shares: number[] = [];
  const learn = (samples: Samples, options: Partial<FitOptions> = {}): Promise<Classifier> =>
    kind.fit(samples, { seed: 3, ...options });

  describe(`${kind.name}, as every classifier`, { tags: ['slow'] }, () => {
    beforeAll(async () => {
      digits = await someDigits(testCase.train ?? 300, testCase.test ?? 200);
      learnt = await learn(digits.train, { onProgress: (share) => shares.push(share) });
    });

    it('says what it is', () => {
      expect(kind.name).toMatch(/^[a-z0-9-]{1,64}$/);
      expect(kind.description).toMatch(/^[^\n]{20,200}$/);
      expect(JSON.parse(JSON.stringify(kind.settings))).toEqual(kind.settings);
      for (const module of kind.modules) expect(module).toMatch(/src\/classic\/.*\.ts$/);
      expect(learnt).toMatchObject({ kind: kind.name, labels: digits.train.labels, width: 28, height: 28 });
    });

    it('reads digits that it has not seen, and leaves the pictures as they are', async () => {
      const before = digits.test.images.slice();
      expect(await accuracyOf(learnt, digits.test)).toBeGreaterThanOrEqual(testCase.accuracy);
      expect(digits.test.images).toEqual(before);
    });

    it('tells its progress, never less than before, to the end', () => {
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual([...shares].sort((one, other) => one - other));
      expect(shares[0]).toBeGreaterThanOrEqual(0);
    });

    it('gives finite scores, of its kind, one a picture and class', async () => {
      const prediction = await learnt.predict(digits.test.images.subarray(0, 50 * pixels));
      expect(prediction.scores).toHaveLength(50 * 10);
      expectScores(kind, prediction.scores, 10);
      if (prediction.rejected !== undefined) expect(prediction.rejected).toHaveLength(50);
    });

    it('answers a picture alike among others and alone', async () => {
      const { scores: together } = await learnt.predict(digits.test.images.subarray(0, 6 * pixels));
      for (const row of [0, 5]) {
        const { scores: alone } = await learnt.predict(digits.test.images.subarray(row * pixels, (row + 1) * pixels));
        for (let index = 0; index < 10; index++) expect(alone[index]).toBeCloseTo(together[row * 10 + index]!, 4);
      }
    });

    it('answers nothing to nothing, and finite scores to blank and to full pictures', async () => {
      expect((await learnt.predict(new Uint8Array())).scores).toHaveLength(0);
      const extremes = new Uint8Array(2 * pixels).fill(255, pixels);
      expectScores(kind, (await learnt.predict(extremes)).scores, 10);
    });

    it('refuses part of a picture', async () => {
      await expect(learnt.predict(new Uint8Array(pixels + 1))).rejects.toThrow(ShapeError);
    });

    it('learns the same from the same samples and seed', async () => {
      const few = limitSamples(digits.train, 60, 1);
      const [one, other] = [await learn(few), await learn(few)];
      const pictures = digits.test.images.subarray(0, 30 * pixels);
      expect(bitsOf(await one.predict(pictures))).toEqual(bitsOf(await other.predict(pictures)));
      await one.dispose?.();
      await other.dispose?.();
    });

    it('gives the same answers, bit for bit, out of its file', async () => {
      const restored = await throughFile(kind, learnt);
      expect(restored).toMatchObject({ kind: kind.name, labels: learnt.labels, width: 28, height: 28 });
      expect(bitsOf(await restored.predict(digits.test.images))).toEqual(
        bitsOf(await learnt.predict(digits.test.images)),
      );
      expect(Buffer.compare(writeClassifier(restored.save()), writeClassifier(learnt.save()))).toBe(0);
      await restored.dispose?.();
    });

    it('refuses files that are cut off, damaged or of another kind', async () => {
      const bytes = writeClassifier(learnt.save());
      const open = async (changed: Uint8Array): Promise<Classifier> =>
        kind.restore(readClassifier(changed, 'some.file'), 'some.file');
      for (const share of [0, 0.01, 0.5, 0.99]) {
        const cut = bytes.slice(0, Math.floor(share * bytes.length));
        await expect(open(cut), `cut at ${share}`).rejects.toThrow(/^some\.file: /);
      }
      // Spread over the file, so that names, sizes, settings and weights are all hit.
      for (let hit = 1; hit < 12; hit++) {
        const damaged = bytes.slice();
        damaged[Math.floor((hit / 12) * bytes.length)]! ^= 1 << (hit % 8);
        await expect(open(damaged), `hit ${hit}`).rejects.toThrow(FormatError);
      }
      const saved = learnt.save();
      const without = writeClassifier({ ...saved, tensors: saved.tensors.slice(1) });
      await expect(open(without)).rejects.toThrow(FormatError);
      await expect(open(writeClassifier({ ...saved, settings: { nonsense: 1 } }))).rejects.toThrow(FormatError);
    });

    it('refuses samples that teach nothing', async () => {
      const { train } = digits;
      const sevens = subset(
        train,
        [...train.targets.keys()].filter((at) => train.targets[at] === 7),
      );
      await expect(learn(subset(train, []))).rejects.toThrow(UsageError);
      await expect(learn(subset(train, [0]))).rejects.toThrow(UsageError);
      await expect(learn(sevens)).rejects.toThrow(/fewer of 0 1 2/);
      await expect(learn(relabel(sevens, (label) => (label === '7' ? '7' : undefined)))).rejects.toThrow(/two classes/);
      await expect(learn({ ...train, images: new Uint8Array(train.images.length) })).rejects.toThrow(/all the same/);
    });

    it('stops when it is told to', async () => {
      await expect(learn(digits.train, { cancelled: () => true })).rejects.toThrow(CancelledError);
      let asked = 0;
      const later = learn(digits.train, { cancelled: () => ++asked > 2 });
      // A kind that looks once or twice in all may be done before.
      await later.then((done) => done.dispose?.()).catch((error) => expect(error).toBeInstanceOf(CancelledError));
    });

    it('learns other classes', async () => {
      const three = materialize(relabel(digits.train, (label) => (Number(label) < 3 ? `class ${label}` : undefined)));
      const classifier = await learn(three);
      expect(classifier.labels).toEqual(['class 0', 'class 1', 'class 2']);
      expectScores(kind, (await classifier.predict(three.images)).scores, 3);
      const others = materialize(relabel(digits.test, (label) => (Number(label) < 3 ? `class ${label}` : undefined)));
      expect(await accuracyOf(classifier, others)).toBeGreaterThan(0.6);
      await classifier.dispose?.();
    });

    if (testCase.otherSizeAccuracy === undefined) return;
    it('learns pictures of another size, not square', async () => {
      const chosen = (samples: Samples): Dataset =>
        resized(materialize(relabel(samples, (label) => (Number(label) < 3 ? label : undefined))), 20, 24);
      const classifier = await learn(chosen(digits.train));
      expect(classifier).toMatchObject({ width: 20, height: 24 });
      expect(await accuracyOf(classifier, chosen(digits.test))).toBeGreaterThanOrEqual(testCase.otherSizeAccuracy!);
      const restored = await throughFile(kind, classifier);
      const { images } = chosen(digits.test);
      expect(bitsOf(await restored.predict(images))).toEqual(bitsOf(await classifier.predict(images)));
      await classifier.dispose?.();
      await restored.dispose?.();
    });
  });
}

function throughFile(kind: ClassifierKind, classifier: Classifier): Promise<Classifier> {
  return kind.restore(readClassifier(writeClassifier(classifier.save()), 'test'), 'test');
}

function bitsOf({ scores }: { scores: Float32Array }): Uint32Array {
  return new Uint32Array(scores.slice().buffer);
}

function resized(data: Dataset, width: number, height: number): Dataset {
  const images = new Uint8Array(countOf(data) * width * height);
  const pixels = data.width * data.height;
  for (let at = 0; at < data.count; at++) {
    const own = data.images.subarray(at * pixels, (at + 1) * pixels);
    const picture = resizePicture({ width: data.width, height: data.height, pixels: own }, width, height);
    images.set(picture.pixels, at * width * height);
  }
  return { ...data, width, height, images };
}

function expectScores(kind: ClassifierKind, scores: Float32Array, classes: number): void {
  expect(scores.every(Number.isFinite)).toBe(true);
  const within = (least: number, most: number): boolean => scores.every((value) => value >= least && value <= most);
  for (let row = 0; row < scores.length; row += classes) {
    const own = scores.subarray(row, row + classes);
    if (kind.scores === 'probability') expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    if (kind.scores === 'logProbability') {
      expect(own.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 4);
    }
  }
  if (kind.scores === 'probability' || kind.scores === 'membership') expect(within(0, 1)).toBe(true);
  if (kind.scores === 'logProbability' || kind.scores === 'negativeDistance') {
    expect(within(Number.NEGATIVE_INFINITY, 0)).toBe(true);
  }
  if (kind.scores === 'votes') expect(within(0, Number.POSITIVE_INFINITY)).toBe(true);
}
