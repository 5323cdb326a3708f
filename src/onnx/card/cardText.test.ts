import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitModel } from '../../../test/parity/runtimeModels.ts';
import { FormatError } from '../../core/floor.ts';
import { readOnnx } from '../file/read.ts';
import { writeOnnx } from '../file/write.ts';
import { cardKey, type ModelCard } from './card.ts';
import { maximumCardCharacters, modelCardOf, parseCard, withModelCard } from './cardText.ts';

const card: ModelCard = {
  format: 1,
  name: 'digits',
  description: 'Reads digits.',
  labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  framing: { size: 28, box: 20, centre: 'mass' },
  temperature: 1.25,
  network: { layers: [] },
  training: {
    command: 'ductus train',
    recipe: { epochs: 3 },
    seed: 7,
    data: [{ name: 'mnist:train', count: 60000, sha256: 'ab', terms: 'CC BY-SA 3.0' }],
    date: '2026-11-22',
    seconds: 20.5,
    versions: { node: '20.20.2' },
  },
  validation: { data: 'mnist:validation', count: 5000, accuracy: 0.99, loss: 0.03 },
  test: [{ data: 'mnist:test', count: 10000, accuracy: 0.994 }],
};

describe('the model card', () => {
  it('goes into a file and comes out again', () => {
    const model = withModelCard(digitModel({ other: 'kept' }), card);
    const read = readOnnx(writeOnnx(model));
    expect(modelCardOf(read)).toEqual(card);
    expect(read.metadata.other).toBe('kept');
    expect(modelCardOf(digitModel())).toBeUndefined();
  });

  it('names the field that is damaged', () => {
    const damages: [string, unknown, RegExp][] = [
      ['format', 2, /format: expected 1, received 2/],
      ['name', undefined, /name: expected a text, received nothing/],
      ['labels', [], /labels: expected 1\.\.100000 texts/],
      ['labels', ['a', 'a'], /labels: expected texts that differ/],
      ['labels', ['a', 3], /labels\[1\]: expected a text, received 3/],
      ['framing', { size: 0, box: 1, centre: 'mass' }, /framing\.size: expected a whole number of 1\.\.1024/],
      [
        'framing',
        { size: 28, box: 29, centre: 'mass' },
        /framing\.box: expected a whole number of 1\.\.28, received 29/,
      ],
      ['framing', { size: 28, box: 20, centre: 'left' }, /framing\.centre: expected "mass" or "box", received "left"/],
      ['framing', { ...card.framing, lines: 'all' }, /framing\.lines: expected "remove" or "keep", received "all"/],
      ['framing', { ...card.framing, pen: 0 }, /framing\.pen: expected a share above 0 and up to 0\.5, received 0/],
      ['framing', { ...card.framing, pen: '1' }, /framing\.pen: expected a number/],
      ['framing', null, /framing: expected an object, received null/],
      ['temperature', 0, /temperature: expected a number above 0, received 0/],
      ['temperature', '1', /temperature/],
      ['training', { ...card.training, seed: 'x' }, /training\.seed: expected a number/],
      ['training', { ...card.training, data: [{ name: 'a', sha256: 'b', count: -1 }] }, /training\.data\[0\]\.count/],
      [
        'validation',
        { data: 'x', count: 1, accuracy: 98 },
        /validation\.accuracy: expected a share of 0\.\.1, received 98/,
      ],
      ['test', {}, /test: expected a list/],
    ];
    for (const [field, value, text] of damages) {
      const damaged = JSON.stringify({ ...card, [field]: value });
      expect(() => parseCard(damaged)).toThrow(FormatError);
      expect(() => parseCard(damaged)).toThrow(text);
    }
    expect(() => parseCard('{')).toThrow(/expected JSON/);
    expect(() => parseCard(' '.repeat(maximumCardCharacters + 1))).toThrow(/characters/);
    expect(() => withModelCard(digitModel(), { ...card, temperature: -1 })).toThrow(FormatError);
  });

  it('takes a committee, and refuses one that is not whole or says more than a reader knows', () => {
    const members = [1, 2].map((seed) => ({ name: `digits-${seed}`, seed, temperature: 1.1 }));
    const committee = { rule: 'votes', members };
    expect(parseCard(JSON.stringify({ ...card, committee })).committee).toEqual(committee);
    const [first] = members;
    const damages: [unknown, RegExp][] = [
      [null, /committee: expected an object, received null/],
      [{ members }, /committee\.rule: expected "votes" or "meanProbability" or "meanLogit", received nothing/],
      [{ rule: 'toString', members }, /committee\.rule: expected .*, received "toString"/],
      [{ ...committee, veto: 1 }, /committee: expected only the fields rule, members, received "veto"/],
      [{ ...committee, members: {} }, /committee\.members: expected a list/],
      [{ ...committee, members: [first] }, /committee\.members: expected 2\.\.100 networks, received 1/],
      [
        { ...committee, members: Array.from({ length: 101 }, (_, index) => ({ name: `${index}`, temperature: 1 })) },
        /expected 2\.\.100 networks, received 101/,
      ],
      [
        { ...committee, members: [first, first] },
        /committee\.members: expected names that differ, received "one twice"/,
      ],
      [{ ...committee, members: [first, 'digits'] }, /committee\.members\[1\]: expected an object, received "digits"/],
      [{ ...committee, members: [first, { ...members[1], name: '' }] }, /members\[1\]\.name: expected a text/],
      [{ ...committee, members: [first, { ...members[1], seed: '2' }] }, /members\[1\]\.seed: expected a number/],
      [
        { ...committee, members: [first, { ...members[1], temperature: 0 }] },
        /members\[1\]\.temperature: expected a number above 0, received 0/,
      ],
      [
        { ...committee, members: [first, { ...members[1], weight: 2 }] },
        /members\[1\]: expected only the fields name, seed, temperature, received "weight"/,
      ],
    ];
    for (const [value, text] of damages) {
      const damaged = JSON.stringify({ ...card, committee: value });
      expect(() => parseCard(damaged)).toThrow(FormatError);
      expect(() => parseCard(damaged)).toThrow(text);
    }
  });

  it('throws only its own errors, whatever stands in the metadata', { tags: ['slow'] }, () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ format: fc.constant(1), labels: fc.jsonValue() }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(() => modelCardOf(digitModel({ [cardKey]: text }))).toThrow(FormatError);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});
