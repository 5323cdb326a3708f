// The section of an evaluation page on letters: case, merged classes, look-alikes, and the confusion matrix by group.
import { type ComponentChildren, h } from 'preact';
import type { GroupMetrics, LetterMetrics, RightShare } from '../letterMetrics.ts';
import { percent, percentOrNone } from './percent.ts';
import { chart, definitions, details, paragraph, type TableRow, table } from './reportParts.ts';

/** Name of a group, made of its classes: `0/O/o`. */
export function groupName({ classes }: Pick<GroupMetrics, 'classes'>): string {
  return classes.join('/');
}

/**
 * The section's content.
 *
 * @param svg `<svg>` of the confusion matrix by group.
 */
export function letterSection(letters: LetterMetrics, svg: string): ComponentChildren {
  const { macro, ambiguity, groups, confusion } = letters;
  const names = groups.map(groupName);
  const rows = groups
    .filter(({ count }) => count > 0)
    .map(
      (group): TableRow => [
        h('th', { scope: 'row', title: group.reason ?? '' }, groupName(group)),
        ...[group.count, group.right, group.within, group.elsewhere, group.empty],
        percentOrNone(group.right / group.count),
        percentOrNone((group.right + group.within) / group.count),
      ],
    );
  const matrix = groups.map(({ empty }, index): TableRow => [names[index]!, ...confusion[index]!, empty]);
  return [
    definitions([
      ['Right within 1, 2, 3', [letters.top[1], letters.top[2], letters.top[3]].map(said).join('; ')],
      [
        'Mean of the classes',
        `${percent(macro.share)} of ${macro.classes} classes, standard error ${percent(macro.standardError)}`,
      ],
      ['Case folded', said(letters.caseFolded)],
      ['Merged as EMNIST', said(letters.merged)],
      [
        'Errors between look-alikes',
        ambiguity.interval95 === null
          ? 'no errors'
          : `${ambiguity.within} of ${ambiguity.errors}: ${percentOrNone(ambiguity.share)} (${interval(ambiguity.interval95)})`,
      ],
      ['Right when these are forgiven', said(ambiguity.forgiven)],
    ]),
    paragraph(
      'Look-alikes are shapes that cannot be told apart by sight when one stands alone in a tight box. Merged: C I J K L M O P S U V W X Y Z count as one ' +
        "class with their small letter, the probabilities summed before the choice. In brackets: Wilson's 95\u00a0% intervals.",
    ),
    chart(svg),
    paragraph(
      'Confusion by group: rows are true groups, columns groups answered; blue is the right group, whichever of its classes was answered.',
    ),
    table(
      'Groups of look-alikes, and classes that look like no other',
      ['group', 'pictures', 'right', 'wrong within', 'wrong elsewhere', 'empty', 'recall', 'recall of the group'],
      rows,
    ),
    details(
      'Confusion by group as a table',
      table('Counts by true group and answered group', ['truth', ...names, 'empty'], matrix),
    ),
  ];
}

function said({ share: right, interval95 }: RightShare): string {
  return `${percent(right)} (${interval(interval95)})`;
}

function interval([low, high]: readonly [number, number]): string {
  return `${percent(low)} to ${percent(high)}`;
}
