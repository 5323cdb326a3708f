// A committee trained on real digits: cancelled and resumed, members kept, one file that votes as its members do.
// @module-tag slow
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommitteeRecipe, parseCommitteeRecipe, parseRecipe } from '../../../learn/floor.ts';
import { modelCardOf, readOnnx } from '../../../onnx/floor.ts';
import { createRecognizer, vote } from '../../../read/floor.ts';
import { formatIdx, limitSamples, materialize, pictureAt } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { type CommitteeEvent, runCommittee } from './committeeRun.ts';
import { runTraining } from './trainingRun.ts';

let folder: string;
let recipe: CommitteeRecipe;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-committee-'));
  const { images, targets, count } = materialize(limitSamples(await openDataset('mnist:train'), 900, 1));
  const train = join(folder, 'some-images.idx3');
  writeFileSync(train, formatIdx({ type: 'uint8', shape: [count, 28, 28], data: images }));
  const labels = formatIdx({ type: 'uint8', shape: [count], data: Uint8Array.from(targets) });
  writeFileSync(join(folder, 'some-labels.idx1'), labels);
  const member = (name: string, network: string, test: string = train): string => {
    const file = join(folder, `${name}.json`);
    const optimizer = { type: 'adam' };
    const schedule = { type: 'constant', rate: 0.003 };
    const data = { train, validation: 150, test };
    writeFileSync(
      file,
      JSON.stringify({ name, description: '', network, data, epochs: 2, batch: 25, optimizer, schedule }),
    );
    return file;
  };
  recipe = {
    name: 'three',
    description: 'For tests.',
    members: [member('one', 'small'), member('two', 'quick')],
    count: 3,
  };
  member('other', 'small', 'mnist:test');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  name: string,
  changes: {
    recipe?: CommitteeRecipe;
    resume?: boolean;
    cancelled?: () => boolean;
    threads?: number;
    seen?: (event: CommitteeEvent) => void;
  } = {},
): Promise<CommitteeEvent[]> {
  const { seen, ...rest } = changes;
  const events: CommitteeEvent[] = [];
  const options = { recipe, seed: 5, folder: join(folder, name), resume: false, command: 'test', threads: 1, ...rest };
  for await (const event of runCommittee(options)) {
    seen?.(event);
    events.push(event);
  }
  return events;
}

describe('runCommittee', () => {
  it('trains members from seeds of their own, goes on after a cancel, and merges them into one voting file', async () => {
    let epochs = 0;
    const first = await run('resumed', {
      seen: (event) => {
        if (event.type === 'member' && event.event.type === 'epoch') epochs++;
      },
      cancelled: () => epochs >= 3, // in the midst of the second member
    });
    expect(first.at(-1)).toEqual({ type: 'committee' });
    await expect(run('resumed')).rejects.toThrow(/holds a committee already.*--resume/);

    const second = await run('resumed', { resume: true });
    const kept = second.filter(({ type }) => type === 'kept');
    expect(kept).toMatchObject([{ member: 1, members: 3 }]);
    const starts = second.flatMap((event) => (event.type === 'member' && event.event.type === 'start' ? [event] : []));
    expect(starts).toMatchObject([{ member: 2, event: { resumed: { epoch: 2 } } }, { member: 3 }]);

    const end = second.at(-1)!;
    if (end.type !== 'committee' || end.model === undefined) throw new Error('expected a model');
    const model = readOnnx(readFileSync(end.model));
    const card = modelCardOf(model)!;
    expect(card.committee).toMatchObject({
      rule: 'votes',
      members: [{ seed: 5 }, { seed: 6 }, { seed: 7 }],
    });
    expect(card.validation!.accuracy).toBe(end.validation!.accuracy);
    expect(end.validation!.count).toBe(150);
    expect(end.test!.accuracy).toBeGreaterThan(0.8);

    const memberCard = modelCardOf(readOnnx(readFileSync(join(folder, 'resumed', 'member-2', 'model.onnx'))))!;
    expect(memberCard.training).toMatchObject({ seed: 6, splitSeed: 5 });

    // The file answers what its members answer when they vote.
    const digits = await openDataset('mnist:train');
    const pictures = Array.from({ length: 60 }, (_, index) => pictureAt(digits, 2000 + index));
    const members = [1, 2, 3].map((n) =>
      createRecognizer(readFileSync(join(folder, 'resumed', `member-${n}`, 'model.onnx'))),
    );
    const opinions = await Promise.all(members.map((member) => member.recognizeFramed(pictures)));
    const together = await createRecognizer(model).recognizeFramed(pictures);
    for (const [index, { label }] of together.entries()) {
      expect(label).toBe(card.labels[vote(opinions.map((own) => own[index]!.probabilities)).winner]);
    }
    expect(new Set(opinions.map((own) => own.map(({ label }) => label).join(''))).size).toBeGreaterThan(1);
  });

  it('trains several members at a time where there are cores, to the same weights', async () => {
    const events = await run('together', { threads: 2 });
    const order = events.flatMap((event) => (event.type === 'member' ? [event.member] : []));
    // The second member begins before the first has ended.
    expect(order.indexOf(2)).toBeLessThan(order.lastIndexOf(1));
    const weights = async (name: string, member: number): Promise<unknown> => {
      const { graph } = readOnnx(readFileSync(join(folder, name, `member-${member}`, 'model.onnx')));
      return graph.initializers.map(({ name: tensor, data }) => [tensor, data]);
    };
    for (const member of [1, 2, 3]) expect(await weights('together', member)).toEqual(await weights('resumed', member));
  });

  it('makes captures once for all members, keeps them until all are trained, and gives each what it would make itself', async () => {
    const captures = { presets: ['bitmap'], variants: 1 }; // the one that takes the least time
    const member = { ...JSON.parse(readFileSync(recipe.members[0]!, 'utf8')), network: 'tiny', epochs: 1, captures };
    const file = join(folder, 'captured.json');
    writeFileSync(file, JSON.stringify(member));
    const captured = { ...recipe, members: [file], count: 2 };
    let epochs = 0;
    await run('captured', {
      recipe: captured,
      seen: (event) => {
        if (event.type === 'member' && event.event.type === 'epoch') epochs++;
      },
      cancelled: () => epochs >= 1,
    });
    const key = join(folder, 'captured', 'member-1', 'train-captures-key');
    expect(existsSync(key)).toBe(true);
    const events = await run('captured', { recipe: captured, resume: true });
    const capturing = events.filter((event) => event.type === 'member' && event.event.type === 'capturing');
    expect(capturing).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'committee', validation: { count: 150 } });
    expect(existsSync(key)).toBe(false);

    const alone = join(folder, 'alone');
    const own = { recipe: parseRecipe(member, file), seed: 6, splitSeed: 5, folder: alone, resume: false };
    for await (const _ of runTraining({ ...own, command: 'test', threads: 1 }));
    const weights = (path: string): unknown =>
      readOnnx(readFileSync(join(path, 'model.onnx'))).graph.initializers.map(({ name, data }) => [name, data]);
    expect(weights(join(folder, 'captured', 'member-2'))).toEqual(weights(alone));
  });

  it('refuses members that read other data', async () => {
    const mixed = { ...recipe, members: [recipe.members[0]!, join(folder, 'other.json')] };
    await expect(run('mixed', { recipe: mixed })).rejects.toThrow(/expected the data of the first member's/);
  });
});

describe('parseCommitteeRecipe', () => {
  it('refuses one member, and names the field that is wrong', () => {
    const good = { name: 'five', description: '', members: ['digits'], count: 5 };
    expect(parseCommitteeRecipe(good, 'five.json')).toEqual(good);
    const { count: _, ...one } = good;
    expect(() => parseCommitteeRecipe(one, 'five.json')).toThrow(/five\.json.*count.*received 1/);
    expect(() => parseCommitteeRecipe({ ...good, rule: 'loudest' }, 'five.json')).toThrow(/five\.json.*rule/);
  });
});
