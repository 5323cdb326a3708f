// Lines and dots of several series over one axis, as a file: learning curves, gradients by layer, accuracy against
// time.
import { chartWidth, openPlot, pageStyle, plotText, seriesColours, standalone } from './plot.ts';

/** A point of a series. */
export interface LinePoint {
  /** A number, or the name of a place. Places keep the order in which they first occur. */
  readonly x: number | string;
  readonly y: number;
  /** Band around it; a rule through it where there is no line. */
  readonly low?: number;
  readonly high?: number;
  /** Written beside it. */
  readonly label?: string;
  /** On which side; default right. */
  readonly labelled?: 'left' | 'right';
}

/** Points that belong together. */
export interface LineSeries {
  readonly name: string;
  readonly points: readonly LinePoint[];
  /** Default true; false: only dots. */
  readonly line?: boolean;
}

/** An axis; a logarithmic one takes only positive numbers. */
export interface LineAxis {
  readonly label: string;
  readonly logarithmic?: boolean;
}

/** What {@link lineChart} draws. */
export interface LineChart {
  /** Text for people who do not see the chart. */
  readonly title: string;
  readonly x: LineAxis;
  readonly y: LineAxis;
  readonly series: readonly LineSeries[];
  /** In SVG units; default 360. */
  readonly height?: number;
}

/** SVG units for one name of the legend. */
const legendRow = 20;

/**
 * Draws series over one axis, with a legend above, bands where the points have them, and labels beside points.
 *
 * @returns a standalone SVG file's text, for light and dark.
 *
 * @example
 * ```ts
 * import { lineChart } from 'ductus/node';
 *
 * const points = [{ x: 1, y: 0.9 }, { x: 2, y: 0.95 }];
 * const chart = { title: 'Accuracy', x: { label: 'epoch' }, y: { label: 'accuracy' }, series: [{ name: 'mine', points }] };
 * console.log((await lineChart(chart)).startsWith('<svg')); // true
 * ```
 */
export async function lineChart({ title, x, y, series, height = 360 }: LineChart): Promise<string> {
  const { Plot, document } = await openPlot();
  const points = series.flatMap(({ name, points, line = true }) => points.map((point) => ({ ...point, name, line })));
  const places = [...new Set(points.map((point) => point.x))];
  const named = places.some((place) => typeof place === 'string');
  const colour = new Map(series.map(({ name }, index) => [name, seriesColours[index % seriesColours.length]!]));
  const of = (point: (typeof points)[number]): string => colour.get(point.name)!;
  const legend = legendRow * series.length;
  const axis = ({ label, logarithmic }: LineAxis) => ({
    label,
    grid: true,
    // Plain numbers: the usual prefixes make 0.2 a "200m".
    ...(logarithmic && { type: 'log' as const, tickFormat: '~g' }),
  });
  const chart = Plot.plot({
    document,
    style: pageStyle,
    width: chartWidth,
    height: height + legend,
    marginLeft: 64,
    marginRight: 24,
    marginTop: 28 + legend,
    // Names of places are written upwards: they would otherwise overlap.
    marginBottom: named ? 96 : 44,
    x: { ...axis(x), ...(named && { type: 'point' as const, domain: places, tickRotate: -60 }) },
    y: { ...axis(y), nice: true },
    marks: [
      Plot.areaY(
        points.filter(({ line, low, high }) => line && low !== undefined && high !== undefined),
        { x: 'x', y1: 'low', y2: 'high', z: 'name', fill: of, fillOpacity: 0.15 },
      ),
      Plot.ruleX(
        points.filter(({ line, low, high }) => !line && low !== undefined && high !== undefined),
        { x: 'x', y1: 'low', y2: 'high', stroke: of, strokeWidth: 2 },
      ),
      Plot.lineY(
        points.filter(({ line }) => line),
        { x: 'x', y: 'y', z: 'name', stroke: of },
      ),
      Plot.dot(points, { x: 'x', y: 'y', fill: of, r: 3.5 }),
      ...(['left', 'right'] as const).map((side) =>
        Plot.text(
          points.filter((point) => point.label !== undefined && (point.labelled ?? 'right') === side),
          {
            x: 'x',
            y: 'y',
            text: 'label',
            dx: side === 'left' ? -7 : 7,
            textAnchor: side === 'left' ? 'end' : 'start',
            fontSize: 12,
          },
        ),
      ),
      ...series.map(({ name }, index) =>
        Plot.text([name], {
          frameAnchor: 'top-right',
          fill: colour.get(name)!,
          dy: legendRow * index - legend - 12,
        }),
      ),
    ],
  });
  return standalone(plotText(chart), chartWidth, height + legend, title);
}
