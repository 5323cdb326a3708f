import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from './errors.ts';
import { checkWith, parseWith } from './parseWith.ts';
import { rangeWithin, share, strictObject } from './schema.ts';

const schema = strictObject({
  epochs: v.number(),
  average: v.exactOptional(strictObject({ decay: share })),
  blur: v.exactOptional(rangeWithin(0, 8)),
  data: v.exactOptional(v.union([v.picklist(['digits', 'letters']), strictObject({ train: v.string() })])),
});
const read = (json: unknown): unknown => parseWith(schema, json, 'x.json', 'recipe');

describe('parseWith', () => {
  it.each([
    [{ epoch: 3 }, 'field epoch: unknown key "epoch"; did you mean "epochs"?'],
    [{ epochs: 3, average: { deacy: 0.9 } }, 'field average.deacy: unknown key "deacy"; did you mean "decay"?'],
    [{ epochs: 3, x: 1 }, 'field x: unknown key "x"; expected epochs, average, blur, data'],
    [{ x: 1 }, 'field epochs: Invalid key: Expected "epochs" but received undefined'],
    [{ epochs: '3' }, 'field epochs: Invalid type: Expected number but received "3"'],
    [{ epochs: 3, blur: [2, 1] }, 'field blur: expected two numbers, the first not above the second'],
    [{ epochs: 3, blur: [0, 9] }, 'field blur.1: Invalid value: Expected <=8 but received 9'],
    // Of a choice, the schema that was probably meant.
    [{ epochs: 3, data: { trian: 'a' } }, 'field data.trian: unknown key "trian"; did you mean "train"?'],
    [{ epochs: 3, data: { train: 1 } }, 'field data.train: Invalid type: Expected string but received 1'],
    [{ epochs: 3, data: 'digit' }, 'field data: Invalid type: Expected ("digits" | "letters") but received "digit"'],
    [{ epochs: 3, data: 7 }, 'field data: Invalid type: Expected (("digits" | "letters") | Object) but received 7'],
  ])('of %j says where and what: %s', (json, text) => {
    expect(() => read(json)).toThrow(new FormatError(`x.json: recipe, ${text}`));
  });

  it('says of the whole when it is of another kind, and bears a very long key', () => {
    expect(() => read(null)).toThrow(
      new FormatError('x.json: recipe: Invalid type: Expected Object but received null'),
    );
    expect(() => read({ epochs: 1, ['x'.repeat(1e6)]: 1 })).toThrow(FormatError);
  });

  it('is a UsageError for what was made in code', () => {
    expect(() => checkWith(schema, { epochs: 3, blurr: [0, 1] }, 'settings')).toThrow(
      new UsageError('settings, field blurr: unknown key "blurr"; did you mean "blur"?'),
    );
    expect(checkWith(schema, { epochs: 3 }, 'settings')).toBeUndefined();
  });
});
