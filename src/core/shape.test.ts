import { describe, expect, it } from 'vitest';
import { ShapeError } from './errors.ts';
import { broadcastShapes, formatShape, sameShape, sizeOf, stridesOf } from './shape.ts';

describe('shapes', () => {
  it.each([
    [[], 1, []],
    [[5], 5, [1]],
    [[2, 3], 6, [3, 1]],
    [[2, 3, 4, 5], 120, [60, 20, 5, 1]],
    [[1, 1], 1, [1, 1]],
  ])('%j has %i elements and strides %j', (shape, size, strides) => {
    expect(sizeOf(shape)).toBe(size);
    expect(stridesOf(shape)).toEqual(strides);
  });

  it('formats shapes as people write them', () => {
    expect(formatShape([2, 3])).toBe('[2, 3]');
    expect(formatShape([])).toBe('[]');
  });

  it.each([
    [[], [], true],
    [[2, 3], [2, 3], true],
    [[2, 3], [3, 2], false],
    [[2, 3], [2, 3, 1], false],
    [[1], [], false],
  ])('%j and %j: the same is %s', (left, right, same) => {
    expect(sameShape(left, right)).toBe(same);
    expect(sameShape(right, left)).toBe(same);
  });

  it.each([
    [[], [2, 3], [2, 3]],
    [[3], [2, 3], [2, 3]],
    [[2, 1], [3], [2, 3]],
    [
      [2, 1, 4],
      [3, 1],
      [2, 3, 4],
    ],
    [[1, 1], [1], [1, 1]],
    [[5], [5], [5]],
  ])('%j and %j broadcast to %j', (left, right, result) => {
    expect(broadcastShapes(left, right)).toEqual(result);
    expect(broadcastShapes(right, left)).toEqual(result);
  });

  it.each([
    [[2], [3]],
    [
      [2, 3],
      [2, 4],
    ],
    [
      [2, 3],
      [3, 3],
    ],
    [[4, 2, 3], [4]],
  ])('%j and %j do not broadcast, and the message has both and what was done', (left, right) => {
    const attempt = (): unknown => broadcastShapes(left, right, 'sum of things');
    expect(attempt).toThrow(ShapeError);
    for (const part of ['sum of things', formatShape(left), formatShape(right)]) expect(attempt).toThrow(part);
  });
});
