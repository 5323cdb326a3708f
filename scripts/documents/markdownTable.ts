// Tables in Markdown: what documents, scripts and benchmarks write. The terminal's are `formatTable` of
// `src/cli/output.ts`.

/** One line of a table, line break excluded. A bar in a cell would begin a new column, a line break end the table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(safeCell).join(' | ')} |`;
}

/**
 * A table in Markdown.
 *
 * @param padded whether every column is as wide as its widest cell, for those who read the text itself.
 */
export function markdownTable(
  headings: readonly string[],
  lines: readonly (readonly string[])[],
  { padded = true }: { readonly padded?: boolean } = {},
): string {
  const table = [headings, headings.map(() => '---'), ...lines.map((cells) => cells.map(safeCell))];
  const widths = headings.map((_, column) => (padded ? Math.max(...table.map((cells) => cells[column]!.length)) : 0));
  const rows = table.map((cells, line) =>
    cells.map((cell, column) => cell.padEnd(widths[column]!, line === 1 ? '-' : ' ')).join(' | '),
  );
  return rows.map((row) => `| ${row} |\n`).join('');
}

function safeCell(cell: string): string {
  return cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
