// Strokes down to lines one pixel wide, so that another pen can follow them.

/**
 * Thins a mask until only its lines are left, connected as before.
 *
 * T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for thinning digital patterns", 1984.
 *
 * @param mask `[row, column]`, 1 inside and 0 outside; changed in place. Pixels at the edge of the picture must be 0.
 */
export function thinMask(mask: Uint8Array, width: number, height: number): void {
  const doomed: number[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1] as const) {
      doomed.length = 0;
      for (let y = 1; y < height - 1; y++) {
        for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
          if (mask[at] === 1 && isRemovable(mask, at, width, pass)) doomed.push(at);
        }
      }
      for (const at of doomed) mask[at] = 0;
      changed ||= doomed.length > 0;
    }
  }
}

/** Zhang and Suen's conditions; their P2 to P9 go round the pixel clockwise from the one above. */
function isRemovable(mask: Uint8Array, at: number, width: number, pass: 0 | 1): boolean {
  const [p2, p3, p4] = [mask[at - width]!, mask[at - width + 1]!, mask[at + 1]!];
  const [p5, p6, p7] = [mask[at + width + 1]!, mask[at + width]!, mask[at + width - 1]!];
  const [p8, p9] = [mask[at - 1]!, mask[at - width - 1]!];
  const neighbours = p2 + p3 + p4 + p5 + p6 + p7 + p8 + p9;
  if (neighbours < 2 || neighbours > 6) return false;
  const rises =
    (1 - p2) * p3 + (1 - p3) * p4 + (1 - p4) * p5 + (1 - p5) * p6 + (1 - p6) * p7 + (1 - p7) * p8 + (1 - p8) * p9;
  if (rises + (1 - p9) * p2 !== 1) return false;
  return pass === 0 ? p2 * p4 * p6 === 0 && p4 * p6 * p8 === 0 : p2 * p4 * p8 === 0 && p2 * p6 * p8 === 0;
}
