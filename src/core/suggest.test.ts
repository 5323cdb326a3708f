import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestion, suggestName } from './suggest.ts';

describe('suggestName', () => {
  const names = ['digits', 'letters', 'alnum'];
  it('finds near names and only those', () => {
    expect(suggestName('digtis', names)).toBe('digits');
    expect(suggestName('Letter', names)).toBe('letters');
    expect(suggestName('alnun', names)).toBe('alnum');
    expect(suggestName('chinese', names)).toBeUndefined();
    expect(suggestion('chinese', names)).toBe('');
  });
  it('finds every name with one change', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(4), fc.constantFrom('x', ''), (name, at, letter) => {
        expect(suggestName(name.slice(0, at) + letter + name.slice(at + 1), names)).toBe(name);
      }),
    );
  });
  it('is quick on hostile input', () => {
    expect(suggestName('x'.repeat(1e6), names)).toBeUndefined();
  });
});
