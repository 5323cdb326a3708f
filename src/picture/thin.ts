// Strokes of any width down to lines one pixel wide: what a pen's path, a thinned template and a skeleton's crossings
// are read from.

/**
 * Thins a mask in place until only lines are left, in as many pieces and with as many holes as before; outside it is
 * paper.
 *
 * In turn, two passes take away border pixels that have 2 to 6 neighbours in one connected run: the first those at the
 * lower right and the upper left corner, the second the others.
 *
 * T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for thinning digital patterns", 1984. They take all pixels of
 * a pass away at once, which makes a square of 2 x 2 vanish and wears away diagonals two pixels wide; ours looks again
 * before each (a pixel whose neighbours are one run can go without tearing or opening anything), so that no piece is
 * lost.
 *
 * @param mask `[height, width]`, 1 for ink and 0 for paper; changed in place.
 *
 * @example
 * ```ts
 * import { thinMask } from 'ductus/picture';
 *
 * const bar = new Uint8Array(7 * 5).fill(0);
 * for (let row = 1; row < 4; row++) bar.fill(1, 7 * row + 1, 7 * row + 6);
 * thinMask(bar, 7, 5);
 * console.log(bar.reduce((sum, value) => sum + value) < 15); // true
 * ```
 */
export function thinMask(mask: Uint8Array, width: number, height: number): void {
  const stride = width + 2;
  const padded = new Uint8Array(stride * (height + 2));
  let ink: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 0) continue;
      const at = (y + 1) * stride + x + 1;
      padded[at] = 1;
      ink.push(at);
    }
  }
  for (let before = -1; before !== ink.length; ) {
    before = ink.length;
    for (const pass of [0, 1] as const) {
      const border = ink.filter((at) => isBorder(padded, at, stride, pass) && isSpare(padded, at, stride));
      for (const at of border) if (isSpare(padded, at, stride)) padded[at] = 0;
      ink = ink.filter((at) => padded[at] === 1);
    }
  }
  mask.fill(0);
  for (const at of ink) mask[(Math.floor(at / stride) - 1) * width + (at % stride) - 1] = 1;
}

/** Whether a pixel lies at the side that a pass takes away. */
function isBorder(mask: Uint8Array, at: number, stride: number, pass: 0 | 1): boolean {
  const [north, east, south, west] = [mask[at - stride]!, mask[at + 1]!, mask[at + stride]!, mask[at - 1]!];
  return pass === 0
    ? (north & east & south) === 0 && (east & south & west) === 0
    : (north & east & west) === 0 && (north & south & west) === 0;
}

/** Whether a pixel has 2 to 6 neighbours, and these are one run round it: it ends no line and joins nothing. */
function isSpare(mask: Uint8Array, at: number, stride: number): boolean {
  // Clockwise from the one above, Zhang and Suen's P2 to P9.
  const n = mask[at - stride]!;
  const ne = mask[at - stride + 1]!;
  const e = mask[at + 1]!;
  const se = mask[at + stride + 1]!;
  const s = mask[at + stride]!;
  const sw = mask[at + stride - 1]!;
  const w = mask[at - 1]!;
  const nw = mask[at - stride - 1]!;
  const neighbours = n + ne + e + se + s + sw + w + nw;
  if (neighbours < 2 || neighbours > 6) return false;
  const begins = (ne & ~n) + (e & ~ne) + (se & ~e) + (s & ~se) + (sw & ~s) + (w & ~sw) + (nw & ~w) + (n & ~nw);
  return begins === 1;
}
