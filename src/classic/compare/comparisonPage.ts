// A comparison as ONE self-contained HTML page: no script, nothing fetched. It draws no charts: it receives them.
import { type ComponentChild, type ComponentChildren, h } from 'preact';
import {
  chart,
  definitions,
  details,
  htmlPage,
  paragraph,
  percent,
  reportStyle,
  section,
  type TableRow,
  table,
} from '../../learn/floor.ts';
import {
  aboutSystem,
  type Column,
  comparisonColumns,
  rejectionColumns,
  trialColumns,
  turnedColumns,
} from './comparisonColumns.ts';
import type { SystemResult } from './systemResult.ts';
import { trials } from './trials.ts';

/** `<svg>` elements' text. */
export interface ComparisonCharts {
  readonly errors: string;
  readonly rejection: string;
}

/** The content of the page. */
export interface ComparisonPage {
  readonly results: readonly SystemResult[];
  readonly failures: readonly { readonly system: string; readonly message: string }[];
  /** Undefined when no system was measured. */
  readonly charts: ComparisonCharts | undefined;
  /** Command, versions, machine and date, for the foot of the page. */
  readonly made: Readonly<Record<string, string>>;
}

/** Styles beyond the report's: sentences in cells, wide tables. */
const style = `${reportStyle}td.text,th.text{text-align:left;white-space:normal;min-width:16rem}th[scope=row],th:first-child{text-align:left}body{max-width:72rem}p,caption{max-width:60rem}`;

/**
 * The page's HTML: figures, trials, rejection, confusions, and a description of each system. For light and dark, and
 * phones.
 */
export function comparisonPage({ results, failures, charts, made }: ComparisonPage): string {
  const [first] = results;
  const title = first === undefined ? 'Systems compared' : `Systems compared on ${first.test.data}`;
  const about =
    first &&
    paragraph(
      `${results.length} systems, trained on ${first.training.offered} samples of ${first.training.data} and asked about the same ${first.test.count} pictures.`,
    );
  return htmlPage({
    title,
    style,
    body: [
      h('header', null, paragraph('Comparison'), h('h1', null, title), about),
      h('main', null, [
        failures.length > 0 && section('failures', 'Not measured', failureList(failures)),
        charts && [
          section('figures', 'Figures', chart(charts.errors), figures(results)),
          section('trials', 'Trials', trialTable(results)),
          section('rejection', 'Refusing the least sure', rejection(results, charts.rejection)),
          section('systems', 'What they are', systemTable(results)),
          section('confusion', 'Confusions', turnedTable(results), results.map(confusion)),
        ],
      ]),
      h('footer', null, definitions(Object.entries(made))),
    ],
  });
}

function failureList(failures: ComparisonPage['failures']): ComponentChild {
  return definitions(failures.map(({ system, message }) => [system, message]));
}

function columnTable(caption: string, columns: readonly Column[], results: readonly SystemResult[]): ComponentChild {
  return table(
    caption,
    ['system', ...columns.map(({ title }) => title)],
    results.map((result): TableRow => [result.system, ...columns.map(({ value }) => value(result))]),
  );
}

function figures(results: readonly SystemResult[]): ComponentChild {
  return columnTable(
    'Intervals are Wilson\u2019s, 95 %. Times are those of one core; memory is what the system took beyond the process with the data in it.',
    comparisonColumns,
    results,
  );
}

function rejection(results: readonly SystemResult[], svg: string): ComponentChildren {
  const caption = 'Share of wrong answers among the others, by the share refused';
  return [
    paragraph('The answers whose first class leads the second by least are refused.'),
    chart(svg),
    details('As a table', columnTable(caption, rejectionColumns, results)),
    ownRules(results),
  ];
}

function trialTable(results: readonly SystemResult[]): ComponentChildren {
  const [first] = results;
  const list = definitions([
    [
      'clean',
      `${first?.trials.clean?.count ?? 0} of the test pictures as they are; the other trials change the same ones`,
    ],
    ...trials.map(({ name, description }): [string, string] => [name, description]),
    [
      'pairs read',
      'two characters that touch, framed as if they were one: share of the pairs whose classes come first and second',
    ],
    [
      'pairs refused',
      `share of such pairs refused by the margin that refuses ${percent(first?.touching.refusing ?? 0, 0)} of single characters`,
    ],
  ]);
  return [columnTable('Share of right answers; of the pairs see below', trialColumns, results), list];
}

function ownRules(results: readonly SystemResult[]): ComponentChildren {
  const entries = results.flatMap(({ system, ownRejection: own }): [string, string][] =>
    own === null
      ? []
      : [
          [
            system,
            `refuses ${percent(1 - own.coverage)}; ${own.error === null ? 'answers nothing' : `${percent(own.error)} of the others are wrong`}`,
          ],
        ],
  );
  return entries.length > 0 && [paragraph('By rules of their own:'), definitions(entries)];
}

function systemTable(results: readonly SystemResult[]): ComponentChild {
  const rows = results.map((result): TableRow => {
    const { what, figure } = aboutSystem(result);
    return [result.system, what, figure];
  });
  const caption = 'Published figures are on the data named there, which is not always that of this page';
  return table(caption, ['system', 'what it is', 'published'], rows, [1, 2]);
}

/** Empty where the data has no two such classes. */
function turnedTable(results: readonly SystemResult[]): ComponentChildren {
  const columns = turnedColumns(results[0]?.test.labels ?? []);
  if (columns.length === 0) return null;
  return [
    paragraph('Features that are the same however a character is turned take it for the one that it is upside down.'),
    columnTable('Read as the other, of the pictures of both', columns, results),
  ];
}

function confusion({ system, test }: SystemResult): ComponentChild {
  const rows = test.confusion.map((row, truth): TableRow => [test.labels[truth]!, ...row]);
  return details(system, table('Rows are true classes, columns answers', ['truth', ...test.labels], rows));
}
