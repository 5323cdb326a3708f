import { describe, expect, it } from 'vitest';
import { ShapeError, UsageError } from '../core/floor.ts';
import { contactSheet } from './contactSheet.ts';
import { blankPicture } from './picture.ts';

describe('contactSheet', () => {
  it('lays pictures out row by row with gaps between and around', () => {
    const pictures = [1, 2, 3].map((level) => blankPicture(2, 1, level));
    const sheet = contactSheet(pictures, { columns: 2, gap: 1, gapLevel: 9 });
    expect([sheet.width, sheet.height]).toEqual([7, 5]);
    const rows = Array.from({ length: 5 }, (_, y) => [...sheet.pixels.subarray(7 * y, 7 * y + 7)].join(''));
    expect(rows).toEqual(['9999999', '9119229', '9999999', '9339999', '9999999']);
  });

  it('enlarges by whole pixels and is about square by default', () => {
    const pictures = Array.from({ length: 9 }, () => ({ width: 2, height: 1, pixels: Uint8Array.of(5, 6) }));
    const sheet = contactSheet(pictures, { gap: 0, scale: 2 });
    expect([sheet.width, sheet.height]).toEqual([12, 6]);
    expect([...sheet.pixels.subarray(0, 6)]).toEqual([5, 5, 6, 6, 5, 5]);
  });

  it('makes a sheet of no pictures', () => {
    expect(contactSheet([], { gap: 2 })).toEqual(blankPicture(2, 2, 96));
    expect(contactSheet([], { gap: 0 })).toEqual(blankPicture(1, 1, 96));
  });

  it('refuses pictures of different sizes, options out of range and sheets without bound', () => {
    expect(() => contactSheet([blankPicture(2, 2), blankPicture(3, 2)])).toThrow(ShapeError);
    expect(() => contactSheet([blankPicture(2, 2)], { columns: 0 })).toThrow(/columns: expected .* received 0/);
    expect(() => contactSheet([blankPicture(200, 200)], { scale: 1000 })).toThrow(UsageError);
  });
});
