// Whether confidence means what it says.
import type { Calibration } from '../../../learn/floor.ts';
import { chartWidth, mutedColour, openPlot, pageStyle, plotText, trainColour, validationColour } from './plot.ts';

/**
 * A reliability diagram: accuracy of the answers by their confidence, beside the diagonal that a perfectly calibrated
 * classifier would follow (Niculescu-Mizil and Caruana 2005).
 *
 * @returns an `<svg>` element's text for a page.
 *
 * @example
 * ```ts
 * import { calibration } from 'ductus/learn';
 * import { reliabilityChart } from 'ductus/node';
 *
 * const predictions = { labels: ['a', 'b'], probabilities: [0.9, 0.1, 0.8, 0.2, 0.6, 0.4], targets: [0, 0, 1] };
 * console.log((await reliabilityChart(calibration(predictions))).startsWith('<svg')); // true
 * ```
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
