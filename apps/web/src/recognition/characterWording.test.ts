import { describe, expect, it } from 'vitest';
import { alphabets } from '../../../../src/core/floor.ts';
import { caseOf, nameOf, nounFor, nounOf, rangeOf, subjectOf, withArticle } from './characterWording.ts';

const { digits, upper, lower, letters, alphanumeric, hanzi } = alphabets;

describe('what characters are called', () => {
  it.each<[readonly string[], string, string, string]>([
    [digits, 'digit', 'a digit', 'Any digit from 0 to 9'],
    [upper, 'letter', 'a letter', 'Any letter from A to Z'],
    [lower, 'letter', 'a letter', 'Any letter from a to z'],
    [letters, 'letter', 'a letter', 'Any letter, capital or small'],
    [alphanumeric, 'character', 'a digit or a letter', 'Any digit, any letter, capital or small'],
    [['1', '7'], 'digit', 'a digit', 'One of 2 digits'],
    [[...digits, 'x', 'Y'], 'character', 'a digit or a letter', 'One of 12 characters'],
    [['+', 'α'], 'character', 'a character', 'One of 2 characters'],
    [[...'一丁七万丈'], 'Chinese character', 'a Chinese character', 'One of 5 Chinese characters, such as 丁 七 万'],
    [[...'一a'], 'character', 'a character', 'One of 2 characters'],
  ])('%j', (labels, noun, subject, range) => {
    expect(nounOf(labels)).toBe(noun);
    expect(subjectOf(labels)).toBe(subject);
    expect(rangeOf(labels, nounOf(labels))).toBe(range);
  });

  it('counts many Chinese characters, and names a few', () => {
    expect(rangeOf(hanzi, nounOf(hanzi))).toMatch(
      /^One of 3,755 Chinese characters, such as \p{Script=Han}( \p{Script=Han}){2}$/u,
    );
  });

  it('follows the choice of the visitor', () => {
    expect(nounFor(upper, 'upper')).toBe('capital letter');
    expect(nounFor(lower, 'lower')).toBe('small letter');
    expect(nounFor(letters, 'letters')).toBe('letter');
    expect(nounFor(digits, 'digits')).toBe('digit');
    expect(nounFor(alphanumeric, 'all')).toBe('character');
    // A model whose capitals may stand for both.
    expect(nounFor(upper, 'all')).toBe('letter');
  });

  it('tells capitals from small letters, where there are both', () => {
    expect(caseOf('O', alphanumeric)).toBe('capital');
    expect(nameOf('o', alphanumeric)).toBe('small o');
    expect(nameOf('O', upper)).toBe('O');
    expect(nameOf('0', alphanumeric)).toBe('0');
    expect(nameOf('?', ['?'])).toBe('?');
  });

  it('has the right article', () => {
    expect(withArticle('石')).toBe('石');
    const names = ['8', '11', '18', 'F', 'x', '1', '7', 'U', 'capital F', 'small a', '110'];
    expect(names.map(withArticle).join(', ')).toBe(
      'an 8, an 11, an 18, an F, an x, a 1, a 7, a U, a capital F, a small a, a 110',
    );
  });
});
