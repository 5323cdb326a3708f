// Thinning: strokes of any width down to lines of one pixel, holes and ends kept.

/**
 * Thins binary ink in place until nothing changes (Zhang and Suen, A fast parallel algorithm for thinning digital patterns, 1984).
 *
 * In turn, two passes take away border pixels with 2 to 6 neighbours in one connected run: the first those at the lower right and the
 * upper left corner, the second the others. Outside the picture is paper.
 *
 * @param ink `[height, width]`, 1 for ink, 0 for paper.
 */
export function thin(ink: Uint8Array, width: number, height: number): void {
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : ink[y * width + x]!);
  const leaving: number[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const first of [true, false]) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          if (ink[y * width + x] === 0) continue;
          // Clockwise from above: N, NE, E, SE, S, SW, W, NW.
          const n = at(x, y - 1);
          const ne = at(x + 1, y - 1);
          const e = at(x + 1, y);
          const se = at(x + 1, y + 1);
          const s = at(x, y + 1);
          const sw = at(x - 1, y + 1);
          const w = at(x - 1, y);
          const nw = at(x - 1, y - 1);
          const neighbours = n + ne + e + se + s + sw + w + nw;
          if (neighbours < 2 || neighbours > 6) continue;
          const runs =
            (1 - n) * ne +
            (1 - ne) * e +
            (1 - e) * se +
            (1 - se) * s +
            (1 - s) * sw +
            (1 - sw) * w +
            (1 - w) * nw +
            (1 - nw) * n;
          if (runs !== 1) continue;
          const stays = first ? n * e * s !== 0 || e * s * w !== 0 : n * e * w !== 0 || n * s * w !== 0;
          if (!stays) leaving.push(y * width + x);
        }
      }
      for (const pixel of leaving) ink[pixel] = 0;
      changed ||= leaving.length > 0;
      leaving.length = 0;
    }
  }
}
