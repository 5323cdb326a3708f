import { describe, expect, it } from 'vitest';
import { type Alphabet, alphabets, expandAlphabet } from './alphabet.ts';
import { UsageError } from './errors.ts';

describe('expandAlphabet', () => {
  it('knows the alphabets by name, in the order digits, capitals, small letters', () => {
    expect(expandAlphabet('digits').join('')).toBe('0123456789');
    expect(expandAlphabet('upper').join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    expect(expandAlphabet('lower').join('')).toBe('abcdefghijklmnopqrstuvwxyz');
    expect(expandAlphabet('letters')).toEqual([...alphabets.upper, ...alphabets.lower]);
    expect(expandAlphabet('alphanumeric')).toEqual([...alphabets.digits, ...alphabets.letters]);
  });

  it('takes lists of texts and names, each text once', () => {
    expect(expandAlphabet(['x', 'digits', '3', '千', 'x'])).toEqual(['x', ...alphabets.digits, '千']);
  });

  it.each<[string, unknown]>([
    ['an unknown name', 'digit'],
    ['a name that every object has', 'toString'],
    ['an empty text', ''],
    ['an empty list', []],
    ['an empty text in a list', ['a', '']],
    ['a number in a list', [3]],
    ['no alphabet at all', { digits: true }],
  ])('refuses %s', (_, alphabet) => {
    expect(() => expandAlphabet(alphabet as Alphabet)).toThrow(UsageError);
    expect(() => expandAlphabet(alphabet as Alphabet)).toThrow(/^alphabet: expected/);
  });
});
