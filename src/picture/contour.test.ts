import { describe, expect, it } from 'vitest';
import { randomStream } from '../core/floor.ts';
import { type Contour, crackMiddles, traceContours } from './contour.ts';

/** A mask from rows of characters, ink where there is no dot. */
function maskOf(...rows: string[]): [mask: Uint8Array, width: number, height: number] {
  const width = rows[0]!.length;
  return [Uint8Array.from(rows.join(''), (character) => (character === '.' ? 0 : 1)), width, rows.length];
}

function noise(seed: number, width: number, height: number, share: number): Uint8Array {
  const random = randomStream(seed, 'contour test');
  return Uint8Array.from({ length: width * height }, () => (random.uniform() < share ? 1 : 0));
}

/** Pieces of ink by flooding, across corners or only along sides: the plain way to count what contours go round. */
function pieces(mask: Uint8Array, width: number, height: number, value: number, corners: boolean): number {
  const left = mask.slice();
  let count = 0;
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== value) continue;
    count++;
    const stack = [start];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (left[at] !== value) continue;
      left[at] = 2;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          if (corners || u === x || v === y) stack.push(v * width + u);
        }
      }
    }
  }
  return count;
}

describe('traceContours', () => {
  it('goes round one pixel clockwise from its upper left corner', () => {
    const [contour, ...others] = traceContours(...maskOf('...', '.#.', '...'));
    expect(others).toEqual([]);
    expect([...contour!.points]).toEqual([1, 1, 2, 1, 2, 2, 1, 2]);
    expect(contour).toMatchObject({ hole: false, area: 1 });
  });

  it('finds a ring outside and inside, and joins ink across a corner', () => {
    const ring = traceContours(...maskOf('.##.', '#..#', '.##.'));
    expect(ring.map(({ hole, area }) => [hole, area])).toEqual([
      [false, 8],
      [true, 2],
    ]);
  });

  it('finds nothing in paper, and follows ink along the edge of the picture', () => {
    expect(traceContours(new Uint8Array(6), 3, 2)).toEqual([]);
    expect(traceContours(new Uint8Array(6).fill(9), 3, 2)).toMatchObject([{ area: 6, hole: false }]);
    expect(traceContours(new Uint8Array(), 0, 0)).toEqual([]);
  });

  it.each([0.1, 0.35, 0.5, 0.65, 0.9])('encloses every pixel of noise, ink %f, once', (share) => {
    for (let seed = 0; seed < 20; seed++) {
      const [width, height] = [17, 12];
      const mask = noise(seed, width, height, share);
      const contours = traceContours(mask, width, height);
      const ink = mask.reduce((sum, value) => sum + value, 0);
      expect(contours.reduce((sum, { hole, area }) => sum + (hole ? -area : area), 0)).toBe(ink);
      expect(contours.filter(({ hole }) => !hole)).toHaveLength(pieces(mask, width, height, 1, true));
      // The holes are the pieces of paper but the one outside, which a frame of paper makes one.
      const framed = new Uint8Array((width + 2) * (height + 2));
      for (let y = 0; y < height; y++) {
        framed.set(mask.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
      }
      const papers = pieces(framed, width + 2, height + 2, 0, false);
      expect(contours.filter(({ hole }) => hole)).toHaveLength(papers - 1);
      // Every side between ink and paper is passed once.
      let sides = 0;
      for (let at = 0; at < framed.length; at++) {
        if (framed[at] === 0) continue;
        for (const step of [1, -1, width + 2, -width - 2]) if (framed[at + step] === 0) sides++;
      }
      expect(contours.reduce((sum, { points }) => sum + points.length / 2, 0)).toBe(sides);
    }
  });
});

describe('crackMiddles', () => {
  const lengthOf = (contour: Contour): number => {
    const middles = crackMiddles(contour);
    let length = 0;
    for (let i = 0; i < middles.length; i += 2) {
      const next = (i + 2) % middles.length;
      length += Math.hypot(middles[next]! - middles[i]!, middles[next + 1]! - middles[i + 1]!);
    }
    return length;
  };

  it('makes a square and the same square on its corner about equally long', () => {
    const side = 40;
    const square = new Uint8Array(100 * 100);
    const turned = new Uint8Array(100 * 100);
    for (let y = 0; y < 100; y++) {
      for (let x = 0; x < 100; x++) {
        if (Math.max(Math.abs(x - 50), Math.abs(y - 50)) < side / 2) square[y * 100 + x] = 1;
        if (Math.abs(x - 50) + Math.abs(y - 50) < side / Math.SQRT2) turned[y * 100 + x] = 1;
      }
    }
    const [upright] = traceContours(square, 100, 100);
    const [diamond] = traceContours(turned, 100, 100);
    expect(lengthOf(diamond!) / lengthOf(upright!)).toBeCloseTo(1, 1);
    // Along the sides of the pixels it would be longer by the square root of two.
    expect(diamond!.points.length / upright!.points.length).toBeGreaterThan(1.35);
  });
});
