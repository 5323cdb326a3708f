// Loss and accuracy over a training, as a file.
import { chartWidth, openPlot, plotText, standalone, trainColour, validationColour } from './plot.ts';

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

/**
 * Loss and accuracy over the epochs of a training, training and validation in one panel each.
 *
 * @param log the epochs in order, at least one.
 * @returns a standalone SVG file's text, for light and dark.
 *
 * @example
 * ```ts
 * import { trainingCurves } from 'ductus/node';
 *
 * const log = [{ epoch: 1, loss: 0.9, accuracy: 0.7 }, { epoch: 2, loss: 0.4, accuracy: 0.9 }];
 * console.log((await trainingCurves(log)).startsWith('<svg')); // true
 * ```
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
          // The legend is above the panel: names at the lines' ends would overlap where the lines meet.
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

/** Ticks of an axis: about twelve whole epochs at most. Plot's own ticks may be halves. */
function wholeTicks(log: readonly TrainingCurvePoint[]): number[] {
  const every = Math.ceil(log.length / 12);
  return log.map((point) => point.epoch).filter((_, index) => index % every === 0);
}
