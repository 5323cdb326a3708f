import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { type EmnistSplit, emnistSplits } from './emnist.ts';
import { checkEmnistMapping, parseEmnistMapping } from './emnistMapping.ts';

/** A mapping as published: `label code`, and for letters both codes. */
const mapping = (split: EmnistSplit): string[] =>
  emnistSplits[split].classes.map((text, index) =>
    [
      index + emnistSplits[split].firstLabel,
      text.charCodeAt(0),
      ...(split === 'letters' ? [text.toLowerCase().charCodeAt(0)] : []),
    ].join(' '),
  );

describe('parseEmnistMapping', () => {
  it('reads two columns and three', () => {
    expect(parseEmnistMapping('0 48\n36 97\r\n\n', 'm')).toEqual([
      { label: 0, characters: ['0'] },
      { label: 36, characters: ['a'] },
    ]);
    expect(parseEmnistMapping('1 65 97 \n', 'm')).toEqual([{ label: 1, characters: ['A', 'a'] }]);
  });

  it.each(['0', '0 48 49 50', '0 x', 'a 48', '0 10', '0 200', '-1 48', '0,48', '0 48.5'])('refuses %s', (line) => {
    expect(() => parseEmnistMapping(`0 48\n${line}`, 'm')).toThrow(FormatError);
    expect(() => parseEmnistMapping(`0 48\n${line}`, 'm')).toThrow(
      'm: reading a mapping: line 2: expected a label and one or two codes',
    );
  });

  it('answers any text only with its own errors', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.nat(300), { maxLength: 9 }).map((numbers) => numbers.join(' ')),
    );
    fc.assert(
      fc.property(text, (any) => {
        try {
          checkEmnistMapping(any, 'digits', 'm');
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});

describe('checkEmnistMapping', () => {
  it.each(Object.keys(emnistSplits) as EmnistSplit[])('takes the mapping of %s', (split) => {
    expect(() => checkEmnistMapping(`${mapping(split).join('\n')}\n`, split, 'm')).not.toThrow();
  });

  it('refuses that of another division, another character, another label', () => {
    const text = (lines: string[]) => lines.join('\n');
    expect(() => checkEmnistMapping(text(mapping('byclass')), 'balanced', 'm')).toThrow(
      'm: reading the mapping of emnist-balanced: expected 47 lines, received 62',
    );
    const balanced = mapping('balanced');
    expect(() => checkEmnistMapping(text(balanced.with(36, '36 99')), 'balanced', 'm')).toThrow(
      'expected label 36 to be a, received 36 as c',
    );
    expect(() => checkEmnistMapping(text(balanced.with(3, '4 51')), 'balanced', 'm')).toThrow(
      'expected label 3 to be 3, received 4 as 3',
    );
    const letters = mapping('letters');
    expect(() => checkEmnistMapping(text(letters.with(0, '1 65')), 'letters', 'm')).toThrow(
      'expected label 1 to be A a, received 1 as A',
    );
  });
});
