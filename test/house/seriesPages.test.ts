// The sections of docs/experiments.md are what the kept logs of the series say, and the logs are of the recipes as they
// stand.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSeries, readSeriesLog, seriesLogFile } from '../../scripts/documents/seriesLog.ts';
import { experimentsPage, withSeries } from '../../scripts/documents/seriesPage.ts';
import { withoutAuxiliary } from '../../src/engine/floor.ts';
import { recipeNetwork } from '../../src/learn/floor.ts';
import { recipesFolder } from '../../src/platform/node/floor.ts';

const folders = await readdir(recipesFolder, { withFileTypes: true });
const names = folders
  .filter((entry) => entry.isDirectory() && existsSync(join(recipesFolder, entry.name, 'about.json')))
  .map(({ name }) => name);
const logged = names.filter((name) => existsSync(seriesLogFile(name)));

describe('series of recipes', () => {
  it('are those of the report: growing networks, dropout, outputs at several depths', () => {
    expect(names).toEqual(expect.arrayContaining(['dropout', 'growing', 'supervision', 'supervision-chinese']));
  });

  it.each(names)('%s: recipes differ in name, share data and budget', async (name) => {
    const { about, recipes } = await openSeries(name);
    expect(new Set(recipes.map((recipe) => recipe.name)).size).toBe(recipes.length);
    if (about.varies === 'data') return;
    const budget = recipes.map(({ data, epochs, batch }) => JSON.stringify({ data, epochs, batch }));
    expect(new Set(budget).size).toBe(1);
  });

  it('fonts: the two of a pair are judged on the same samples, by the same training, and one has the fonts', async () => {
    const { recipes } = await openSeries('fonts');
    expect(recipes).toHaveLength(4);
    for (let pair = 0; pair < recipes.length; pair += 2) {
      const [alone, fonts] = [recipes[pair]!, recipes[pair + 1]!];
      const without = ({ name: _, description: __, epochs: ___, data, ...rest }: typeof alone) => {
        const { extra: ____, ...judged } = data;
        return { ...rest, judged };
      };
      expect(without(fonts)).toEqual(without(alone));
      const more = [fonts.data.extra ?? []].flat().filter((set) => ![alone.data.extra ?? []].flat().includes(set));
      expect(more).toEqual(['runs/data/fonts.json:train']);
    }
  });

  it.each(['supervision', 'supervision-chinese'])(
    '%s: the two of a pair are the same network but for the auxiliary outputs',
    async (name) => {
      const { recipes } = await openSeries(name);
      for (let pair = 0; pair < recipes.length; pair += 2) {
        const [alone, supervised] = [recipes[pair]!, recipes[pair + 1]!].map((recipe) => recipeNetwork(recipe));
        expect(alone!.auxiliary).toBeUndefined();
        expect(supervised!.auxiliary).toHaveLength(2);
        expect(withoutAuxiliary(supervised!).layers).toEqual(alone!.layers);
      }
    },
  );

  it.each(logged)('%s: its section is what the log says of the recipes as they stand', async (name) => {
    const [log, { about, recipes }] = await Promise.all([readSeriesLog(name), openSeries(name)]);
    expect(log.steps.map((step) => [step.name, step.what])).toEqual(
      recipes.map((recipe) => [recipe.name, recipe.description]),
    );
    const page = await readFile(experimentsPage, 'utf8');
    expect(page).toBe(withSeries(page, log, about, recipes));
  });
});
