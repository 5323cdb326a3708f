// The building blocks of the report's sections, as Preact elements; the comparison of systems uses them, too.
import { type ComponentChild, type ComponentChildren, h } from 'preact';

/** A section under a heading. */
export function section(id: string, title: string, ...content: ComponentChildren[]): ComponentChild {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...content);
}

/** Terms with their descriptions. */
export function definitions(entries: readonly (readonly [string, string])[]): ComponentChild {
  return h(
    'dl',
    null,
    entries.map(([term, value]) => h('div', null, h('dt', null, term), h('dd', null, value))),
  );
}

/** A row of a table: its head and its other cells. */
export type TableRow = readonly [head: ComponentChild, ...cells: ComponentChild[]];

/**
 * A table that scrolls on its own where the page is narrow.
 *
 * @param rows the first cell of each is its head; where it is an element, that is the head cell itself.
 * @param textColumns indices of the columns that hold sentences rather than figures.
 */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly TableRow[],
  textColumns: readonly number[] = [],
): ComponentChild {
  const kind = (column: number) => (textColumns.includes(column) ? { class: 'text' } : {});
  const headCells = columns.map((title, column) => h('th', { scope: 'col', ...kind(column) }, title));
  // One row per line: pages kept in the repository can be compared line by line.
  const bodyRows = rows.map(([head, ...cells]) => [
    '\n',
    h(
      'tr',
      null,
      typeof head === 'string' ? h('th', { scope: 'row' }, head) : head,
      cells.map((cell, index) => h('td', kind(index + 1), cell)),
    ),
  ]);
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      null,
      h('caption', null, caption),
      h('thead', null, h('tr', null, headCells)),
      h('tbody', null, bodyRows),
    ),
  );
}

/** Content that is collapsed at first. */
export function details(summary: string, ...content: ComponentChildren[]): ComponentChild {
  return h('details', null, h('summary', null, summary), ...content);
}

/** A chart: the text of an `<svg>` element that Ductus drew, inserted as it is. */
export function chart(svg: string): ComponentChild {
  return h('figure', { class: 'chart', dangerouslySetInnerHTML: { __html: svg } });
}

/** A paragraph. */
export function paragraph(...content: ComponentChildren[]): ComponentChild {
  return h('p', null, ...content);
}
