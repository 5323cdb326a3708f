import { describe, expect, it } from 'vitest';
import { alphabets } from '../../../../src/core/floor.ts';
import { hanRuns, isHan } from './han.ts';

describe('Chinese characters', () => {
  it('are told from other texts', () => {
    for (const label of [...alphabets.hanzi, '〇', '後', '亍', '石头', '𠀀']) expect(isHan(label), label).toBe(true);
    for (const label of [...alphabets.alphanumeric, '', ' ', '。', 'あ', '石a', 'shí'])
      expect(isHan(label), label).toBe(false);
  });

  it('are found in a sentence, which is not changed', () => {
    expect(hanRuns('Predicting you draw 石 with 97% confidence')).toEqual([
      'Predicting you draw ',
      '石',
      ' with 97% confidence',
    ]);
    expect(hanRuns('used in 咖啡')).toEqual(['used in ', '咖啡', '']);
    expect(hanRuns('a 7')).toEqual(['a 7']);
  });
});
