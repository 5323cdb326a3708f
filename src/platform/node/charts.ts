// Charts as SVG text, drawn by Observable Plot on linkedom's document: no browser. Colours come from CSS variables with
// defaults, so that a page may set them for light and dark; a chart on its own carries its own (`standalone`).
// Both libraries are loaded on first use, because commands that draw nothing must start quickly.
import { MissingError } from '../../core/index.ts';
import type { Calibration, Kept } from '../../learn/index.ts';

type Plot = typeof import('@observablehq/plot');
/** The document that Plot draws into: linkedom's here, which has what Plot needs of the DOM's. */
type PlotDocument = NonNullable<import('@observablehq/plot').PlotOptions['document']>;

/** One epoch of a training log; figures that were not measured are left out. */
export interface TrainingCurvePoint {
  readonly epoch: number;
  /** Mean loss of the epoch's training batches. */
  readonly loss: number;
  /** Share of right answers in them, 0..1. */
  readonly accuracy: number;
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
}

/** Colours of series, with the CSS variable that a page sets. Okabe and Ito's blue and vermilion: told apart by every eye. */
const trainColour = 'var(--chart-train, #0072b2)';
const validationColour = 'var(--chart-validation, #d55e00)';
const mutedColour = 'var(--chart-muted, #8a8f98)';

/** Letters large enough that they can be read when a phone shows a chart at half its size. */
const pageStyle = { fontSize: '14px' };

/** Width of a chart in SVG units; the page scales it. */
const chartWidth = 640;

/**
 * Loss and accuracy over the epochs of a training, training and validation in one panel each.
 *
 * @param log the epochs in order, at least one.
 * @returns a standalone SVG file's text, for light and dark.
 */
export async function trainingCurves(log: readonly TrainingCurvePoint[]): Promise<string> {
  const { Plot, document } = await openPlot();
  const height = 260;
  const panel = (label: string, series: readonly [string, keyof TrainingCurvePoint][], percent: boolean): string => {
    const rows = series.flatMap(([name, key]) =>
      log.flatMap((point) => {
        const value = point[key];
        if (value === undefined || !Number.isFinite(value)) return [];
        return [{ epoch: point.epoch, value: percent ? 100 * value : value, name }];
      }),
    );
    return plotText(
      Plot.plot({
        document,
        width: chartWidth,
        height,
        marginLeft: 56,
        x: { label: 'epoch', ticks: wholeTicks(log), tickFormat: String },
        y: { label, grid: true, nice: true },
        color: { domain: ['training', 'validation'], range: [trainColour, validationColour] },
        marks: [
          Plot.lineY(rows, { x: 'epoch', y: 'value', z: 'name', stroke: 'name' }),
          Plot.dot(rows, { x: 'epoch', y: 'value', fill: 'name', r: 2.5 }),
          // The legend stands above the panel: names at the lines' ends would cover each other when the lines meet.
          ...series.map(([name], index) =>
            Plot.text([name], {
              frameAnchor: 'top-right',
              fill: index === 0 ? trainColour : validationColour,
              dx: index === 0 ? -70 : 0,
              dy: -16,
            }),
          ),
        ],
      }),
    );
  };
  const loss = panel(
    'loss (nats)',
    [
      ['training', 'loss'],
      ['validation', 'validationLoss'],
    ],
    false,
  );
  const accuracy = panel(
    'accuracy (%)',
    [
      ['training', 'accuracy'],
      ['validation', 'validationAccuracy'],
    ],
    true,
  );
  return standalone(
    [loss, accuracy].map((chart, index) => chart.replace('<svg ', `<svg y="${index * height}" `)).join('\n'),
    chartWidth,
    2 * height,
    'Training curves: loss and accuracy by epoch',
  );
}

/**
 * A confusion matrix as a heat map: rows true classes, columns answers, shade by the share of the row, the count written
 * in. The diagonal is shaded apart from the errors, which would vanish beside it on one scale.
 *
 * @param confusion `[true class][answer]`, counts.
 * @returns an `<svg>` element's text for a page.
 */
export async function confusionChart(
  confusion: readonly (readonly number[])[],
  truth: readonly string[],
  answers: readonly string[],
): Promise<string> {
  const { Plot, document } = await openPlot();
  const cells = confusion.flatMap((row, index) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, column) => ({
      truth: truth[index]!,
      answer: answers[column]!,
      count,
      right: truth[index] === answers[column],
      share: total === 0 ? 0 : count / total,
    }));
  });
  const largestError = Math.max(1e-9, ...cells.filter((cell) => !cell.right).map((cell) => cell.share));
  // Square root: errors differ by orders of magnitude, and one in a thousand should still be seen.
  const strength = (cell: (typeof cells)[number]): number =>
    cell.right ? 0.15 + 0.45 * cell.share : Math.sqrt(cell.share / largestError);
  // Numbers fit into a cell up to this many classes (640 units / 30); beyond it shade and table must do. Ours.
  const written = answers.length <= 30 ? cells.filter((cell) => cell.count > 0) : [];
  const side = chartWidth;
  return plotText(
    Plot.plot({
      document,
      style: pageStyle,
      width: side,
      height: Math.round((side * truth.length) / answers.length),
      marginLeft: 56,
      marginTop: 48,
      marginBottom: 8,
      marginRight: 8,
      padding: 0.04,
      x: { domain: [...answers], label: 'answer', axis: 'top' },
      y: { domain: [...truth], label: 'truth' },
      marks: [
        Plot.cell(cells, {
          x: 'answer',
          y: 'truth',
          fill: (cell: (typeof cells)[number]) => (cell.right ? trainColour : validationColour),
          fillOpacity: strength,
          stroke: mutedColour,
          strokeOpacity: 0.25,
        }),
        Plot.text(written, { x: 'answer', y: 'truth', text: (cell: (typeof cells)[number]) => String(cell.count) }),
      ],
    }),
  );
}

/**
 * A reliability diagram: accuracy of the answers by their confidence, beside the diagonal that a perfectly calibrated
 * classifier would follow (Niculescu-Mizil and Caruana 2005).
 *
 * @returns an `<svg>` element's text for a page.
 */
export async function reliabilityChart(calibration: Calibration): Promise<string> {
  const { Plot, document } = await openPlot();
  const filled = calibration.bins.filter((bin) => bin.count > 0);
  return plotText(
    Plot.plot({
      document,
      style: pageStyle,
      width: chartWidth,
      height: 400,
      marginLeft: 56,
      marginBottom: 40,
      marginTop: 28,
      x: { domain: [0, 1], label: 'confidence', grid: true },
      y: { domain: [0, 1], label: 'accuracy', grid: true },
      marks: [
        Plot.rectY(filled, { x1: 'from', x2: 'to', y: 'accuracy', fill: trainColour, fillOpacity: 0.5, inset: 1 }),
        Plot.line(
          [
            [0, 0],
            [1, 1],
          ],
          { stroke: mutedColour, strokeDasharray: '4 4' },
        ),
        Plot.dot(filled, { x: 'confidence', y: 'accuracy', fill: validationColour, r: 4 }),
        Plot.text(filled, {
          x: 'confidence',
          y: 'accuracy',
          text: (bin: { count: number }) => String(bin.count),
          dy: -12,
        }),
      ],
    }),
  );
}

/**
 * A rejection curve: the share of errors among what is kept, by the share that is rejected, with Wilson's 95 % interval. Shows the
 * part where something happens: from nothing rejected to twice what rejects the last error.
 *
 * @param curve of `rejectionCurve`, at least one point.
 * @param marked points that are spoken of elsewhere.
 * @returns an `<svg>` element's text for a page.
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
  // At least 2 %: the share that is usually asked for, 1 %, then stands in the middle (ours).
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

/** At most about twelve whole epochs for an axis; Plot's own ticks may be halves. */
function wholeTicks(log: readonly TrainingCurvePoint[]): number[] {
  const every = Math.ceil(log.length / 12);
  return log.map((point) => point.epoch).filter((_, index) => index % every === 0);
}

let opened: Promise<{ Plot: Plot; document: PlotDocument }> | undefined;

function openPlot(): Promise<{ Plot: Plot; document: PlotDocument }> {
  opened ??= Promise.all([import('@observablehq/plot'), import('linkedom')]).then(
    ([Plot, { parseHTML }]) => ({ Plot, document: parseHTML('<!doctype html><html><body></body></html>').document }),
    (cause: unknown) => {
      throw new MissingError(
        'charts need two optional packages; install them with: npm install @observablehq/plot linkedom',
        {
          cause,
        },
      );
    },
  );
  return opened;
}

/** The SVG's text; decorative to screen readers, which get the page's table or the file's title instead. */
function plotText(element: { outerHTML: string }): string {
  return element.outerHTML.replace('<svg ', '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" ');
}

/**
 * Wraps charts as a file of its own. Viewers other than browsers know no CSS variables: the defaults are written out,
 * and dark mode repaints them by attribute.
 */
function standalone(content: string, width: number, height: number, title: string): string {
  const dark = [
    ['#0072b2', '#56b4e9'],
    ['#d55e00', '#e69f00'],
  ].map(([light, night]) => `[fill="${light}"]{fill:${night}}[stroke="${light}"]{stroke:${night}}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title}</title>
<style>:root{color:#1f2328;background:#fff}@media (prefers-color-scheme:dark){:root{color:#e6e8eb;background:#16181c}${dark.join('')}}</style>
${content.replace(/var\(--chart-\w+, (#[0-9a-f]{6})\)/g, '$1')}
</svg>
`;
}
