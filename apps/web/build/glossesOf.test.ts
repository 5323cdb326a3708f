import { describe, expect, it } from 'vitest';
import { alphabets } from '../../../src/core/floor.ts';
import { glossesOf } from './glossesOf.ts';

describe('glossesOf', () => {
  it.each([
    ['石', 'shí', 'rock; stone; stone inscription'],
    ['女', 'nǚ', 'female; woman; daughter'],
    // Of several readings the usual one, which is not the one of most words.
    ['都', 'dōu', 'all; both; entirely; already'],
    // A neutral tone, and a long meaning cut at a word.
    ['吗', 'ma', '(question particle for "yes-no" …'],
    // Two traditional characters in one.
    ['后', 'hòu', 'back; empress; behind'],
    ['後', 'hòu', 'back; behind; rear'],
    // Simplified and traditional forms.
    ['龟', 'guī', 'tortoise; turtle'],
    ['漢', 'hàn', 'man; Han ethnic group'],
    // A surname says less than a dynasty, and more than nothing.
    ['宋', 'sòng', 'the Song dynasty (960-1279)'],
    ['邓', 'dèng', 'surname Deng'],
    // The dictionary's references are resolved.
    ['佛', 'fó', 'Buddha; Buddhism (abbr. for 佛陀)'],
  ])('%s is %s, %s', { tags: ['slow'] }, async (label, reading, meaning) => {
    expect(await glossesOf([label])).toEqual(new Map([[label, [reading, meaning]]]));
  });

  it('holds what the labels are, and nothing for those that are no Chinese characters', {
    tags: ['slow'],
  }, async () => {
    expect([...(await glossesOf(['一', 'A', '7', '', '〇'])).keys()]).toEqual(['一', '〇']);
  });

  it('knows all common characters, each in a few words without the marks of the dictionary', {
    tags: ['slow'],
  }, async () => {
    const glosses = await glossesOf(alphabets.hanzi);
    expect(glosses.size).toBe(3755);
    for (const [label, [reading, meaning]] of glosses) {
      expect(reading, label).toMatch(/^[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]+$/);
      expect(meaning, label).toMatch(/^\S.{0,38}\S$|^\S$/u);
      expect(meaning, label).not.toMatch(/[[\]|]|CL:| {2}/);
    }
  });
});
