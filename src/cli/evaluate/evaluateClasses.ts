// The table of classes that `ductus evaluate` prints: all of them, or the worst ones where there are many.
import type { Metrics } from '../../learn/floor.ts';
import { formatPercent, formatTable, printLine } from '../output.ts';

/** Most classes of which all are printed: digits and letters. With more classes, the rows of one screen. */
const mostPrinted = 62;
const fewPrinted = 20;

/** Prints each class's figures; with many classes also how often the true one was among the first few answers. */
export function printClasses({ perClass, topK }: Metrics): void {
  const occurring = perClass.filter((row) => row.count > 0);
  const many = perClass.length > mostPrinted;
  if (many) {
    const among = Object.entries(topK).map(([k, share]) => `${formatPercent(share)} among the first ${k}`);
    printLine(`right: ${among.join(', ')}\n`);
  }
  const printed = many
    ? occurring.toSorted((left, right) => left.correct / left.count - right.correct / right.count).slice(0, fewPrinted)
    : occurring;
  if (printed.length < occurring.length) {
    printLine(`the ${printed.length} of ${occurring.length} classes that were read worst (--json has all):\n`);
  }
  const share = (value: number | null): string => (value === null ? '' : formatPercent(value));
  const rows = printed.map((row) => [
    row.label,
    String(row.count),
    String(row.correct),
    share(row.recall),
    share(row.precision),
    share(row.f1),
  ]);
  printLine(formatTable([['class', 'pictures', 'right', 'recall', 'precision', 'F1'], ...rows], [1, 2, 3, 4, 5]));
}
