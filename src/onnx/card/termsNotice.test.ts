import { describe, expect, it } from 'vitest';
import { hasClearTerms, termsNotice } from './termsNotice.ts';

const set = (name: string, terms?: string, cleared?: string) => ({
  ...{ name, count: 1, sha256: '' },
  ...(terms !== undefined && { terms }),
  ...(cleared !== undefined && { cleared }),
});

describe('hasClearTerms', () => {
  it.each([
    ['MIT', true],
    ['CC BY-SA 3.0 is commonly given', true],
    ['SIL Open Font License 1.1 and Apache License 2.0: pictures of the letters may be used and passed on', true],
    [undefined, false],
    ['', false],
    ['none stated (all five)', false],
    ['file: not stated; UCI: CC BY 4.0', false],
    ['free for academic research only', false],
    ['CC BY-NC, non-commercial use', false],
  ])('of "%s": %s', (terms, clear) => {
    expect(hasClearTerms(set('x', terms))).toBe(clear);
  });

  it("follows the recipe's word where it has one", () => {
    expect(hasClearTerms(set('x', 'none stated', 'I made it myself'))).toBe(true);
  });
});

describe('termsNotice', () => {
  it('names the data whose terms are open, each once, and says nothing where none is', () => {
    expect(termsNotice({ data: [set('a', 'MIT'), set('b', 'none stated', 'mine')] })).toEqual({});
    const { notice } = termsNotice({ data: [set('a', 'MIT'), set('b', 'none stated'), set('c')] });
    expect(notice).toMatch(/not stated, or not for every use: b, c\. Whether/);
  });

  it('asks what teachers were trained on', () => {
    const data = [set('a', 'MIT')];
    expect(termsNotice({ data, teachers: [{ name: 't', data }] })).toEqual({});
    const teachers = [
      { name: 't', data: [set('d', 'not stated')] },
      { name: 'old', data: [] },
    ];
    expect(termsNotice({ data, teachers }).notice).toMatch(/: d, whatever old was trained on\. /);
  });
});
