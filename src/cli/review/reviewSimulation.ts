// `ductus review --simulate`: what asking is worth on labelled data, by three orders of questions, with and without adaptation.
import type { ReviewCurve, ReviewItem, ReviewOrder, ReviewPoint } from '../../learn/floor.ts';
import { formatPercent, formatTable, printJson, printLine, printNote } from '../output.ts';
import { formatExact } from './reviewDialogue.ts';

/** What is simulated. */
export interface SimulationOptions {
  readonly labels: readonly string[];
  readonly truth: readonly string[];
  readonly targetError: number;
  readonly upTo: number;
  readonly seed: number;
  /** False: without adaptation alone. */
  readonly adapt: boolean;
  readonly chart?: string;
  readonly json?: boolean;
  /** Goes into the JSON as it is. */
  readonly about: object;
}

const names: Readonly<Record<ReviewOrder, string>> = {
  leastCertain: 'least certain first',
  random: 'at random',
  given: 'all, one by one',
};

/** Simulates all, prints, and draws. */
export async function printSimulation(readings: readonly ReviewItem[], options: SimulationOptions): Promise<void> {
  const { reviewOrders, simulateReview } = await import('../../learn/floor.ts');
  const { truth, targetError, upTo, chart, json, about } = options;
  const curves: ReviewCurve[] = [];
  for (const order of reviewOrders) {
    for (const adapt of options.adapt ? [false, true] : [false]) {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${titleOf({ order, adapt })} ...`);
      curves.push(simulateReview(readings, truth, { ...options, order, adapt }));
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (chart !== undefined) await drawCurves(chart, curves);
  if (json) return printJson({ ...about, count: truth.length, targetError, upTo, curves, ...(chart && { chart }) });
  const first = curves[0]!.points[0]!;
  printLine(
    `${truth.length} pictures, ${first.errors} wrong (${formatExact(first.error)}), expected ${formatExact(first.expectedError)}; ` +
      `target ${formatExact(targetError)}; at most ${formatPercent(upTo)} asked\n`,
  );
  const share = (point: ReviewPoint | null): string => (point === null ? 'not yet' : formatPercent(point.share));
  const rows = curves.map((curve) => [
    titleOf(curve),
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

async function drawCurves(file: string, curves: readonly ReviewCurve[]): Promise<void> {
  const { lineChart, writeFileAtomic } = await import('../../platform/node/floor.ts');
  const svg = await lineChart({
    title: 'Wrong labels left, by the share of pictures that a person was asked about',
    x: { label: 'asked about (%)' },
    y: { label: 'wrong labels left (%)' },
    series: curves.map((curve) => ({
      name: titleOf(curve),
      points: curve.points.map(({ share, error }) => ({ x: 100 * share, y: 100 * error })),
    })),
  });
  await writeFileAtomic(file, svg);
  if (process.stderr.isTTY) printNote(`Wrote ${file}`);
}

function titleOf({ order, adapt }: Pick<ReviewCurve, 'order' | 'adapt'>): string {
  return `${names[order]}${adapt ? ', adapted' : ''}`;
}
