import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { type DatasetDescription, isFramed, parseDescription, splitFiles } from './description.ts';

const whole: DatasetDescription = {
  name: 'two-hands',
  title: 'Digits by two people',
  classes: ['0', '1', '2'],
  size: [64, 48],
  splits: { train: 20, test: 10 },
  writers: 2,
  framing: 'Tight box of the ink, longest side 54 of 64 pixels',
  source: 'made',
  original: 'made',
  terms: 'CC0',
  notes: 'none',
};

describe('parseDescription', () => {
  it('reads every field, keeps what it does not know, and fills in what may be missing', () => {
    const text = JSON.stringify({ ...whole, values: [0, 1, 2], sources: ['a', 'b'] });
    expect(parseDescription(text, 'x.json')).toEqual({ ...whole, values: [0, 1, 2], sources: ['a', 'b'] });
    const { name, title, classes, size, splits, framing } = whole;
    expect(parseDescription(JSON.stringify({ name, title, classes, size, splits, framing }), 'x.json')).toEqual({
      ...{ name, title, classes, size, splits, framing },
      ...{ writers: null, source: '', original: '', terms: 'none stated', notes: '' },
    });
  });

  it.each<[string, string, unknown]>([
    ['name', 'name', '../../../learn/up'],
    ['title', 'title', undefined],
    ['classes', 'classes', []],
    ['classes twice', 'classes', ['a', 'a']],
    ['an empty class', 'classes.1', ['a', '']],
    ['a class that is no text', 'classes.0', [1]],
    ['size', 'size.0', [0, 4]],
    ['one extent', 'size', [4]],
    ['splits', 'splits', {}],
    ['a count', 'splits.test', { test: 0 }],
    ['half a sample', 'splits.test', { test: 1.5 }],
    ['the name of a part', 'splits', { 'a/b': 3 }],
    ['writers', 'writers', '55'],
    ['framing', 'framing', 28],
    ['framed', 'framed', 'yes'],
  ])('refuses a wrong %s by the field', (_, field, value) => {
    const text = JSON.stringify({ ...whole, [field.split('.')[0]!]: value });
    expect(() => parseDescription(text, 'x.json')).toThrow(FormatError);
    expect(() => parseDescription(text, 'x.json')).toThrow(`x.json: description of a data set, field ${field}`);
  });

  it('throws only its own errors, whatever the text', () => {
    const mutated = fc
      .tuple(fc.constantFrom(...Object.keys(whole)), fc.jsonValue())
      .map(([field, value]) => JSON.stringify({ ...whole, [field]: value }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
        try {
          const { classes, splits } = parseDescription(text, 'x.json');
          expect(classes.length).toBeGreaterThan(0);
          expect(Object.values(splits).every((count) => count >= 1)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('isFramed', () => {
  it.each<[boolean, Partial<DatasetDescription>]>([
    [false, {}],
    [true, { size: [28, 28], framing: 'As in the original: 28x28, letter scaled into a 20x20 box and centred' }],
    [true, { size: [28, 28], framing: 'As MNIST' }],
    [false, { size: [64, 64], framing: 'Tight box; the MNIST framing has to be made from it' }],
    [false, { size: [28, 28], framing: 'As in the original: 28x28, photographed sheets cut out and scaled' }],
    [false, { size: [28, 28], framing: 'As MNIST', framed: false }],
    [true, { framed: true }],
  ])('is %s for %j', (expected, change) => {
    expect(isFramed({ ...whole, ...change })).toBe(expected);
  });
});

describe('splitFiles', () => {
  it('names the five files of a part', () => {
    expect(splitFiles('crohme', 'test')).toEqual({
      images: 'crohme-test-images.idx3.gz',
      labels: 'crohme-test-labels.idx1.gz',
      writers: 'crohme-test-writers.idx1.gz',
      sources: 'crohme-test-sources.idx1.gz',
      ink: 'crohme-test-ink.ndjson.gz',
    });
  });
});
