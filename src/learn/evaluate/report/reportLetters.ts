// The section of an evaluation page on letters: case, merged classes, look-alikes, and the confusion matrix by group.
import type { GroupMetrics, LetterMetrics, RightShare } from '../letterMetrics.ts';
import { definitions, details, escapeHtml, percent, share, table } from './reportHtml.ts';

/** Classes of a group, as it is called: `0/O/o`. */
export function groupName({ classes }: Pick<GroupMetrics, 'classes'>): string {
  return classes.join('/');
}

/**
 * The section's HTML.
 *
 * @param chart `<svg>` of the confusion matrix by group.
 */
export function letterSection(letters: LetterMetrics, chart: string): string {
  const { macro, ambiguity, groups, confusion } = letters;
  const names = groups.map(groupName);
  const rows = groups
    .filter(({ count }) => count > 0)
    .map(
      (group) =>
        `<tr><th scope="row" title="${escapeHtml(group.reason ?? '')}">${escapeHtml(groupName(group))}</th><td>${group.count}</td><td>${group.right}</td><td>${group.within}</td><td>${group.elsewhere}</td><td>${group.empty}</td><td>${share(group.right / group.count)}</td><td>${share((group.right + group.within) / group.count)}</td></tr>`,
    );
  const columns = ['pictures', 'right', 'wrong within', 'wrong elsewhere', 'empty', 'recall', 'recall of the group'];
  const matrix = groups.map(
    ({ empty }, index) =>
      `<tr><th scope="row">${escapeHtml(names[index]!)}</th>${confusion[index]!.map((count) => `<td>${count}</td>`).join('')}<td>${empty}</td></tr>`,
  );
  return `${definitions([
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
        : `${ambiguity.within} of ${ambiguity.errors}: ${share(ambiguity.share)} (${interval(ambiguity.interval95)})`,
    ],
    ['Right when these are forgiven', said(ambiguity.forgiven)],
  ])}
<p>Look-alikes are shapes that cannot be told apart by sight when one stands alone in a tight box. Merged: C I J K L M O P S U V W X Y Z count as one
class with their small letter, the probabilities summed before the choice. In brackets: Wilson's 95&nbsp;% intervals.</p>
<figure class="chart">${chart}</figure>
<p>Confusion by group: rows are true groups, columns groups answered; blue is the right group, whichever of its classes was answered.</p>
${table('Groups of look-alikes, and classes that look like no other', head(['group', ...columns]), rows)}
${details('Confusion by group as a table', table('Counts by true group and answered group', head(['truth', ...names, 'empty']), matrix))}`;
}

function head(columns: readonly string[]): string {
  return `<tr>${columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')}</tr>`;
}

function said({ share: right, interval95 }: RightShare): string {
  return `${percent(right)} (${interval(interval95)})`;
}

function interval([low, high]: readonly [number, number]): string {
  return `${percent(low)} to ${percent(high)}`;
}
