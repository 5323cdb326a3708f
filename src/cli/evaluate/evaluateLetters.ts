// Prints what `ductus evaluate` adds for a model of letters: case, merged classes, look-alikes. Computes nothing.
import type { LetterMetrics, RightShare } from '../../learn/floor.ts';
import { formatPercent, formatTable, printLine } from '../output.ts';

/**
 * Most groups that a row of the confusion names, the most frequent first: what fits a line. JSON and report have all.
 */
const shownAnswers = 6;

/** Prints the figures, and the confusion matrix by group: one line per group, without zeros. */
export function printLetters({ top, macro, caseFolded, merged, ambiguity, groups, confusion }: LetterMetrics): void {
  const row = (what: string, { share, right, count, interval95 }: RightShare): string[] => [
    what,
    formatPercent(share),
    interval95.map(formatPercent).join(' to '),
    `${right} of ${count}`,
  ];
  printLine('\nletters:\n');
  const { share, within, errors, interval95 } = ambiguity;
  printLine(
    formatTable(
      [
        ['', 'right', '95 % interval', ''],
        row('most probable', top[1]),
        row('among two', top[2]),
        row('among three', top[3]),
        [
          'mean of the classes',
          formatPercent(macro.share),
          `standard error ${formatPercent(macro.standardError)}`,
          `${macro.classes} classes`,
        ],
        row('case folded', caseFolded),
        row('47 merged classes', merged),
        row('look-alikes forgiven', ambiguity.forgiven),
        ...(share === null || interval95 === null
          ? []
          : [
              [
                'errors by look-alikes',
                formatPercent(share),
                interval95.map(formatPercent).join(' to '),
                `${within} of ${errors} errors`,
              ],
            ]),
      ],
      [1, 2],
    ),
  );
  const names = groups.map(({ classes }) => classes.join('/'));
  const rows = groups.flatMap((group, index) => {
    if (group.count === 0) return [];
    const answers = [
      ...confusion[index]!.map((count, column) => ({ count, name: names[column]! })).filter((_, at) => at !== index),
      { count: group.empty, name: '(empty)' },
    ].filter(({ count }) => count > 0);
    answers.sort((left, right) => right.count - left.count);
    const shown = answers.slice(0, shownAnswers).map(({ count, name }) => `${name} ${count}`);
    if (answers.length > shownAnswers) shown.push(`${answers.length - shownAnswers} others`);
    return [[names[index]!, String(group.count), String(group.right), String(group.within), shown.join(', ')]];
  });
  printLine();
  printLine(formatTable([['group', 'pictures', 'right', 'within', 'read as another group'], ...rows], [1, 2, 3]));
}
