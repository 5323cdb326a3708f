// docs/results.md says what the kept logs say, and a log is what its run's model says.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultsTable, withResults } from '../../scripts/documents/resultsMarkdown.ts';
import {
  checkRecipe,
  formatLog,
  logName,
  type RunLog,
  readLogs,
  readRun,
  thisMachine,
} from '../../scripts/documents/runLog.ts';
import { networkParameters } from '../../src/engine/floor.ts';
import { fittedRecipe, type Recipe, recipeNetwork } from '../../src/learn/floor.ts';
import { committeeCard, mergeModels, writeOnnx } from '../../src/onnx/floor.ts';
import { type LoadedModel, loadModel, openRecipe } from '../../src/platform/node/floor.ts';
import { root } from './project.ts';

const begin = '<!-- results: written by npx tsx scripts/documents/resultsTable.ts from recipes/logs, not by hand -->';
const end = '<!-- end of results -->';

let folder: string;
let digits: LoadedModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-logs-'));
  digits = await loadModel('digits');
});
afterAll(() => rm(folder, { recursive: true }));

/** A log with figures of our own. */
function log(recipe: string, seed: number, accuracy: number, more: Partial<RunLog> = {}): RunLog {
  return {
    format: 1,
    ...{ recipe, seed, command: `ductus train --recipe ${recipe} --seed ${seed}` },
    ...{ date: '2026-01-02', seconds: 90, parameters: 12345, temperature: 1 },
    machine: { processor: 'a processor', cores: 2, memoryGiB: 8, system: 'linux x64' },
    versions: { ductus: '0.1.0', node: '20.20.2', engine: 'an engine' },
    trainedOn: [{ name: 'mnist:train', count: 55_000, sha256: 'abc' }],
    test: [{ data: 'mnist:test', count: 10_000, accuracy }],
    model: { sha256: 'def' },
    settings: { name: recipe, description: '' },
    ...more,
  };
}

describe('docs/results.md', () => {
  it('has the results table that recipes/logs gives (npx tsx scripts/documents/resultsTable.ts)', async () => {
    const text = await readFile(join(root, 'docs/results.md'), 'utf8');
    const logs = await readLogs();
    expect(logs.length).toBeGreaterThan(0);
    expect(text).toBe(withResults(text, logs));
  });
  it('shows no run of a recipe that has changed since', async () => {
    for (const one of await readLogs()) await checkRecipe(one, `recipes/logs/${logName(one)}`);
  });
});

describe('resultsTable', () => {
  const logs = [log('a', 2, 0.99), log('b', 1, 0.9966), log('a', 1, 0.992), log('a', 3, 0.991)];
  it('gives mean and deviation over seeds, best recipe first, and the interval of a single run', () => {
    const rows = resultsTable(logs).split('\n').slice(2, 4);
    // Wilson 1927, 9,966 of 10,000.
    expect(rows[0]).toMatch(/^\| `b` \| 12,345 weights \| - \| 99\.66 % \(99\.53 to 99\.76\) \| 1 \| 1\.5 min \|/);
    expect(rows[1]).toMatch(
      /^\| `a` \| 12,345 weights \| - \| 99\.10 \+- 0\.10 % \| 1, 2, 3 \| 1\.5 min \| `ductus train --recipe a --seed 1` \|$/,
    );
  });
  it('names the test set in each row where there are several, and does not mix them', () => {
    const letters = log('c', 1, 0.8, { test: [{ data: 'chars74k:test', count: 930, accuracy: 0.8 }] });
    const rows = resultsTable([...logs, letters])
      .split('\n')
      .slice(2, 5);
    expect(rows.map((row) => row.split('`')[1])).toEqual(['b', 'a', 'c']);
    expect(rows[0]).toContain('99.76), mnist:test |');
    expect(rows[2]).toContain('80.00 % (77.31 to 82.45), chars74k:test |');
  });
  it('says what was measured on, when, and on which machines', () => {
    const other = { ...logs[0]!.machine, cores: 64 };
    const text = resultsTable([...logs, log('a', 4, 0.99, { date: '2026-03-04', machine: other })]);
    for (const part of ['mnist:test', '2026-01-02 to 2026-03-04', '2 cores of a processor', '64 cores', 'an engine']) {
      expect(text).toContain(part);
    }
  });
  it('refuses a mean over runs that were not measured alike', () => {
    const other = log('a', 4, 0.99, { test: [{ data: 'mnist:test', count: 500, accuracy: 0.9 }] });
    expect(() => resultsTable([...logs, other])).toThrow(/logs of a: expected every run/);
  });
});

describe('withResults', () => {
  it('changes only what is between the marks, and nothing when written again', () => {
    const page = `Before.\n\n${begin}\nold\n${end}\n\nAfter.\n`;
    const written = withResults(page, [log('a', 1, 0.99)]);
    expect(written.startsWith(`Before.\n\n${begin}\n\n| recipe`)).toBe(true);
    expect(written.endsWith(`${end}\n\nAfter.\n`)).toBe(true);
    expect(written).not.toContain('old');
    expect(withResults(written, [log('a', 1, 0.99)])).toBe(written);
  });
  it.each([
    ['', 'none'],
    [`${end}${begin}`, 'turned round'],
    [`${begin}${end}${begin}${end}`, 'twice'],
  ])('refuses marks %j (%s)', (page) => {
    expect(() => withResults(page, [])).toThrow(/docs\/results\.md: expected one mark/);
  });
});

describe('a log', () => {
  it("holds what the run's model says, and comes back as it was written", async () => {
    const run = join(folder, 'run');
    await mkdir(run);
    await writeFile(join(run, 'model.onnx'), digits.bytes);
    await writeFile(
      join(run, 'log.ndjson'),
      '{"epoch":1,"loss":0.12345678,"seconds":2}\n{"epoch":2,"loss":0.1,"validationLoss":0.2,"seconds":1}\n',
    );
    const kept = await readRun(run, thisMachine());
    const { training, validation, test } = digits.card!;
    expect(kept).toMatchObject({ seed: training!.seed, seconds: training!.seconds, validation, test });
    expect(kept.epochs).toEqual({
      columns: ['epoch', 'loss', 'seconds', 'validationLoss'],
      rows: [
        [1, 0.123457, 2, null],
        [2, 0.1, 1, 0.2],
      ],
    });
    const logs = join(folder, 'logs');
    await mkdir(logs);
    await writeFile(join(logs, logName(kept)), formatLog(kept));
    expect(await readLogs(logs)).toEqual([kept]);
    await writeFile(join(logs, 'other-1.json'), formatLog(kept));
    await expect(readLogs(logs)).rejects.toThrow(/other-1\.json: expected the name/);
    await writeFile(join(logs, 'other-1.json'), '{ "format": 2 }');
    await expect(readLogs(logs)).rejects.toThrow(/other-1\.json: /);
  });

  it('of a committee has its members, and costs what they cost together', async () => {
    const run = join(folder, 'committee');
    const recipes = join(folder, 'recipes');
    await mkdir(recipes);
    const recipe = { name: 'five', description: '', members: ['digits'], count: 2 };
    await writeFile(join(recipes, 'five.json'), JSON.stringify(recipe));
    const member = digits.card!.training!.recipe as Recipe;
    await writeFile(join(recipes, 'digits.json'), JSON.stringify(member));
    const card = {
      ...committeeCard([digits.model, digits.model], { name: 'five', description: '' }),
      // As a training writes it, with its members' data beside it.
      training: { ...digits.card!.training!, recipe: { ...recipe, data: member.data } },
    };
    const files = {
      '.': writeOnnx(mergeModels([digits.model, digits.model], card)),
      'member-1': digits.bytes,
      'member-2': digits.bytes,
    };
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(join(run, name), { recursive: true });
      await writeFile(join(run, name, 'model.onnx'), bytes);
    }
    const kept = await readRun(run, thisMachine(), recipes);
    expect(kept.members).toHaveLength(2);
    expect(kept).toMatchObject({ recipe: 'five', seconds: 2 * digits.card!.training!.seconds });
    expect(resultsTable([{ ...kept, test: digits.card!.test! as RunLog['test'] }])).toContain('| 2 networks, ');
    expect(kept.settings).toEqual(recipe);
    await writeFile(join(recipes, 'digits.json'), JSON.stringify({ ...member, epochs: 1 }));
    await expect(readRun(run, thisMachine(), recipes)).rejects.toThrow(
      /committee\/member-1: expected a run of recipes\/digits/,
    );
  });

  it('is refused of a run that is not finished, or not of a recipe as it stands', async () => {
    await mkdir(join(folder, 'begun'));
    await expect(readRun(join(folder, 'begun'), thisMachine())).rejects.toThrow(/expected a finished run/);
    const one = (await readLogs()).find(({ members }) => members === undefined);
    const settings = { ...one!.settings, epochs: 1 };
    await expect(checkRecipe({ ...one!, settings }, 'here')).rejects.toThrow(/here: expected a run of recipes\//);
    await expect(checkRecipe({ ...one!, parameters: 1 }, 'here')).rejects.toThrow(/weights, received one of 1$/);
    await checkRecipe({ ...one!, settings: { ...one!.settings, description: 'other words' } }, 'here');
  });

  it('of other than ten classes is of the network that the recipe makes for them', async () => {
    const settings = await openRecipe('emnist-report');
    const labels = Array.from({ length: 47 }, (_, index) => `${index}`);
    const parameters = networkParameters(recipeNetwork(fittedRecipe(settings, { name: 'x', labels }))).reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );
    // What the report prints of its network of 47 outputs.
    expect(parameters).toBe(68_873);
    const run = { settings: { ...settings }, parameters };
    await checkRecipe({ ...run, classes: 47 }, 'here');
    await expect(checkRecipe({ ...run, classes: 10 }, 'here')).rejects.toThrow(/weights, received one of 68873$/);
  });
});
