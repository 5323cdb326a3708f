// What rejecting the least certain answers gains.
import type { Kept } from '../../../learn/floor.ts';
import { chartWidth, openPlot, pageStyle, plotText, trainColour, validationColour } from './plot.ts';

/**
 * A rejection curve: the share of errors among the kept answers by the share rejected, with Wilson's 95 % interval.
 * Shows the part that changes: from nothing rejected to twice the share that rejects the last error.
 *
 * @param curve of `rejectionCurve`, at least one point.
 * @param marked points that the page names elsewhere.
 * @returns an `<svg>` element's text for a page.
 *
 * @example
 * ```ts
 * import { rejectionCurve } from 'ductus/learn';
 * import { rejectionChart } from 'ductus/node';
 *
 * const predictions = { labels: ['a', 'b'], probabilities: [0.9, 0.1, 0.8, 0.2, 0.6, 0.4], targets: [0, 0, 1] };
 * console.log((await rejectionChart(rejectionCurve(predictions))).startsWith('<svg')); // true
 * ```
 */
export async function rejectionChart(curve: readonly Kept[], marked: readonly Kept[] = []): Promise<string> {
  const { Plot, document } = await openPlot();
  const point = ({ coverage, error, interval95 }: Kept) => ({
    rejected: 100 * (1 - coverage),
    error: 100 * (error ?? 0),
    low: 100 * (interval95?.[0] ?? 0),
    high: 100 * (interval95?.[1] ?? 0),
  });
  const faultless = curve.findLast(({ errors }) => errors === 0)?.coverage ?? 0;
  // At least 2 %, so that the usual share, 1 %, is in the middle.
  const end = Math.min(100, Math.max(2, 200 * (1 - faultless), ...marked.map(({ coverage }) => 110 * (1 - coverage))));
  const shown = curve.map(point).filter(({ rejected }) => rejected <= end);
  return plotText(
    Plot.plot({
      document,
      style: pageStyle,
      width: chartWidth,
      height: 320,
      marginLeft: 56,
      marginBottom: 40,
      x: { domain: [0, end], label: 'rejected (%)', grid: true },
      y: { label: 'errors among what is kept (%)', grid: true, zero: true, nice: true },
      marks: [
        Plot.areaY(shown, { x: 'rejected', y1: 'low', y2: 'high', fill: trainColour, fillOpacity: 0.2 }),
        Plot.lineY(shown, { x: 'rejected', y: 'error', stroke: trainColour }),
        Plot.dot(marked.map(point), { x: 'rejected', y: 'error', fill: validationColour, r: 5 }),
      ],
    }),
  );
}
