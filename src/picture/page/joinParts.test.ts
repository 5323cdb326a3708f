import { describe, expect, it } from 'vitest';
import type { Bounds } from '../bounds.ts';
import { joinParts } from './joinParts.ts';

/** Left, top, width, height; characters are 40 pixels high. */
const box = (left: number, top: number, width: number, height: number): Bounds => ({ left, top, width, height });
const join = (...boxes: readonly Bounds[]): number[][] =>
  joinParts(boxes, 40)
    .map((members) => members.toSorted((one, other) => one - other))
    .sort((one, other) => one[0]! - other[0]!);

describe('parts of one character', () => {
  it.each<[string, readonly Bounds[]]>([
    ['the dot of an i', [box(10, 12, 5, 28), box(9, 2, 5, 5)]],
    ['the dot of a j that leans', [box(10, 12, 16, 38), box(20, 0, 6, 6)]],
    ['the dots of an umlaut', [box(10, 15, 24, 25), box(12, 4, 5, 5), box(26, 4, 5, 5)]],
    ['the bars of an equals sign', [box(10, 20, 24, 4), box(11, 33, 22, 4)]],
    ['the bar of a 5', [box(10, 10, 22, 30), box(16, 4, 22, 5)]],
    ['a broken stroke', [box(10, 4, 22, 20), box(10, 27, 22, 14)]],
    ['the halves of a 3 that a rule cut', [box(10, 0, 22, 19), box(12, 22, 22, 18)]],
    ['a 4 of two strokes', [box(10, 4, 18, 22), box(22, 6, 5, 36)]],
    ['a stroke inside a zero', [box(10, 0, 28, 40), box(18, 10, 12, 20)]],
    ['a piece of a piece', [box(10, 24, 20, 16), box(12, 12, 16, 9), box(14, 2, 16, 8)]],
  ])('are joined: %s', (_, boxes) => {
    expect(join(...boxes)).toEqual([[...boxes.keys()]]);
    expect(join(...boxes.toReversed())).toEqual([[...boxes.keys()]]);
  });

  it.each<[string, readonly Bounds[]]>([
    ['two digits side by side', [box(10, 0, 24, 40), box(36, 0, 24, 40)]],
    ['two that lean over each other', [box(10, 0, 24, 40), box(30, 0, 24, 40)]],
    ['two ones', [box(10, 0, 4, 40), box(17, 0, 4, 40)]],
    ['two lines of digits', [box(10, 0, 24, 40), box(10, 46, 24, 40)]],
    ['two tight lines', [box(10, 0, 24, 40), box(10, 41, 24, 40)]],
    ['a digit and a dash', [box(10, 0, 24, 40), box(42, 20, 16, 4)]],
    ['a digit and a point below right', [box(10, 0, 24, 40), box(40, 36, 5, 5)]],
  ])('are not: %s', (_, boxes) => {
    expect(join(...boxes)).toEqual([...boxes.keys()].map((index) => [index]));
  });

  it('are all there is, each once', () => {
    expect(joinParts([], 40)).toEqual([]);
    const many = Array.from({ length: 300 }, (_, i) => box((i % 20) * 30, Math.floor(i / 20) * 50, 20 + (i % 7), 30));
    expect(
      joinParts(many, 40)
        .flat()
        .sort((one, other) => one - other),
    ).toEqual([...many.keys()]);
  });
});
