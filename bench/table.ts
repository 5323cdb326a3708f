// The table at the end of a run: one line for each figure of ours and each peer beside it.
import type { BenchmarkRow, Spread } from './benchmark.ts';

const headings = ['what', 'unit', 'ours', 'peer', "peer's", 'ratio'];

/** A table in Markdown, its columns padded. Ratios above 1: ours is better. */
export function formatTable(rows: readonly BenchmarkRow[]): string {
  const lines = rows.flatMap(({ what, unit, ours, peers = [], note }) => {
    const first = [what, unit, formatSpread(ours)];
    const cells = peers.map(({ name, ratio, ...theirs }, index) => [
      ...(index === 0 ? first : ['', '', '']),
      name,
      formatSpread(theirs),
      formatSpread(ratio),
    ]);
    if (cells.length === 0) cells.push([...first, '', '', '']);
    if (note !== undefined) cells[0]![0] += ` (${note})`;
    return cells;
  });
  const table = [headings, headings.map(() => ''), ...lines];
  const widths = headings.map((_, column) => Math.max(3, ...table.map((cells) => cells[column]!.length)));
  return `${table
    .map((cells, line) => {
      const padded = cells.map((cell, column) => cell.padEnd(widths[column]!, line === 1 ? '-' : ' '));
      return `| ${padded.join(' | ')} |`;
    })
    .join('\n')}\n`;
}

/** `median (least-greatest)`. */
export function formatSpread({ median, min, max, count }: Spread): string {
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.max(Math.abs(median), 1e-3)))));
  if (count === 1) return median.toFixed(digits);
  return `${median.toFixed(digits)} (${min.toFixed(digits)}-${max.toFixed(digits)})`;
}
