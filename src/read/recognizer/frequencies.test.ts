// Frequencies of classes: Bayes' rule on one network's and on a committee's answers, and their estimation from a pile
// without labels.
import { MessageChannel } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { perturbedCopy } from '../../../test/parity/perturbedCopy.ts';
import { digitModel } from '../../../test/parity/runtimeModels.ts';
import { randomStream, UsageError } from '../../core/floor.ts';
import { committeeCard, mergeModels, type OnnxModel, withModelCard, writeOnnx } from '../../onnx/floor.ts';
import { mnistFraming, type Picture } from '../../picture/floor.ts';
import { createRecognizer } from './createRecognizer.ts';
import { estimateFrequencies, type Frequencies } from './frequencies.ts';
import type { Recognised, Recognition } from './recognition.ts';
import { remoteRecognizer } from './remoteRecognizer.ts';
import { serveRecognizer } from './serveRecognizer.ts';

const labels = ['0', 'O', 'o', '1', 'l', 'I', '5', 'S', '9', 'g'];
const counts: Frequencies = { 0: 50, O: 3, o: 2, 1: 20, l: 5, 5: 9, S: 1, 9: 10 };
const members: readonly OnnxModel[] = [0.8, 1, 1.7].map((temperature, index) =>
  withModelCard(perturbedCopy(digitModel(), index + 1, 0.5), {
    ...{ format: 1, name: 'random', description: 'Random weights.', labels, framing: mnistFraming, temperature },
  }),
);
const pictures: readonly Picture[] = Array.from({ length: 12 }, (_, index) => {
  const random = randomStream(7, 'pictures', index);
  const pixels = new Uint8Array(40 * 50).fill(230);
  for (let row = 10; row < 40; row++) {
    const at = row * 40 + 8 + Math.floor(random.uniform() * 20);
    pixels.fill(20, at, at + 4);
  }
  return { width: 40, height: 50, pixels };
});
const written = (answers: readonly Recognition[]): Recognised[] =>
  answers.map((answer) => {
    if (answer.empty) throw new Error('expected ink');
    return answer;
  });

let alone: readonly Recognised[][];
beforeAll(async () => {
  alone = await Promise.all(
    members.map(async (member) => written(await createRecognizer(member).recognizeAll(pictures))),
  );
});

/** Bayes' rule, as it is written. */
function weighed(probabilities: ArrayLike<number>, frequencies: Frequencies): number[] {
  const products = labels.map((label, index) => probabilities[index]! * (frequencies[label] ?? 0));
  const sum = products.reduce((total, product) => total + product, 0);
  return products.map((product) => product / sum);
}

const farthest = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Math.max(...Array.from(left, (value, index) => Math.abs(value - right[index]!)));

describe('frequencies', () => {
  it("weigh a network's probabilities by Bayes' rule, in a call and for all calls", async () => {
    const told = written(await createRecognizer(members[0]!).recognizeAll(pictures, { frequencies: counts }));
    const always = written(await createRecognizer(members[0]!, { frequencies: counts }).recognizeAll(pictures));
    for (const [index, { probabilities, label, alternatives }] of told.entries()) {
      const expected = weighed(alone[0]![index]!.probabilities, counts);
      expect(farthest(probabilities, expected)).toBeLessThan(1e-6);
      expect(label).toBe(labels[expected.indexOf(Math.max(...expected))]);
      // A class that does not occur is no answer, and none to choose from.
      expect(alternatives.map((each) => each.label).filter((each) => each === 'I' || each === 'g')).toEqual([]);
      expect(always[index]).toEqual(told[index]);
    }
    expect(told.map(({ label }) => label)).not.toEqual(alone[0]!.map(({ label }) => label));
  });

  it('change nothing when they are equal, restrict like an alphabet where they are 0, and go with one', async () => {
    const recognizer = createRecognizer(members[1]!);
    const equal = written(
      await recognizer.recognizeAll(pictures, { frequencies: Object.fromEntries(labels.map((label) => [label, 7])) }),
    );
    const some = written(await recognizer.recognizeAll(pictures, { frequencies: { 0: 1, 5: 1 } }));
    const alphabet = written(await recognizer.recognizeAll(pictures, { alphabet: ['0', '5'] }));
    const both = written(await recognizer.recognizeAll(pictures, { alphabet: 'digits', frequencies: counts }));
    for (const index of pictures.keys()) {
      const { probabilities } = alone[1]![index]!;
      expect(farthest(equal[index]!.probabilities, probabilities)).toBeLessThan(1e-6);
      expect(farthest(some[index]!.probabilities, alphabet[index]!.probabilities)).toBeLessThan(1e-6);
      const digits = Object.fromEntries(Object.entries(counts).filter(([label]) => '0159'.includes(label)));
      expect(farthest(both[index]!.probabilities, weighed(probabilities, digits))).toBeLessThan(1e-6);
    }
  });

  it('weigh the opinion of each member of a committee before they vote, behind a port as well', async () => {
    const card = committeeCard(members, { name: 'three', description: '', rule: 'votes', temperature: 1.3 });
    const bytes = writeOnnx(mergeModels(members, card));
    const told = written(await createRecognizer(bytes).recognizeAll(pictures, { frequencies: counts }));
    for (const [index, { members: said, probabilities }] of told.entries()) {
      const opinions = alone.map((answers) => weighed(answers[index]!.probabilities, counts));
      expect(said!.map(({ label }) => label)).toEqual(
        opinions.map((opinion) => labels[opinion.indexOf(Math.max(...opinion))]),
      );
      const means = labels.map((_, c) => opinions.reduce((sum, opinion) => sum + opinion[c]!, 0) ** (1 / 1.3));
      const sum = means.reduce((total, mean) => total + mean, 0);
      expect(
        farthest(
          probabilities,
          means.map((mean) => mean / sum),
        ),
      ).toBeLessThan(1e-5);
    }
    const { port1, port2 } = new MessageChannel();
    try {
      serveRecognizer(port2);
      const remote = await remoteRecognizer(port1, bytes);
      expect(written(await remote.recognizeAll(pictures, { frequencies: counts }))).toEqual(told);
    } finally {
      port1.close();
      port2.close();
    }
  });

  it('stay finite where the network is sure of what never occurs', async () => {
    const sure = createRecognizer(members[0]!, { temperature: 1e-4 });
    const [answer] = written(await sure.recognizeAll(pictures.slice(0, 1), { frequencies: { I: 1e-9, g: 1e-9 } }));
    expect(answer!.probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 6);
  });

  it('are refused when they are not numbers from 0 up of classes of the model', async () => {
    const recognizer = createRecognizer(members[0]!);
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{ Q: 1 }, /expected classes of the model \(0 O .*received "Q"/],
      [{ 0: -1 }, /class 0: expected a number from 0 up, received -1/],
      [{ 0: Number.NaN }, /class 0: .*received NaN/],
      [{ 0: 'often' }, /class 0: .*received often/],
      [{ 0: 0 }, /above 0 for at least one class, received none/],
      [[1, 2], /expected an object of numbers by class text, received a list/],
      [null, /received null/],
    ];
    for (const [frequencies, message] of wrong) {
      const asked = recognizer.recognizeAll(pictures, { frequencies: frequencies as Frequencies });
      await expect(asked).rejects.toThrow(UsageError);
      await expect(asked).rejects.toThrow(message);
    }
    const outside = recognizer.recognizeAll(pictures, { alphabet: ['I'], frequencies: counts });
    await expect(outside).rejects.toThrow(/at least one class of the alphabet \(I\)/);
  });
});

describe('estimateFrequencies', () => {
  /**
   * Answers of a perfect judge of two bells that overlap, one left and one right of 0, who takes both for equally
   * frequent.
   */
  function pile(count: number, left: number, seed: number): { answers: Recognition[]; said: number } {
    const random = randomStream(seed, 'bells');
    let said = 0;
    const answers = Array.from({ length: count }, (_, index) => {
      const place = random.normal() + (index < left * count ? -0.75 : 0.75);
      const probability = 1 / (1 + Math.exp(1.5 * place));
      if (probability > 0.5) said++;
      return { empty: false, probabilities: Float32Array.of(probability, 1 - probability) } as Recognition;
    });
    return { answers, said: said / count };
  }

  it('finds how often classes occur where counting the answers does not', () => {
    const { answers, said } = pile(4000, 0.95, 1);
    const { left, right } = estimateFrequencies(answers, ['left', 'right']);
    expect(left! + right!).toBeCloseTo(1, 9);
    expect(Math.abs(left! - 0.95)).toBeLessThan(0.03);
    expect(Math.abs(said - 0.95)).toBeGreaterThan(0.15);
  });

  it('is held back by pseudo-counts, the more the smaller the pile; passes over empty answers and impossible classes', () => {
    const { answers } = pile(20, 1, 2);
    const shares = (pseudoCount: number): number =>
      estimateFrequencies([{ empty: true }, ...answers], ['left', 'right'], pseudoCount).left!;
    expect(shares(0)).toBeGreaterThan(shares(3));
    expect(shares(3)).toBeGreaterThan(shares(30));
    expect(shares(30)).toBeGreaterThan(0.5);
    const three = answers.map((answer) => ({
      ...{ empty: false as const, probabilities: Float32Array.of(...(answer as Recognised).probabilities, 0) },
    }));
    expect(Object.keys(estimateFrequencies(three, ['left', 'right', 'none']))).toEqual(['left', 'right']);
  });

  it('learns from a few pictures of which kind they are, and keeps equal what it knows nothing of', () => {
    // Twelve zeros that may as well be capital or small letters, and eight digits that are plain.
    const texts = ['0', 'O', 'o', '7', 'T', 't'];
    const doubtful = Float32Array.of(0.32, 0.35, 0.33, 0, 0, 0);
    const plain = Float32Array.of(0, 0, 0, 0.96, 0.02, 0.02);
    const answers = Array.from({ length: 20 }, (_, index) => ({
      ...{ empty: false as const, probabilities: index < 12 ? doubtful : plain },
    }));
    const found = estimateFrequencies(answers, texts);
    expect(found['0']).toBeGreaterThan(2 * found.O!);
    // By itself, the class that has a little more takes all.
    const apart = estimateFrequencies(answers, texts, 0);
    expect(apart.O).toBeGreaterThan(apart['0']!);
  });

  it('refuses a pile without an answer', () => {
    expect(() => estimateFrequencies([], labels)).toThrow(UsageError);
    expect(() => estimateFrequencies([{ empty: true }], labels)).toThrow(/received none/);
  });
});
