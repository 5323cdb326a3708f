import { describe, expect, it } from 'vitest';
import { editDistance, plainCosts } from './editDistance.ts';

// With costs from confusions it is tested in read/lexicon, against every way by recursion.
describe('editDistance', () => {
  const swapping = { ...plainCosts, transposition: 1 };

  it.each([
    ['', '', 0, 0],
    ['digits', 'digits', 0, 0],
    ['kitten', 'sitting', 3, 3],
    ['digits', 'digtis', 2, 1],
    ['ab', 'ba', 2, 1],
    // The restricted form: nothing is edited once it was swapped.
    ['ca', 'abc', 3, 3],
    ['\u{1F600}a', 'a\u{1F600}', 2, 1],
  ])('from "%s" to "%s" is %i, and %i where neighbours may change places', (left, right, plain, swapped) => {
    expect(editDistance(left, right, plainCosts)).toBe(plain);
    expect(editDistance(left, right, swapping)).toBe(swapped);
    expect(editDistance(right, left, swapping)).toBe(swapped);
    for (let most = 0; most < 4; most++) {
      const bounded = editDistance(left, right, swapping, most);
      if (swapped <= most) expect(bounded).toBe(swapped);
      else expect(bounded).toBeGreaterThan(most);
    }
  });
});
