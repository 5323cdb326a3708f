// The sections of an evaluation page on confusions: the confusion matrix, and each class.
import type { ComponentChild, ComponentChildren } from 'preact';
import type { Metrics } from '../metrics.ts';
import { percentOrNone } from './percent.ts';
import { chart, details, paragraph, type TableRow, table } from './reportParts.ts';

/** More classes than this make an unreadable matrix, and a page of millions of cells. */
export const mostMatrixClasses = 150;

/** How many confusions are listed instead. */
const listedConfusions = 60;

/** What this section needs of a report. */
interface Confused {
  readonly metrics: Metrics;
  readonly labels: readonly string[];
  readonly confusionChart: string;
}

/** The confusion matrix; for many classes, the most frequent confusions instead. */
export function reportConfusion({ metrics, labels, confusionChart }: Confused): ComponentChildren {
  if (metrics.perClass.length > mostMatrixClasses) return frequentConfusions(metrics, labels);
  const rows = metrics.perClass.map((row, index): TableRow => [row.label, ...metrics.confusion[index]!, row.empty]);
  return [
    paragraph(
      'Rows are true classes, columns answers. Right answers are blue by their share of the row; errors are ' +
        'orange, the strongest the most frequent, on a square-root scale.',
    ),
    chart(confusionChart),
    details('As a table', table('Counts by true class and answer', ['truth', ...labels, 'empty'], rows)),
  ];
}

function frequentConfusions({ perClass, confusion }: Metrics, labels: readonly string[]): ComponentChild {
  const errors = confusion.flatMap((row, truth) =>
    row.flatMap((count, answer) => (count > 0 && truth !== answer ? [{ truth, answer, count }] : [])),
  );
  const rows = errors
    .sort((left, right) => right.count - left.count)
    .slice(0, listedConfusions)
    .map(({ truth, answer, count }): TableRow => [perClass[truth]!.label, labels[answer], count]);
  const caption = `The ${rows.length} most frequent of ${errors.length} confusions`;
  return table(caption, ['truth', 'answer', 'pictures'], rows);
}

/** Recall and precision of each class. */
export function reportClasses({ perClass }: Metrics): ComponentChild {
  const rows = perClass.map(
    (row): TableRow => [row.label, row.count, row.correct, ...[row.recall, row.precision, row.f1].map(percentOrNone)],
  );
  return table(
    'Recall: share of the class read right. Precision: share of answers with this class that are right.',
    ['class', 'pictures', 'right', 'recall', 'precision', 'F1'],
    rows,
  );
}
