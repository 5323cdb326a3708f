import { describe, expect, it } from 'vitest';
import { latestOnly } from './latestOnly.ts';

describe('latestOnly', () => {
  it('runs one at a time and skips what was overtaken', async () => {
    const started: number[] = [];
    let finish: () => void = () => {};
    const ask = latestOnly<number>((value) => {
      started.push(value);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    ask(1);
    ask(2);
    ask(3);
    expect(started).toEqual([1]);
    finish();
    await Promise.resolve();
    await Promise.resolve();
    expect(started).toEqual([1, 3]);
    finish();
    await Promise.resolve();
    await Promise.resolve();
    ask(4);
    expect(started).toEqual([1, 3, 4]);
  });
});
