import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abbreviateLabels, compareLabels, labelOfFolder } from './labels.ts';

describe('labelOfFolder', () => {
  it.each([
    ['7', '7'],
    ['digit_7', '7'],
    ['A', 'A'],
    ['upper_A', 'A'],
    ['lower_a', 'a'],
    ['upper_a', 'A'],
    ['lower_A', 'a'],
    ['upper_É', 'É'],
    ['lower_ж', 'ж'],
    ['upper_ß', 'ß'],
    ['e\u0301', 'é'],
    ['digit_12', 'digit_12'],
    ['digit_x', 'digit_x'],
    ['upper_AB', 'upper_AB'],
    ['lower_', 'lower_'],
    ['_7', '_7'],
    ['宋', '宋'],
    ['12', '12'],
  ])('reads %s as %s', (folder, label) => {
    expect(labelOfFolder(folder)).toBe(label);
  });
});

describe('compareLabels', () => {
  it('puts digits, capitals, small letters and all others in this order', () => {
    const sorted = ['0', '2', '9', '10', '007', 'A', 'B', 'Z', 'Ä', 'a', 'b', 'z', 'ä', '+', 'digit_x', '宋', '𝔸b'];
    const expected = ['0', '2', '007', '9', '10', 'A', 'B', 'Z', 'Ä', 'a', 'b', 'z', 'ä', '+', 'digit_x', '宋', '𝔸b'];
    expect([...sorted].reverse().sort(compareLabels)).toEqual(expected);
    // By code point, not by UTF-16 unit: U+FF01 is below U+1F600, whose first unit is 0xD83D.
    expect(['😀', '！'].sort(compareLabels)).toEqual(['！', '😀']);
  });

  it('is a strict order: antisymmetric, transitive, and 0 only for equal texts', { tags: ['slow'] }, () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.stringMatching(/^[0-9A-Ca-c]{1,3}$/));
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(Math.sign(compareLabels(a, b)) + Math.sign(compareLabels(b, a))).toBe(0);
        expect(compareLabels(a, b) === 0).toBe(a === b);
        if (compareLabels(a, b) <= 0 && compareLabels(b, c) <= 0) expect(compareLabels(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('abbreviateLabels', () => {
  it.each([
    [[...'0123456789'], '0-9'],
    [[...'0123456789ABCabz'], '0-9 A-C a b z'],
    [[...'ABCEFGHIX'], 'A-C E-I X'],
    [[...'89:AB'], '8 9 : A B'],
    [['10', '11', '12'], '10 11 12'],
    [[...'零一二三'], '零 一 二 三'],
    [[], ''],
  ])('writes %j as %s', (labels, text) => {
    expect(abbreviateLabels(labels)).toBe(text);
  });

  it('leaves the rest of a long list out', () => {
    expect(abbreviateLabels([...'acegikmoq'], 8)).toBe('a c e g ...');
  });
});
