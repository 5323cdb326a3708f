import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import type { Bounds } from '../bounds.ts';
import { textLines } from './textLines.ts';

/** Lines of boxes 30 high, 60 apart, each box up to 6 off; turned by a slope and bowed by a height. */
function written(lines: number, perLine: number, slope: number, bow: number): Bounds[] {
  const random = randomStream(7, 'lines');
  return Array.from({ length: lines * perLine }, (_, index) => {
    const [line, place] = [Math.floor(index / perLine), index % perLine];
    const left = 40 * place + random.integer(10);
    const arc = bow * Math.sin((Math.PI * place) / perLine);
    const top = 400 + 60 * line + slope * left - arc + random.integer(6);
    return { left, top: Math.round(top), width: 20, height: 30 - random.integer(6) };
  });
}

describe('lines of text', () => {
  it.each([
    [0, 0],
    [0.08, 0],
    [-0.08, 0],
    [0, 25],
    [0.05, -15],
  ])('are followed with slope %f and bow %i', (slope, bow) => {
    const boxes = written(6, 20, slope, bow);
    const order = Array.from({ length: 6 }, (_, line) => Array.from({ length: 20 }, (_, place) => 20 * line + place));
    expect(textLines(boxes, 30)).toEqual(order);
  });

  it('take in commas and dashes, and do not follow them', () => {
    const digit = (left: number): Bounds => ({ left, top: 100, width: 20, height: 30 });
    const boxes = [
      digit(0),
      { left: 25, top: 124, width: 5, height: 10 },
      digit(40),
      { left: 70, top: 112, width: 20, height: 4 },
      digit(100),
    ];
    expect(textLines(boxes, 30)).toEqual([[0, 1, 2, 3, 4]]);
  });

  it('are none without boxes', () => {
    expect(textLines([], 30)).toEqual([]);
  });
});
