// The charts of a comparison of systems: errors with their uncertainty, and the errors that remain when the least
// certain answers are refused.
import type { ComparisonCharts, SystemResult } from '../../../classic/floor.ts';
import { chartWidth, mutedColour, openPlot, pageStyle, plotText, seriesColours, trainColour } from './plot.ts';

/** SVG units for one system's row. */
const rowHeight = 30;
/** Room for the systems' names beside the charts. */
const nameWidth = 170;
/** Least error that is drawn, because a logarithm has no place for 0: half an error among 10,000 pictures. */
const leastError = 0.00005;

/** SVG units above and below the curves together, and height of one name beside them. */
const verticalMargins = 80;
const labelHeight = 15;

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
    marginRight: 72,
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
  const values = curves.map(({ error }) => error);
  const domain = [Math.min(...values), Math.max(1, ...values)] as const;
  const height = Math.max(460, verticalMargins + labelHeight * results.length);
  const ends = results.flatMap(({ system }) => curves.findLast((point) => point.system === system) ?? []);
  const labels = spread(ends, domain, height - verticalMargins);
  const rejectionChart = Plot.plot({
    document,
    style: pageStyle,
    width: chartWidth,
    height,
    marginLeft: 56,
    marginRight: nameWidth,
    marginTop: verticalMargins / 2,
    marginBottom: verticalMargins / 2,
    x: { label: 'answers refused (%)', domain: [0, 50] },
    y: { ...axis, domain, ticks: ticks.filter((tick) => tick <= domain[1]), label: 'wrong among the others (%)' },
    marks: [
      Plot.lineY(curves, { x: 'refused', y: 'error', z: 'system', stroke: ({ system }) => colour.get(system) }),
      // Names at the lines' ends: there are more systems than distinguishable colours.
      Plot.link(labels, { x1: 'refused', x2: 53, y1: 'error', y2: 'place', stroke: mutedColour, clip: false }),
      Plot.text(labels, {
        x: 53,
        y: 'place',
        text: 'system',
        fill: ({ system }: (typeof labels)[number]) => colour.get(system),
        textAnchor: 'start',
        dx: 3,
        fontSize: 12,
      }),
    ],
  });
  return { errors: plotText(errorChart), rejection: plotText(rejectionChart) };
}

/**
 * Places names at the ends of lines, each as near its line's end as the others allow. @param height of the axis in SVG
 * units.
 */
function spread<End extends { readonly error: number }>(
  ends: readonly End[],
  [low, high]: readonly [number, number],
  height: number,
): (End & { readonly place: number })[] {
  const unit = Math.log(high / low) / height;
  const sorted = [...ends].sort((one, other) => one.error - other.error);
  // From the lowest up, each name clears the one below. Names pushed out at the top then push the others down.
  const places = sorted.map(({ error }) => Math.log(error / low) / unit);
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i]!, places[i - 1]! + labelHeight);
  for (let i = places.length - 1; i >= 0; i--) {
    const ceiling = i + 1 < places.length ? places[i + 1]! - labelHeight : height;
    places[i] = Math.min(places[i]!, ceiling);
  }
  return sorted.map((end, i) => ({ ...end, place: low * Math.exp(unit * places[i]!) }));
}
