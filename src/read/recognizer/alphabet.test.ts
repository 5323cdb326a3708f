// Answers restricted to an alphabet, by every way to open a recogniser, each held against a slow reference that starts
// from what the members answer by themselves. Networks with random weights and made-up labels: they disagree on almost
// everything.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { perturbedCopy } from '../../../test/parity/perturbedCopy.ts';
import { digitModel } from '../../../test/parity/runtimeModels.ts';
import { alphabets, UsageError } from '../../core/floor.ts';
import {
  committeeCard,
  mergeModels,
  type OnnxModel,
  type VotingRule,
  votingRules,
  withModelCard,
  writeOnnx,
} from '../../onnx/floor.ts';
import { mnistFraming, type Picture } from '../../picture/floor.ts';
import type { RecognizeOptions } from './allowedClasses.ts';
import { answerOf, type Member } from './answer.ts';
import { choiceOf } from './choice.ts';
import { createRecognizer } from './createRecognizer.ts';
import type { RecognizerOptions } from './modelReading.ts';
import type { Recognised, Recognition, Recognizer } from './recognition.ts';
import { remoteRecognizer } from './remoteRecognizer.ts';
import { serveRecognizer } from './serveRecognizer.ts';

/** In no order of any alphabet, as a model's classes may stand. */
const labels = ['x', '7', 'A', '1', 'b', 'B', '?', '0', 'C', 'a'];
const temperatures = [0.7, 1, 1.5, 2, 4];
const temperature = 1.25;

const members: readonly OnnxModel[] = temperatures.map((own, index) =>
  withModelCard(perturbedCopy(digitModel(), index + 1, 0.5), {
    format: 1,
    name: 'random',
    description: 'Random weights.',
    labels,
    framing: mnistFraming,
    temperature: own,
  }),
);
const merged = (rule: VotingRule): OnnxModel =>
  mergeModels(members, committeeCard(members, { name: 'five', description: '', rule, temperature }));

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const remote = (models: Uint8Array | readonly Uint8Array[], options?: RecognizerOptions): Promise<Recognizer> => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveRecognizer(port2);
  return remoteRecognizer(port1, models, options);
};

/** Pictures with a leaning stroke and a cross stroke, on which the members differ. */
const pictures: readonly Picture[] = Array.from({ length: 15 }, (_, index) => {
  const [width, height] = [60, 80];
  const pixels = new Uint8Array(width * height).fill(230);
  const [lean, cross] = [(index * 7) % 41, 15 + ((index * 11) % 50)];
  for (let row = 15; row < 65; row++) {
    const middle = 10 + Math.round(((row - 15) / 50) * lean);
    for (let column = middle - 2; column <= middle + 2; column++) pixels[row * width + column] = 20;
  }
  for (let column = 5; column < 10 + (index % 45); column++)
    pixels.fill(20, cross * width + column, cross * width + column + 1);
  return { width, height, pixels };
});

const written = (answer: Recognition | undefined): Recognised => {
  if (answer === undefined || answer.empty) throw new Error('expected ink');
  return answer;
};

/** What each member answers by itself, without an alphabet: `[member][picture]`. */
let alone: readonly Recognised[][];
beforeAll(async () => {
  alone = await Promise.all(
    members.map(async (member) => (await createRecognizer(member).recognizeAll(pictures)).map(written)),
  );
});

/** Place of the largest, the first of equals; `other` settles what is equal. */
function largest(values: readonly number[], other: readonly number[] = values): number {
  let best = 0;
  values.forEach((value, index) => {
    if (value > values[best]! || (value === values[best] && other[index]! > other[best]!)) best = index;
  });
  return best;
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/** What the members' own probabilities come to, when only these texts may be answered. */
function reference(picture: number, allowed: readonly string[], rule?: VotingRule) {
  const kept = labels.filter((label) => allowed.includes(label));
  const opinions = (rule === undefined ? alone.slice(0, 1) : alone).map((answers) =>
    normalised(kept.map((label) => answers[picture]!.probabilities[labels.indexOf(label)]!)),
  );
  const votes = kept.map((_, index) => opinions.filter((opinion) => largest(opinion) === index).length);
  const sums = kept.map((_, index) => opinions.reduce((sum, opinion) => sum + opinion[index]!, 0));
  const products = kept.map((_, index) => opinions.reduce((product, opinion) => product * opinion[index]! ** 0.2, 1));
  const base = rule === 'meanLogit' ? products : sums;
  const winner = rule === 'votes' ? largest(votes, sums) : largest(base);
  const probabilities =
    rule === undefined ? opinions[0]! : normalised(normalised(base).map((share) => share ** (1 / temperature)));
  const at = (values: readonly number[], label: string): number => values[kept.indexOf(label)] ?? 0;
  return {
    label: kept[winner]!,
    kept,
    said: opinions.map((opinion) => kept[largest(opinion)]!),
    votes: labels.map((label) => at(votes, label)),
    probabilities: labels.map((label) => at(probabilities, label)),
  };
}

function expectRestricted(answer: Recognised, expected: ReturnType<typeof reference>): void {
  expect(answer.label).toBe(expected.label);
  const off = expected.probabilities.map((value, index) => Math.abs(answer.probabilities[index]! - value));
  expect(Math.max(...off)).toBeLessThan(1e-5);
  const outside = labels.filter((label) => !expected.kept.includes(label));
  expect(outside.filter((label) => answer.probabilities[labels.indexOf(label)] !== 0)).toEqual([]);
  expect(answer.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  expect(answer.confidence).toBe(answer.probabilities[labels.indexOf(answer.label)]);
  expect(answer.alternatives.map(({ label }) => label).sort()).toEqual([...expected.kept].sort());
  expect(answer.alternatives[0]).toEqual({ label: answer.label, confidence: answer.confidence });
  const others = answer.alternatives.slice(1).map(({ confidence }) => confidence);
  expect(others).toEqual([...others].sort((left, right) => right - left));
}

/** Alphabets with the texts that they leave of the labels. */
const cases: readonly (readonly [NonNullable<RecognizeOptions['alphabet']>, readonly string[]])[] = [
  ['digits', ['7', '1', '0']],
  ['upper', ['A', 'B', 'C']],
  ['lower', ['x', 'b', 'a']],
  ['letters', ['x', 'A', 'b', 'B', 'C', 'a']],
  ['alphanumeric', labels.filter((label) => label !== '?')],
  [['?'], ['?']],
  [
    ['b', '?', 'digits', 'b'],
    ['7', '1', 'b', '?', '0'],
  ],
  [labels, labels],
];

const singles: Readonly<Record<string, (options?: RecognizerOptions) => Promise<Recognizer>>> = {
  direct: async (options) => createRecognizer(members[0]!, options),
  'behind a port': (options) => remote(writeOnnx(members[0]!), options),
};
const committees: Readonly<Record<string, (rule: VotingRule, options?: RecognizerOptions) => Promise<Recognizer>>> = {
  'in one file': async (rule, options) => createRecognizer(merged(rule), options),
  'of several files': async (rule, options) => createRecognizer(members, { rule, temperature, ...options }),
  'in one file, behind a port': (rule, options) => remote(writeOnnx(merged(rule)), options),
  'of several files, behind a port': (rule, options) =>
    remote(members.map(writeOnnx), { rule, temperature, ...options }),
};

describe.each(Object.entries(singles))('a single network, %s', (_name, open) => {
  it.each(cases)('restricts its answers to %j', async (alphabet, allowed) => {
    const recognizer = await open();
    const answers = (await recognizer.recognizeAll(pictures, { alphabet })).map(written);
    answers.forEach((answer, index) => {
      expectRestricted(answer, reference(index, allowed));
    });
    expect(await recognizer.recognize(pictures[3]!, { alphabet })).toEqual(answers[3]);
    const framed = answers.map((answer) => answer.framed);
    expect(await recognizer.recognizeFramed(framed, { alphabet })).toEqual(answers);
    recognizer.dispose();
  });

  it('restricts every call by its own option, which a call may change or lift', async () => {
    const [free, digits] = [await open(), await open({ alphabet: 'digits' })];
    expect(digits.labels).toEqual(labels);
    const all = await free.recognizeAll(pictures);
    expect(await digits.recognizeAll(pictures)).toEqual(await free.recognizeAll(pictures, { alphabet: 'digits' }));
    expect(await digits.recognizeAll(pictures)).not.toEqual(all);
    const upper = { alphabet: ['A', 'B', 'C'] };
    expect(await digits.recognizeAll(pictures, upper)).toEqual(await free.recognizeAll(pictures, upper));
    expect(await digits.recognizeAll(pictures, { alphabet: digits.labels })).toEqual(all);
    expect(await digits.recognizeAll(pictures, {})).toEqual(await digits.recognizeAll(pictures));
  });

  it('says empty, whatever the alphabet', async () => {
    const recognizer = await open({ alphabet: 'upper' });
    expect(await recognizer.recognize({ strokes: [] })).toEqual({ empty: true });
    expect(await recognizer.recognize({ strokes: [] }, { alphabet: 'lower' })).toEqual({ empty: true });
  });

  it('refuses an alphabet of which it knows nothing, naming its classes; also when there is nothing to read', async () => {
    const recognizer = await open();
    const refused = async (alphabet: unknown, text: RegExp): Promise<void> => {
      const choice = { alphabet } as RecognizeOptions;
      for (const ask of [
        recognizer.recognize(pictures[0]!, choice),
        recognizer.recognizeAll([], choice),
        recognizer.recognizeFramed([], choice),
        open(choice),
      ]) {
        const error: unknown = await ask.then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(UsageError);
        expect((error as Error).message).toMatch(text);
      }
    };
    await refused(
      ['A', 'Z', 'upper'],
      /alphabet: expected classes of the model \(x 7 A 1 b B \? 0 C a\).*received "Z"$/,
    );
    await refused(['Z', 'Y'], /received "Z", "Y"$/);
    await refused(['d', 'e', ...alphabets.upper.slice(3)], /received "d", "e", "D".* and 13 more$/);
    await refused('digit', /alphabet: expected digits, upper.*received "digit"$/);
    await refused([], /expected digits, upper.*received \[\]$/);
    await refused([3], /expected class texts in the list, received 3$/);
    await refused({ digits: true }, /received \{"digits":true\}$/);
    await refused(null, /received null$/);
  });
});

it('a network without the characters of a name refuses it, listing its classes', async () => {
  const digits = createRecognizer(
    { ...members[0]!, metadata: {} },
    { labels: alphabets.digits, framing: mnistFraming },
  );
  await expect(digits.recognize(pictures[0]!, { alphabet: 'letters' })).rejects.toThrow(
    /expected classes of the model \(0 1 2 3 4 5 6 7 8 9\).*received "letters"$/,
  );
  await expect(digits.recognize(pictures[0]!, { alphabet: ['upper', 'lower'] })).rejects.toThrow(
    /received "upper", "lower"$/,
  );
  expect(await digits.recognize(pictures[0]!, { alphabet: 'alphanumeric' })).toEqual(
    await digits.recognize(pictures[0]!),
  );
});

describe.each(votingRules)('a committee that decides by %s', (rule) => {
  it.each(Object.entries(committees))('%s votes among what is allowed', async (_name, open) => {
    const recognizer = await open(rule);
    let changed = 0;
    for (const [alphabet, allowed] of [cases[0]!, cases[3]!, cases[6]!]) {
      const answers = (await recognizer.recognizeAll(pictures, { alphabet })).map(written);
      for (const [index, answer] of answers.entries()) {
        const expected = reference(index, allowed, rule);
        expectRestricted(answer, expected);
        expect(answer.votes).toEqual(expected.votes);
        expect(answer.members!.map(({ label }) => label)).toEqual(expected.said);
        expect(answer.rule).toBe(rule);
        // Somebody who voted for another class votes again, for the best of those that are left.
        if (alone.some((own) => !allowed.includes(own[index]!.label))) changed++;
      }
    }
    expect(changed).toBeGreaterThan(0);
    const own = await open(rule, { alphabet: 'digits' });
    expect(await own.recognizeAll(pictures)).toEqual(await recognizer.recognizeAll(pictures, { alphabet: 'digits' }));
    recognizer.dispose();
    own.dispose();
  });
});

describe('restricted answers, whatever the scores', () => {
  const framed: Picture = { width: 1, height: 1, pixels: new Uint8Array(1) };
  /** Distinct texts for any number of classes. */
  const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);
  const situations = fc
    .record({
      classes: fc.integer({ min: 1, max: 62 }),
      members: fc.integer({ min: 1, max: 5 }),
      seed: fc.infiniteStream(fc.float({ min: -300, max: 300, noNaN: true })),
      chosen: fc.infiniteStream(fc.boolean()),
      own: fc.infiniteStream(fc.float({ min: Math.fround(0.05), max: 20, noNaN: true })),
    })
    .map(({ classes, members: count, seed, chosen, own }) => {
      const next = <T>(stream: Iterator<T>): T => stream.next().value as T;
      const texts = named(classes);
      const some = texts.filter(() => next(chosen));
      const list: readonly Member[] = Array.from({ length: count }, (_, index) => ({
        name: `m${index}`,
        temperature: next(own),
        probabilities: false,
      }));
      const scores = list.map(() => Float32Array.from({ length: classes }, () => next(seed)));
      return { texts, some: some.length === 0 ? texts.slice(0, 1) : some, list, scores };
    });

  it('a single network: they sum to 1, keep their ratios and leave nothing to the others', () => {
    fc.assert(
      fc.property(situations, ({ texts, some, list, scores }) => {
        const one = [list.slice(0, 1), scores.slice(0, 1), undefined, framed] as const;
        const whole = answerOf(texts, ...one, {}).probabilities;
        const { probabilities, alternatives } = answerOf(texts, ...one, choiceOf(texts, { alphabet: some }));
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
        expect(alternatives.map(({ label }) => label).sort()).toEqual([...some].sort());
        const kept = texts.map((text) => some.includes(text));
        const sum = whole.reduce((total, value, index) => total + (kept[index] ? value : 0), 0);
        expect(probabilities.filter((value, index) => !kept[index] && value !== 0)).toHaveLength(0);
        // Where what is left had next to nothing of the whole, float32 has lost its ratios; the scores have not.
        if (sum < 1e-30) return;
        const off = probabilities.map((value, index) => (kept[index] ? Math.abs(value - whole[index]! / sum) : 0));
        expect(Math.max(...off)).toBeLessThan(1e-4);
      }),
    );
  });

  it('a committee: it answers as one of networks that have no other classes', () => {
    fc.assert(
      fc.property(situations, fc.constantFrom(...votingRules), ({ texts, some, list, scores }, rule) => {
        const committee = { rule, temperature: 1.5 };
        const indices = some.map((text) => texts.indexOf(text));
        const fewer = scores.map((row) => Float32Array.from(indices, (index) => row[index]!));
        const expected = answerOf(some, list, fewer, committee, framed, {});
        const answer = answerOf(texts, list, scores, committee, framed, choiceOf(texts, { alphabet: some }));
        const { votes, probabilities, ...rest } = answer;
        const { votes: fewVotes, probabilities: fewProbabilities, ...fewRest } = expected;
        expect(rest).toEqual(fewRest);
        expect(indices.map((index) => votes![index])).toEqual(fewVotes);
        expect(indices.map((index) => probabilities[index])).toEqual([...fewProbabilities]);
        expect(votes!.reduce((sum, count) => sum + count, 0)).toBe(list.length);
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
      }),
    );
  });

  it('probabilities of 0 as scores, as some models give them, still make an answer', () => {
    const member = { name: '', temperature: 1, probabilities: true };
    const scores = Float32Array.of(1, 0, 0, 1e-20);
    const texts = named(4);
    const read = (...some: string[]) => [
      ...answerOf(texts, [member], [scores], undefined, framed, choiceOf(texts, { alphabet: some })).probabilities,
    ];
    expect(read('c1', 'c2')).toEqual([0, 0.5, 0.5, 0]);
    expect(read('c2', 'c3')[3]).toBeCloseTo(1, 5);
    expect(read('c0', 'c1')[0]).toBe(1);
  });
});
