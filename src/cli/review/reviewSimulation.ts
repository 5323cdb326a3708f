// `ductus review --simulate`: measures what asking is worth on labelled data, for three orders of questions, with and
// without adaptation.
import type { ReviewItem, ReviewPoint, ReviewSimulationOptions } from '../../learn/floor.ts';
import { formatPercent, formatTable, printJson, printLine, printNote } from '../output.ts';
import { formatExact } from './reviewDialogue.ts';

/** What to simulate, and where the results go. */
export interface PrintSimulationOptions extends Omit<ReviewSimulationOptions, 'order'> {
  /** SVG file for the curves. */
  readonly chart?: string;
  readonly json?: boolean;
  /** Goes into the JSON unchanged. */
  readonly subject: object;
}

/** Simulates all, prints, and draws. */
export async function printSimulation(
  readings: readonly ReviewItem[],
  truth: readonly string[],
  options: PrintSimulationOptions,
): Promise<void> {
  const { simulateReviews } = await import('../../learn/floor.ts');
  const { reviewChart, reviewTitle, writeFileAtomic } = await import('../../platform/node/floor.ts');
  const { targetError, upTo, chart, json, subject } = options;
  const show = (text: string): unknown => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`);
  const curves = simulateReviews(readings, truth, options, (curve) => show(`${reviewTitle(curve)} ...`));
  show('');
  if (chart !== undefined) {
    await writeFileAtomic(chart, await reviewChart(curves));
    if (process.stderr.isTTY) printNote(`Wrote ${chart}`);
  }
  if (json) return printJson({ ...subject, count: truth.length, targetError, upTo, curves, ...(chart && { chart }) });
  const first = curves[0]!.points[0]!;
  printLine(
    `${truth.length} pictures, ${first.errors} wrong (${formatExact(first.error)}), expected ${formatExact(first.expectedError)}; ` +
      `target ${formatExact(targetError)}; at most ${formatPercent(upTo)} asked\n`,
  );
  const share = (point: ReviewPoint | null): string => (point === null ? 'not yet' : formatPercent(point.share));
  const rows = curves.map((curve) => [
    reviewTitle(curve),
    share(curve.end),
    curve.end === null ? '' : formatExact(curve.end.error),
    share(curve.reached),
    formatExact(curve.points.at(-1)!.error),
  ]);
  const head = [
    'order of questions',
    'ends at',
    'left there',
    'target reached at',
    `left after ${formatPercent(upTo)}`,
  ];
  printLine(formatTable([head, ...rows], [1, 2, 3, 4]));
  if (chart !== undefined) printLine(`\nChart: ${chart}`);
}
