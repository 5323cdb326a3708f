// Tables of figures: one line for each figure of ours and each peer beside it. Used by the run's end and by
// docs/performance.md.
import { markdownTable } from '../../scripts/documents/markdownTable.ts';
import type { BenchmarkRow, FailedRow, Spread } from './benchmark.ts';

/** What stands over the cells of `rowCells`. */
export const rowHeadings: readonly string[] = ['what', 'unit', 'ours', 'peer', "peer's", 'ratio'];

/** A table in Markdown of a run's rows. Ratios above 1: ours is better. */
export function formatTable(rows: readonly (BenchmarkRow | FailedRow)[]): string {
  return markdownTable(rowHeadings, rows.flatMap(rowCells));
}

/** Lines of cells for one row: one for each peer, the first with our own figure; a failure's says what failed. */
export function rowCells(row: BenchmarkRow | FailedRow): string[][] {
  if ('error' in row) return [[`${row.what} (${row.error})`, '', 'failed', '', '', '']];
  const { what, unit, ours, peers = [], note } = row;
  const first = [note === undefined ? what : `${what} (${note})`, unit, formatSpread(ours)];
  if (peers.length === 0) return [[...first, '', '', '']];
  return peers.map(({ name, ratio, ...theirs }, index) => [
    ...(index === 0 ? first : ['', '', '']),
    name,
    formatSpread(theirs),
    formatSpread(ratio),
  ]);
}

/** `median (least-greatest)`. */
export function formatSpread({ median, min, max, count }: Spread): string {
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.max(Math.abs(median), 1e-3)))));
  if (count === 1) return median.toFixed(digits);
  return `${median.toFixed(digits)} (${min.toFixed(digits)}-${max.toFixed(digits)})`;
}
