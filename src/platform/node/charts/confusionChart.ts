// A confusion matrix as a heat map.
import { chartWidth, mutedColour, openPlot, pageStyle, plotText, trainColour, validationColour } from './plot.ts';

/**
 * A confusion matrix as a heat map: rows are true classes, columns answers. The shade is the share of the row; each
 * cell shows its count. The diagonal has its own scale: errors would vanish beside it on a common one.
 *
 * @param confusion `[true class][answer]`, counts.
 * @returns an `<svg>` element's text for a page.
 *
 * @example
 * ```ts
 * import { metrics } from 'ductus/learn';
 * import { confusionChart } from 'ductus/node';
 *
 * const labels = ['a', 'b'];
 * const { confusion } = metrics({ labels, probabilities: [0.9, 0.1, 0.2, 0.8], targets: [0, 1] });
 * console.log((await confusionChart(confusion, labels, labels)).startsWith('<svg')); // true
 * ```
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
  // Square root: errors differ by orders of magnitude, and one in a thousand should still be visible.
  const strength = (cell: (typeof cells)[number]): number =>
    cell.right ? 0.15 + 0.45 * cell.share : Math.sqrt(cell.share / largestError);
  // Numbers fit into a cell up to this many classes (640 units / 30); beyond that, shade and table must suffice.
  const written = answers.length <= 30 ? cells.filter((cell) => cell.count > 0) : [];
  // Names of groups would overlap; those of single characters do not.
  const turned = answers.length > 10 && answers.some((answer) => answer.length > 2);
  const side = chartWidth;
  return plotText(
    Plot.plot({
      document,
      style: pageStyle,
      width: side,
      height: Math.round((side * truth.length) / answers.length),
      marginLeft: 56,
      marginTop: turned ? 72 : 48,
      marginBottom: 8,
      marginRight: 8,
      padding: 0.04,
      x: { domain: [...answers], label: 'answer', axis: 'top', ...(turned && { tickRotate: -90 }) },
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
