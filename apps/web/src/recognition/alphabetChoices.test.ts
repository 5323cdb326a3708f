import { describe, expect, it } from 'vitest';
import { alphabets } from '../../../../src/core/floor.ts';
import { labelsOf, offeredAlphabets } from './alphabetChoices.ts';

const { digits, upper, lower, alphanumeric } = alphabets;

describe('the alphabets that are offered', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['digits alone', digits, []],
    ['capitals alone', upper, []],
    ['neither digits nor letters', ['+', '-', 'α'], []],
    ['digits and signs', [...digits, '+'], []],
    ['all 62', alphanumeric, ['digits', 'upper', 'lower', 'letters', 'all']],
    ['letters of both kinds', [...upper, ...lower], ['upper', 'lower', 'all']],
    ['digits and capitals', [...digits, ...upper], ['digits', 'upper', 'all']],
    ['letters of both kinds and a sign', ['+', 'x', 'X'], ['upper', 'lower', 'letters', 'all']],
    ['classes in any order', ['b', '1', 'A'], ['digits', 'upper', 'lower', 'letters', 'all']],
  ])('%s', (_, labels, offered) => {
    expect(offeredAlphabets(labels)).toEqual(offered);
    for (const choice of offeredAlphabets(labels)) expect(labelsOf(labels, choice)).not.toEqual([]);
  });

  it('leave labels in the order of the model', () => {
    const labels = ['b', '1', 'A', 'a', '0'];
    expect(labelsOf(labels, 'lower')).toEqual(['b', 'a']);
    expect(labelsOf(labels, 'letters')).toEqual(['b', 'A', 'a']);
    expect(labelsOf(labels, 'digits')).toEqual(['1', '0']);
    expect(labelsOf(labels, 'all')).toEqual(labels);
  });
});
