import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { networkNamed } from '../../../engine/floor.ts';
import { hanziFraming } from '../../../picture/floor.ts';
import { parseCommitteeRecipe } from './committeeRecipe.ts';
import { parseRecipe } from './recipe.ts';

const plain = {
  name: 'x',
  description: '',
  network: 'quick',
  data: { train: 'mnist:train', validation: 0 },
  epochs: 1,
  batch: 10,
  optimizer: { type: 'adam' },
  schedule: { type: 'constant', rate: 0.001 },
};
const read = (change: object): unknown => parseRecipe({ ...plain, ...change }, 'x.json');

describe('parseRecipe', () => {
  it('leaves a recipe as it is, order of keys included, since checkpoints compare the text', () => {
    const recipe = { ...plain, network: networkNamed('emnist'), shards: 4, keep: 'last', seed: 3 };
    const parsed = JSON.stringify(parseRecipe(recipe, 'x.json'));
    expect(JSON.parse(parsed)).toEqual(recipe);
    expect(JSON.stringify(parseRecipe(JSON.parse(parsed), 'x.json'))).toBe(parsed);
    expect(JSON.stringify(parseRecipe({ $schema: './recipe.schema.json', ...recipe }, 'x.json'))).toBe(parsed);
  });

  it('takes a framing by its name', () => {
    expect(read({ data: { ...plain.data, frame: 'hanzi' } })).toMatchObject({ data: { frame: hanziFraming } });
  });

  it.each<[object, string]>([
    [{ epoch: 3 }, 'field epoch: unknown key "epoch"; did you mean "epochs"?'],
    [
      { data: { train: 'a', valdation: 0 } },
      'field data.valdation: unknown key "valdation"; did you mean "validation"?',
    ],
    [{ optimizer: { type: 'sgd', momentun: 0.9 } }, 'field optimizer.momentun: unknown key "momentun"; did you mean'],
    [{ optimizer: { type: 'sdg' } }, 'field optimizer.type: Invalid type: Expected ("adam" | "adamW" | "sgd")'],
    [
      { schedule: { type: 'step', rate: 1, epoch: [1] } },
      'field schedule.epoch: unknown key "epoch"; did you mean "epochs"?',
    ],
    [{ distortion: { rotaton: 3 } }, 'field distortion.rotaton: unknown key "rotaton"; did you mean "rotation"?'],
    [{ distortion: 'ciresan' }, 'field distortion: Invalid type: Expected ("simard2003"'],
    [
      { captures: { presets: ['camara'], variants: 1 } },
      'field captures.presets.0: Invalid type: Expected ("ballpointScan"',
    ],
    [
      { data: { ...plain.data, frame: { size: 28, box: 30, centre: 'mass' } } },
      'field data.frame: framing, box: expected',
    ],
    [{ data: { ...plain.data, classes: 'digit' } }, 'field data.classes: Invalid type: Expected ("digits"'],
    [{ keep: 'best' }, 'field data.validation: earlyStopping and keep "best" need at least 1'],
  ])('refuses %j, naming field and remedy', (change, text) => {
    expect(() => read(change)).toThrow(FormatError);
    expect(() => read(change)).toThrow(`x.json: recipe, ${text}`);
  });

  it('looks into a network that is spelt out', () => {
    const network = networkNamed('small');
    const layers = [{ type: 'conv2d', filter: 3, kernel: [3, 3] }];
    expect(() => read({ network: { ...network, layers } })).toThrow(
      'field network.layers.0.filter: unknown key "filter"; did you mean "filters"?',
    );
    const activation = [{ type: 'activation', activation: 'gelu' }];
    expect(() => read({ network: { ...network, layers: activation } })).toThrow(
      /field network\.layers\.0\.activation: .*"leakyRelu".* received "gelu"/,
    );
  });
});

describe('parseCommitteeRecipe', () => {
  const committee = { name: 'x', description: '', members: ['single'], count: 5 };

  it('drops the JSON schema, and says which key was meant', () => {
    expect(parseCommitteeRecipe({ $schema: 'x', ...committee }, 'x.json')).toEqual(committee);
    expect(() => parseCommitteeRecipe({ ...committee, rules: 'votes' }, 'x.json')).toThrow(
      'x.json: committee recipe, field rules: unknown key "rules"; did you mean "rule"?',
    );
    expect(() => parseCommitteeRecipe({ ...committee, count: 1 }, 'x.json')).toThrow(FormatError);
  });
});
