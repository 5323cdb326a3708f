import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { drawBernoulliMask, drawExactMask } from './dropoutMask.ts';

const dropped = (mask: Uint8Array): number => mask.reduce((count, kept) => count + (1 - kept), 0);

describe('drawBernoulliMask', () => {
  it.each([0.05, 0.2, 0.5, 0.9])('drops a share of %d', (rate) => {
    const mask = new Uint8Array(200_001).fill(9);
    drawBernoulliMask(mask, rate, randomStream(1, rate * 100));
    expect(mask.every((value) => value === 0 || value === 1)).toBe(true);
    expect(Math.abs(dropped(mask) / mask.length - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / mask.length));
  });

  it('drops neighbours, which share a draw, independently', () => {
    const mask = new Uint8Array(200_000);
    drawBernoulliMask(mask, 0.3, randomStream(2));
    for (const offset of [0, 1]) {
      let both = 0;
      for (let i = offset; i + 1 < mask.length; i += 2) if (mask[i] === 0 && mask[i + 1] === 0) both++;
      expect(Math.abs(both / 100_000 - 0.09)).toBeLessThan(5 * Math.sqrt((0.09 * 0.91) / 100_000));
    }
  });

  it('keeps all at rate 0, in masks of any length, the odd last one too', () => {
    for (const length of [0, 1, 2, 7]) {
      const mask = new Uint8Array(length);
      drawBernoulliMask(mask, 0, randomStream(3));
      expect(dropped(mask)).toBe(0);
    }
    const last = Array.from({ length: 4000 }, (_, seed) => {
      const mask = new Uint8Array(3);
      drawBernoulliMask(mask, 0.25, randomStream(4, seed));
      return 1 - mask[2]!;
    });
    const share = last.reduce((sum, value) => sum + value, 0) / last.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / last.length));
  });
});

describe('drawExactMask', () => {
  it.each([
    [10, 0.2, 2],
    [7, 0.5, 4],
    [5, 0.9, 5],
    [8, 0, 0],
    [1024, 0.2, 205],
    [1, 0.4, 0],
  ])('of %i neurons at rate %d drops %i, in every sample', (neurons, rate, count) => {
    const mask = new Uint8Array(neurons * 20);
    drawExactMask(mask, neurons, rate, randomStream(1, neurons));
    for (let start = 0; start < mask.length; start += neurons) {
      expect(dropped(mask.subarray(start, start + neurons))).toBe(count);
    }
  });

  it('makes every choice of 2 out of 5 equally likely', () => {
    const samples = 20_000;
    const mask = new Uint8Array(5 * samples);
    drawExactMask(mask, 5, 0.4, randomStream(2));
    const counts = new Map<string, number>();
    for (let start = 0; start < mask.length; start += 5) {
      const choice = mask.subarray(start, start + 5).join('');
      counts.set(choice, (counts.get(choice) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(9 + 5 * Math.sqrt(18));
  });

  it('is decided by the stream', () => {
    const masks = [1, 1, 2].map((seed) => {
      const mask = new Uint8Array(100);
      drawExactMask(mask, 50, 0.3, randomStream(seed));
      return mask.join();
    });
    expect(masks[0]).toBe(masks[1]);
    expect(masks[0]).not.toBe(masks[2]);
  });
});
