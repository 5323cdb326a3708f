// What a recipe may say about distortion, and the errors for wrong values.
import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../core/floor.ts';
import { parseRecipe } from '../../learn/train/recipe/recipe.ts';
import { distortionNamed, distortionPresets } from './presets.ts';
import { checkDistortion } from './schema.ts';

const recipe = {
  name: 'x',
  description: '',
  network: 'quick',
  data: { train: 'mnist:train', validation: 0 },
  epochs: 1,
  batch: 10,
  optimizer: { type: 'adam' },
  schedule: { type: 'constant', rate: 0.001 },
};
const read = (distortion: unknown) => parseRecipe({ ...recipe, distortion }, 'x.json').distortion;

describe('the distortion of a recipe', () => {
  it('may be a preset by name', () => {
    for (const { name, config } of distortionPresets) expect(read(name)).toEqual(config);
    expect(parseRecipe(recipe, 'x.json').distortion).toBeUndefined();
  });

  it('may change a preset, amount by amount', () => {
    const { config } = distortionNamed('ciresan2010');
    expect(read({ preset: 'ciresan2010', rotation: 5, strength: [1, 0.5] })).toEqual({
      ...config,
      rotation: 5,
      strength: [1, 0.5],
    });
    expect(read({ preset: 'report', classes: {}, elastic: { sigma: 4, alpha: 0 } })).toMatchObject({
      classes: {},
      elastic: { sigma: 4, alpha: 0 },
    });
  });

  it('may say everything itself, and survives JSON', () => {
    const whole = {
      rotation: 10,
      scale: 0.1,
      shear: 0.1,
      shift: 1,
      rotateOrShear: true,
      perspective: 0.1,
      mirror: { horizontal: 0.5 },
      local: { points: 6, deviation: 0.7 },
      elastic: { sigma: 4, alpha: 34 },
      stroke: [-0.3, 0.5],
      blur: [0, 0.5],
      noise: [0, 0.1],
      classes: { 1: { rotation: 5 }, A: { mirror: { horizontal: 1 } } },
      strength: [1, 0],
    };
    expect(read(whole)).toEqual(whole);
    expect(JSON.parse(JSON.stringify(read(whole)))).toEqual(whole);
    // As before presets existed: nothing added, and in the same order, since checkpoints compare the text.
    const before = {
      rotation: 12,
      scale: 0.12,
      shear: 0.2,
      shift: 1.6,
      local: { points: 6, deviation: 0.7 },
      strength: [1, 0.5],
    };
    expect(JSON.stringify(read(before))).toBe(JSON.stringify(before));
  });

  it.each([
    ['ciresan', 'field distortion: ', 'ciresan2010'],
    [{ preset: 'none' }, 'field distortion.preset: ', 'simard2003'],
    [{ rotation: -1 }, 'field distortion.rotation: ', '-1'],
    [{ rotation: 181 }, 'field distortion.rotation: ', '181'],
    [{ scale: 1 }, 'field distortion.scale: ', '1'],
    [{ perspective: 0.5 }, 'field distortion.perspective: ', '0.5'],
    [{ mirror: { horizontal: 2 } }, 'field distortion.mirror.horizontal: ', '2'],
    [{ mirror: true }, 'field distortion.mirror: ', 'true'],
    [{ local: { points: 3, deviation: 1 } }, 'field distortion.local.points: ', '3'],
    [{ elastic: { sigma: 0, alpha: 1 } }, 'field distortion.elastic.sigma: ', '0'],
    [{ elastic: { sigma: 4 } }, 'field distortion.elastic.alpha: ', 'undefined'],
    [{ stroke: [-2, 0] }, 'field distortion.stroke.0: ', '-2'],
    [{ stroke: [0.5, -0.5] }, 'field distortion.stroke: ', 'the first not above the second'],
    [{ blur: 1 }, 'field distortion.blur: ', '1'],
    [{ noise: [0, 1.5] }, 'field distortion.noise.1: ', '1.5'],
    [{ classes: { 7: { rotation: -3 } } }, 'field distortion.classes.7.rotation: ', '-3'],
    [{ classes: { 7: { turn: 3 } } }, 'field distortion.classes.7.turn: ', 'turn'],
    [{ strength: [1] }, 'field distortion.strength.1: ', 'undefined'],
    [{ scale: 0.8, strength: [1.5, 1] }, 'field distortion: ', 'scale stays below 1'],
    [{ rotate: 3 }, 'field distortion.rotate: ', 'rotate'],
    [7, 'field distortion: ', '7'],
  ])('refuses %j, naming the field', (distortion, field, text) => {
    expect(() => read(distortion)).toThrow(FormatError);
    expect(() => read(distortion)).toThrow(`x.json: recipe, ${field}`);
    expect(() => read(distortion)).toThrow(text);
  });
});

describe('checkDistortion', () => {
  it('takes every preset and refuses what is not a config, naming the field', () => {
    for (const { config } of distortionPresets) checkDistortion(config);
    expect(() => checkDistortion({ shift: Number.POSITIVE_INFINITY })).toThrow(UsageError);
    expect(() => checkDistortion({ shift: Number.POSITIVE_INFINITY })).toThrow('field shift');
    expect(() => checkDistortion({ noise: [0.2, 0.1] })).toThrow('field noise');
  });
});

describe('distortionNamed', () => {
  it('lists the presets when there is none of the name', () => {
    expect(() => distortionNamed('digit')).toThrow(
      new UsageError('unknown distortion "digit"; expected one of simard2003, ciresan2010, report, digits'),
    );
  });

  it('says of every preset where it is from and what is ours', () => {
    for (const { description } of distortionPresets) expect(description).toMatch(/[Oo]urs/);
  });
});
