// The charts of a comparison of systems: errors with their uncertainty, and what is left when the least sure answers are refused.
import type { ComparisonCharts, SystemResult } from '../../../learn/index.ts';
import { chartWidth, mutedColour, openPlot, pageStyle, plotText, seriesColours, trainColour } from './plot.ts';

/** SVG units for one system's row. */
const rowHeight = 30;
/** Room for the systems' names beside the charts. */
const nameWidth = 150;
/** Errors below this are drawn here: a logarithm has no place for 0. Half an error among 10,000 pictures. */
const leastError = 0.00005;

/** Both charts as `<svg>` elements' text. @param results at least one. */
export async function comparisonCharts(results: readonly SystemResult[]): Promise<ComparisonCharts> {
  const { Plot, document } = await openPlot();
  const percentOf = (share: number): number => 100 * Math.max(leastError, share);
  const ticks = [0.01, 0.1, 1, 10, 100];
  const axis = { label: 'wrong answers (%)', type: 'log', grid: true, ticks, tickFormat: String } as const;
  const errors = results.map(({ system, test }) => ({
    system,
    error: percentOf(1 - test.accuracy),
    low: percentOf(1 - test.interval[1]),
    high: percentOf(1 - test.interval[0]),
  }));
  const errorChart = Plot.plot({
    document,
    style: pageStyle,
    width: chartWidth,
    height: 60 + rowHeight * results.length,
    marginLeft: nameWidth,
    marginRight: 56,
    x: axis,
    y: { label: null, domain: results.map(({ system }) => system) },
    marks: [
      Plot.ruleY(errors, { x1: 'low', x2: 'high', y: 'system', stroke: mutedColour, strokeWidth: 3 }),
      Plot.dot(errors, { x: 'error', y: 'system', fill: trainColour, r: 5 }),
      Plot.text(errors, {
        x: 'high',
        y: 'system',
        text: ({ error }: (typeof errors)[number]) => `${error.toFixed(2)} %`,
        textAnchor: 'start',
        dx: 8,
        fill: 'currentColor',
      }),
    ],
  });
  const curves = results.flatMap(({ system, rejection }) =>
    rejection.map(({ coverage, error }) => ({ system, refused: 100 * (1 - coverage), error: percentOf(error) })),
  );
  const colour = new Map(results.map(({ system }, index) => [system, seriesColours[index % seriesColours.length]!]));
  const rejectionChart = Plot.plot({
    document,
    style: pageStyle,
    width: chartWidth,
    height: 460,
    marginLeft: 56,
    marginRight: nameWidth,
    x: { label: 'answers refused (%)', domain: [0, 50] },
    y: { ...axis, label: 'wrong among the others (%)' },
    marks: [
      Plot.lineY(curves, { x: 'refused', y: 'error', z: 'system', stroke: ({ system }) => colour.get(system) }),
      // Names at the lines' ends: there are more systems than colours that can be told apart.
      Plot.text(
        curves,
        Plot.selectLast({
          x: 'refused',
          y: 'error',
          z: 'system',
          text: 'system',
          fill: ({ system }: (typeof curves)[number]) => colour.get(system),
          textAnchor: 'start',
          dx: 6,
          fontSize: 12,
        }),
      ),
    ],
  });
  return { errors: plotText(errorChart), rejection: plotText(rejectionChart) };
}
