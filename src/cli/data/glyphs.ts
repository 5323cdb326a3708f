// Pictures of characters as text for a terminal, with words above each.
import type { Picture } from '../../picture/floor.ts';

/** A picture, if there is one, and the lines above it. */
export interface Glyph {
  readonly title: readonly string[];
  readonly picture: Picture | null;
}

/** Least grey level that counts as ink: half. */
const inkLevel = 128;
/** Spaces between glyphs. */
const gap = '  ';

/**
 * Lays pictures out side by side, as many as fit into a line. A character of text stands for one pixel by two, so
 * pixels are about square.
 *
 * @param width characters per line.
 */
export function formatGlyphs(glyphs: readonly Glyph[], width: number): string {
  const blocks = glyphs.map(({ title, picture }) => [...title, ...(picture === null ? [] : linesOf(picture))]);
  const widest = Math.max(0, ...blocks.flatMap((lines) => lines.map((line) => line.length)));
  const columns = Math.max(1, Math.floor((width + gap.length) / (widest + gap.length)));
  const rows: string[] = [];
  for (let start = 0; start < blocks.length; start += columns) {
    const row = blocks.slice(start, start + columns);
    const height = Math.max(...row.map((lines) => lines.length));
    for (let line = 0; line < height; line++) {
      rows.push(
        row
          .map((lines) => (lines[line] ?? '').padEnd(widest))
          .join(gap)
          .trimEnd(),
      );
    }
    rows.push('');
  }
  return rows.join('\n');
}

function linesOf({ width, height, pixels }: Picture): string[] {
  const ink = (row: number, column: number): boolean => row < height && pixels[row * width + column]! >= inkLevel;
  return Array.from({ length: Math.ceil(height / 2) }, (_, pair) =>
    Array.from({ length: width }, (_, column) => {
      const [upper, lower] = [ink(2 * pair, column), ink(2 * pair + 1, column)];
      return upper && lower ? '█' : upper ? '▀' : lower ? '▄' : ' ';
    }).join(''),
  );
}
