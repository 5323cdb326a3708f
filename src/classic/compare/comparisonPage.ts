// A comparison as ONE self-contained HTML page: no script, nothing fetched. Charts come in ready-made.
import { definitions, details, escapeHtml, percent, reportStyle, section, table } from '../../learn/floor.ts';
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

/** What the page shows. */
export interface ComparisonPage {
  readonly results: readonly SystemResult[];
  readonly failures: readonly { readonly system: string; readonly message: string }[];
  /** Undefined when no system was measured. */
  readonly charts: ComparisonCharts | undefined;
  /** Command, versions, machine and date, for the foot of the page. */
  readonly made: Readonly<Record<string, string>>;
}

/** The page's HTML: figures, trials, rejection, confusions, and what each system is; light and dark, readable on a phone. */
export function comparisonPage({ results, failures, charts, made }: ComparisonPage): string {
  const [first] = results;
  const title = first === undefined ? 'Systems compared' : `Systems compared on ${first.test.data}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}td.text,th.text{text-align:left;white-space:normal;min-width:16rem}th[scope=row],th:first-child{text-align:left}body{max-width:72rem}p,caption{max-width:60rem}</style>
</head>
<body>
<header>
<p>Comparison</p>
<h1>${escapeHtml(title)}</h1>
${first === undefined ? '' : `<p>${results.length} systems, trained on ${first.training.offered} samples of ${escapeHtml(first.training.data)} and asked about the same ${first.test.count} pictures.</p>`}
</header>
<main>
${failures.length === 0 ? '' : section('failures', 'Not measured', failureList(failures))}
${
  charts === undefined
    ? ''
    : `${section('figures', 'Figures', `<figure class="chart">${charts.errors}</figure>\n${figures(results)}`)}
${section('trials', 'Trials', trialTable(results))}
${section('rejection', 'Refusing the least sure', `<p>The answers whose first class leads the second by least are refused.</p>\n<figure class="chart">${charts.rejection}</figure>\n${details('As a table', columnTable('Share of wrong answers among the others, by the share refused', rejectionColumns, results))}${ownRules(results)}`)}
${section('systems', 'What they are', systemTable(results))}
${section('confusion', 'Confusions', `${turnedTable(results)}\n${results.map(confusion).join('\n')}`)}`
}
</main>
<footer>${definitions(Object.entries(made))}</footer>
</body>
</html>
`;
}

function failureList(failures: ComparisonPage['failures']): string {
  return definitions(failures.map(({ system, message }) => [system, message]));
}

function columnTable(caption: string, columns: readonly Column[], results: readonly SystemResult[]): string {
  const head = `<tr><th scope="col">system</th>${columns.map(({ title }) => `<th scope="col">${escapeHtml(title)}</th>`).join('')}</tr>`;
  const rows = results.map(
    (result) =>
      `<tr><th scope="row">${escapeHtml(result.system)}</th>${columns.map(({ value }) => `<td>${escapeHtml(value(result))}</td>`).join('')}</tr>`,
  );
  return table(caption, head, rows);
}

function figures(results: readonly SystemResult[]): string {
  return columnTable(
    'Intervals are Wilson\u2019s, 95 %. Times are those of one core; memory is what the system took beyond the process with the data in it.',
    comparisonColumns,
    results,
  );
}

function trialTable(results: readonly SystemResult[]): string {
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
  return `${columnTable('Share of right answers; of the pairs see below', trialColumns, results)}\n${list}`;
}

function ownRules(results: readonly SystemResult[]): string {
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
  return entries.length === 0 ? '' : `<p>By rules of their own:</p>${definitions(entries)}`;
}

function systemTable(results: readonly SystemResult[]): string {
  const head =
    '<tr><th scope="col">system</th><th scope="col" class="text">what it is</th><th scope="col" class="text">published</th></tr>';
  const rows = results.map((result) => {
    const { what, figure } = aboutSystem(result);
    return `<tr><th scope="row">${escapeHtml(result.system)}</th><td class="text">${escapeHtml(what)}</td><td class="text">${escapeHtml(figure)}</td></tr>`;
  });
  return table('Published figures are on the data named there, which is not always that of this page', head, rows);
}

/** Nothing where the data has no two such classes. */
function turnedTable(results: readonly SystemResult[]): string {
  const columns = turnedColumns(results[0]?.test.labels ?? []);
  return columns.length === 0
    ? ''
    : `<p>Features that are the same however a character is turned take it for the one that it is upside down.</p>\n${columnTable('Read as the other, of the pictures of both', columns, results)}`;
}

function confusion({ system, test }: SystemResult): string {
  const head = `<tr><th scope="col">truth</th>${test.labels.map((label) => `<th scope="col">${escapeHtml(label)}</th>`).join('')}</tr>`;
  const rows = test.confusion.map(
    (row, truth) =>
      `<tr><th scope="row">${escapeHtml(test.labels[truth]!)}</th>${row.map((count) => `<td>${count}</td>`).join('')}</tr>`,
  );
  return details(escapeHtml(system), table('Rows are true classes, columns answers', head, rows));
}
