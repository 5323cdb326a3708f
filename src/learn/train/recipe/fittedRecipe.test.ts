import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../core/floor.ts';
import { classCount } from '../../../engine/nn/network.ts';
import { networkNamed } from '../../../engine/nn/networks/networks.ts';
import { fittedRecipe, recipeNetwork } from './fittedRecipe.ts';
import { parseRecipe } from './recipe.ts';

const recipe = parseRecipe(
  {
    name: 'test',
    description: 'For tests.',
    network: 'small',
    data: { train: 'mnist:train', validation: 0 },
    epochs: 1,
    batch: 20,
    optimizer: { type: 'adam' },
    schedule: { type: 'constant', rate: 0.001 },
  },
  'test',
);
const letters = { name: 'letters', labels: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'] };

describe('fittedRecipe', () => {
  it('gives a network that is named as many outputs as the data has classes', () => {
    const fitted = fittedRecipe(recipe, letters);
    expect(classCount(recipeNetwork(fitted))).toBe(26);
    expect({ ...fitted, network: 'small' }).toEqual(recipe);
    // As plain data again, as workers and checkpoints need it.
    expect(parseRecipe(JSON.parse(JSON.stringify(fitted)), 'again')).toEqual(fitted);
    expect(fittedRecipe(fitted, letters)).toBe(fitted);
  });

  it('leaves a recipe that fits as it is', () => {
    expect(fittedRecipe(recipe, { name: 'digits', labels: [...'0123456789'] })).toBe(recipe);
  });

  it('refuses a network that is spelt out with another number of outputs', () => {
    const spelt = { ...recipe, network: networkNamed('small') };
    expect(() => fittedRecipe(spelt, letters)).toThrow(UsageError);
    expect(() => fittedRecipe(spelt, letters)).toThrow('each of the 26 classes of letters, received one with 10');
  });
});
