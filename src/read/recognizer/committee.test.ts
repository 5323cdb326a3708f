// A committee is one recogniser: the same answers from one file and from several, here and behind a port, each as the
// votes of its members read one by one say. Networks with random weights: they disagree on almost everything.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { perturbedCopy } from '../../../test/parity/perturbedCopy.ts';
import { digitModel } from '../../../test/parity/runtimeModels.ts';
import { FormatError, UsageError } from '../../core/floor.ts';
import {
  committeeCard,
  mergeModels,
  modelCardOf,
  type OnnxModel,
  type VotingRule,
  votingRules,
  withModelCard,
  writeOnnx,
} from '../../onnx/floor.ts';
import { mnistFraming, type Picture } from '../../picture/floor.ts';
import { vote } from '../committee/vote.ts';
import { createRecognizer } from './createRecognizer.ts';
import type { RecognizerOptions } from './modelReading.ts';
import type { Recognised, Recognizer } from './recognition.ts';
import { remoteRecognizer } from './remoteRecognizer.ts';
import { serveRecognizer } from './serveRecognizer.ts';

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const temperatures = [0.7, 1, 1.5, 2, 4];

/** Five networks with one name, each with a temperature of its own. */
const members: readonly OnnxModel[] = temperatures.map((temperature, index) =>
  withModelCard(perturbedCopy(digitModel(), index + 1, 0.5), {
    format: 1,
    name: 'random',
    description: 'Random weights.',
    labels,
    framing: mnistFraming,
    temperature,
  }),
);

const temperature = 1.25;
const file = (rule: VotingRule): OnnxModel =>
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

/** Every way to open the same committee. */
const openers: Readonly<Record<string, (rule: VotingRule) => Promise<Recognizer>>> = {
  'from one file': async (rule) => createRecognizer(file(rule)),
  'from the bytes of one file': async (rule) => createRecognizer(writeOnnx(file(rule))),
  'from a list of models': async (rule) => createRecognizer(members, { rule, temperature }),
  'from one file, with the rule as an option': async (rule) =>
    createRecognizer(file(rule === 'votes' ? 'meanLogit' : 'votes'), { rule }),
  'from one file, behind a port': (rule) => remote(writeOnnx(file(rule))),
  'from a list, behind a port': (rule) => remote(members.map(writeOnnx), { rule, temperature }),
};

/** Pictures with a leaning stroke and a cross stroke: enough of them differ for every kind of decision to occur. */
const pictures: readonly Picture[] = Array.from({ length: 60 }, (_, index) => {
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

async function read(recognizer: Recognizer): Promise<Recognised[]> {
  const answers = await recognizer.recognizeAll(pictures);
  recognizer.dispose();
  return answers.map((answer) => {
    if (answer.empty) throw new Error('expected ink');
    return answer;
  });
}

/** What each member answers by itself. */
let alone: readonly Recognised[][];
beforeAll(async () => {
  alone = await Promise.all(members.map((member) => read(createRecognizer(member))));
});

describe.each(votingRules)('a committee that decides by %s', (rule) => {
  it.each(Object.entries(openers))('%s answers as its members vote', { tags: ['slow'] }, async (_name, open) => {
    const answers = await read(await open(rule));
    const decided = new Set<string>();
    for (const [index, answer] of answers.entries()) {
      const opinions = alone.map((own) => own[index]!);
      const ballot = vote(
        opinions.map(({ probabilities }) => probabilities),
        rule,
      );
      expect(answer.label).toBe(labels[ballot.winner]);
      expect(answer).toMatchObject({ rule, votes: ballot.votes, decidedBy: ballot.decidedBy });
      expect(answer.members!.map(({ label, confidence }) => ({ label, confidence }))).toEqual(
        opinions.map(({ label, confidence }) => ({ label, confidence })),
      );
      expect(answer.members!.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5].map((place) => `random (${place})`));
      expect(answer.framed).toEqual(opinions[0]!.framed);

      // The confidence: the mean that the rule goes by, at the committee's temperature.
      const base = rule === 'meanLogit' ? ballot.shares : ballot.confidences.map((sum) => sum / 5);
      const powers = Array.from(base, (share) => share ** (1 / temperature));
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const [at, power] of powers.entries()) expect(answer.probabilities[at]).toBeCloseTo(power / total, 5);
      expect(answer.confidence).toBe(answer.probabilities[ballot.winner]);
      expect(answer.alternatives[0]).toEqual({ label: answer.label, confidence: answer.confidence });
      const others = answer.alternatives.slice(1).map(({ confidence }) => confidence);
      expect(others).toEqual([...others].sort((left, right) => right - left));
      expect(new Set(answer.alternatives.map(({ label }) => label)).size).toBe(10);
      decided.add(ballot.decidedBy);
    }
    // The test must have met what it is about.
    expect([...decided].sort()).toEqual(rule === 'votes' ? ['confidence', 'majority'] : ['mean']);
  });
});

describe('a committee', () => {
  it('may elect a class that is not the most probable one, and says how sure that is', async () => {
    // Two of one mind that doubt it, against one that is sure of another: they outvote it, against the mean.
    const three = (
      [
        [0, 4],
        [0, 4],
        [1, 0.1],
      ] as const
    ).map(([index, own]) => {
      const model = members[index]!;
      return withModelCard(model, { ...modelCardOf(model)!, temperature: own });
    });
    const elected = (await read(createRecognizer(three))).filter(
      ({ confidence, probabilities }) => confidence < Math.max(...probabilities),
    );
    expect(elected.length).toBeGreaterThan(0);
    for (const { label, confidence, alternatives } of elected) {
      expect(alternatives[0]!.label).toBe(label);
      expect(alternatives[1]!.confidence).toBeGreaterThan(confidence);
    }
  });

  it('answers empty for blank paper, and takes framed pictures', async () => {
    const recognizer = createRecognizer(members);
    const blank = { width: 9, height: 9, pixels: new Uint8Array(81).fill(255) };
    expect(await recognizer.recognize(blank)).toEqual({ empty: true });
    const [answer] = await recognizer.recognizeAll([pictures[0]!]);
    expect(await recognizer.recognizeFramed([(answer as Recognised).framed])).toEqual([answer]);
    recognizer.dispose();
    await expect(recognizer.recognize(blank)).rejects.toThrow(/dispose/);
  });

  it('of one in a list is that network, without a verdict', async () => {
    const [one] = await read(createRecognizer([members[2]!]));
    expect(one).toEqual((await read(createRecognizer(members[2]!)))[0]);
    expect(one).not.toHaveProperty('members');
    expect(one).not.toHaveProperty('rule');
  });

  it('refuses members that do not fit together, and options that mean nothing', () => {
    const card = modelCardOf(members[0]!)!;
    const [first] = members as [OnnxModel];
    const withOther = (change: object) => () => createRecognizer([first, withModelCard(first, { ...card, ...change })]);
    expect(withOther({ labels: [...labels].reverse() })).toThrow(/member 2: expected labels 0 1 2.*received 9 8 7/);
    expect(withOther({ framing: { ...mnistFraming, box: 22 } })).toThrow(
      /member 2: expected framing 20 in 28 pixels by mass, received 22 in 28/,
    );
    expect(withOther({ framing: { ...mnistFraming, box: 22 } })).toThrow(UsageError);
    expect(() => createRecognizer([first, file('votes')])).toThrow(/member 2: expected a single network/);
    expect(() => createRecognizer([file('votes'), first])).toThrow(/member 1: expected a single network/);
    expect(() => createRecognizer([])).toThrow(/expected 1\.\.100 models, received 0/);
    expect(() => createRecognizer(first, { rule: 'votes' })).toThrow(/expected a committee, received a single network/);
    expect(() => createRecognizer(members, { rule: 'loudest' as VotingRule })).toThrow(UsageError);
    expect(() => createRecognizer(members, { temperature: 0 })).toThrow(/temperature: expected a number above 0/);
  });

  it('refuses a file that has not the outputs that its card names', () => {
    const whole = file('votes');
    const short = { ...whole, graph: { ...whole.graph, outputs: whole.graph.outputs.slice(0, 4) } };
    expect(() => createRecognizer(short)).toThrow(/output "member_4\/logits", as its card has it/);
    expect(() => createRecognizer(short)).toThrow(FormatError);
  });

  it('of models without cards takes labels and framing from the caller', async () => {
    const bare = members.map((member) => ({ ...member, metadata: {} }));
    const recognizer = createRecognizer(bare, { labels, framing: mnistFraming });
    const [answer] = await read(recognizer);
    expect(answer!.members!.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5].map((place) => `network (${place})`));
  });
});
