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

  it('knows the common Chinese characters, 3,755 of them, by code point', () => {
    const hanzi = expandAlphabet('hanzi');
    expect(new Set(hanzi).size).toBe(3755);
    expect([hanzi[0], hanzi.at(-1)]).toEqual(['一', '龟']);
    for (const character of '啊阿座宁家守学汉字') expect(hanzi).toContain(character);
    for (const character of '亍宀丂a。') expect(hanzi).not.toContain(character);
    expect(hanzi.every((character) => /^[\u4e00-\u9fff]$/.test(character))).toBe(true);
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
