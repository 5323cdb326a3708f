// What asking a person is worth: the wrong labels left by the share of pictures asked about. One line per simulated
// review.
import type { ReviewCurve, ReviewOrder } from '../../../learn/floor.ts';
import { lineChart } from './lineChart.ts';

const names: Readonly<Record<ReviewOrder, string>> = {
  leastCertain: 'least certain first',
  random: 'at random',
  given: 'all, one by one',
};

/** Name of a simulated review in tables and charts. */
export function reviewTitle({ order, adapt }: Pick<ReviewCurve, 'order' | 'adapt'>): string {
  return `${names[order]}${adapt ? ', adapted' : ''}`;
}

/**
 * Draws the curves of simulated reviews.
 *
 * @returns `<svg>` as text.
 * @throws {MissingError} when the optional packages for charts are not installed.
 */
export function reviewChart(curves: readonly ReviewCurve[]): Promise<string> {
  return lineChart({
    title: 'Wrong labels left, by the share of pictures that a person was asked about',
    x: { label: 'asked about (%)' },
    y: { label: 'wrong labels left (%)' },
    series: curves.map((curve) => ({
      name: reviewTitle(curve),
      points: curve.points.map(({ share, error }) => ({ x: 100 * share, y: 100 * error })),
    })),
  });
}
