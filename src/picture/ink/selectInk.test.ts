import { describe, expect, it } from 'vitest';
import { frameCharacter } from '../frame/frame.ts';
import { mnistFraming } from '../frame/framing.ts';
import type { Picture } from '../picture.ts';

/** A picture of ink on paper, by distances: positive inside, one pixel soft. */
function drawn(width: number, height: number, ...parts: ((x: number, y: number) => number)[]): Picture {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    const inside = Math.max(...parts.map((part) => part((i % width) + 0.5, Math.floor(i / width) + 0.5)));
    return 255 - 220 * Math.max(0, Math.min(1, inside + 0.5));
  });
  return { width, height, pixels };
}

type Part = (x: number, y: number) => number;
const disc =
  (x: number, y: number, radius: number): Part =>
  (u, v) =>
    radius - Math.hypot(u - x, v - y);
const ring =
  (x: number, y: number, radius: number): Part =>
  (u, v) =>
    2.5 - Math.abs(Math.hypot(u - x, v - y) - radius);
const bar =
  (left: number, top: number, right: number, bottom: number): Part =>
  (u, v) =>
    Math.min(u - left, right - u, v - top, bottom - v);

const framed = (picture: Picture): Picture => frameCharacter(picture, mnistFraming)!;
const same = (left: Picture, right: Picture): boolean =>
  left.pixels.every((value, i) => Math.abs(value - right.pixels[i]!) <= 2);

describe('selectInk, in framing', () => {
  it.each<[string, Part[]]>([
    ['i', [bar(37, 30, 43, 70), disc(40, 18, 4)]],
    ['j', [bar(40, 30, 46, 62), bar(30, 62, 46, 68), disc(43, 18, 4)]],
    ['=', [bar(20, 30, 60, 36), bar(20, 46, 60, 52)]],
    [':', [disc(40, 25, 5), disc(40, 55, 5)]],
    ['a 5 whose bar stands off', [bar(25, 12, 55, 17), ring(38, 50, 14), bar(25, 20, 30, 40)]],
    ['a ring broken in two', [(x, y) => Math.min(ring(40, 40, 22)(x, y), Math.abs(x - 40) - 3)]],
  ])('keeps all parts of %s', (_name, parts) => {
    const whole = framed(drawn(80, 80, ...parts));
    for (const part of parts) {
      const others = parts.filter((other) => other !== part);
      // Without any of its parts it would be framed otherwise: all of them are there.
      if (others.length > 0) expect(same(whole, framed(drawn(80, 80, ...others)))).toBe(false);
    }
    const more = framed(
      drawn(
        160,
        120,
        ...parts.map(
          (part): Part =>
            (x, y) =>
              part(x - 40, y - 20),
        ),
      ),
    );
    expect(same(whole, more)).toBe(true);
  });

  it('keeps the dot of an i in a tight crop', () => {
    const tight = drawn(8, 54, bar(1, 14, 7, 54), disc(4, 4, 4));
    const loose = drawn(60, 80, bar(27, 27, 33, 67), disc(30, 17, 4));
    expect(same(framed(tight), framed(loose))).toBe(true);
  });

  it.each<[string, Part]>([
    ['at the left', bar(-5, 20, 6, 50)],
    ['at the right, as heavy as the character', bar(70, -1, 90, 90)],
    ['in a corner', disc(80, 0, 12)],
    ['below', bar(20, 74, 60, 90)],
  ])('leaves out what enters %s', (_name, part) => {
    const character = ring(40, 40, 20);
    expect(same(framed(drawn(80, 80, character, part)), framed(drawn(80, 80, character)))).toBe(true);
  });

  it('keeps a character that the edge cuts', () => {
    const cut = framed(drawn(80, 80, ring(40, 30, 34)));
    const columns = [8, 14, 19].map((x) => Array.from({ length: 28 }, (_, y) => cut.pixels[y * 28 + x]!));
    for (const column of columns) expect(Math.max(...column)).toBeGreaterThan(200);
  });

  it('takes what is in the middle rather than a larger blot at the side', () => {
    const blot = bar(2, 2, 22, 40);
    expect(same(framed(drawn(80, 80, ring(45, 45, 18), blot)), framed(drawn(80, 80, blot)))).toBe(false);
  });
});
