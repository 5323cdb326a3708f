// The recipes for EMNIST, checked against its known divisions without its files.
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../core/floor.ts';
import { classCount, networkParameters } from '../../../engine/floor.ts';
import { fittedRecipe, recipeNetwork } from '../../../learn/floor.ts';
import { createDistorter, emnistNamed, emnistSplits } from '../../../samples/floor.ts';
import { openRecipe, recipeNames } from './recipes.ts';

const names = (await recipeNames()).filter((name) => name.startsWith('emnist-'));

describe('recipes for EMNIST', () => {
  it('are there for every division, and for the network of the report', () => {
    const divisions = Object.keys(emnistSplits).map((split) => `emnist-${split}`);
    expect([...names].sort()).toEqual([...divisions, 'emnist-report'].sort());
  });

  it.each(names)('%s trains on the one part, tests on the other, and has an output a class', async (name) => {
    const recipe = await openRecipe(name);
    const { train, test, validation } = recipe.data;
    const { split, part } = emnistNamed(String(train))!;
    expect(part).toBe('train');
    expect(test).toBe(`emnist-${split}:test`);
    const { classes, counts } = emnistSplits[split];
    expect(validation).toBeLessThan(counts.train / 5);
    const network = recipeNetwork(fittedRecipe(recipe, { name: String(train), labels: classes }));
    expect(classCount(network)).toBe(classes.length);
    // Limits of single classes name classes that the division has.
    if (recipe.distortion) expect(() => createDistorter(recipe.distortion!, 28, 28, classes)).not.toThrow();
  });

  it('emnist-report has the 68,873 parameters that the report prints', async () => {
    const recipe = await openRecipe('emnist-report');
    const data = { name: 'balanced', labels: emnistSplits.balanced.classes };
    expect(fittedRecipe(recipe, data)).toBe(recipe);
    expect(networkParameters(recipeNetwork(recipe)).reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(68_873);
  });
});
