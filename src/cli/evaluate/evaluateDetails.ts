// What `ductus evaluate` says beyond accuracy: calibration, rejection, another model. Prints; computes nothing.
import type { Assessment, ChosenThreshold, Comparison, Kept } from '../../learn/floor.ts';
import { formatPercent, formatTable, printLine } from '../output.ts';

/** Shares rejected for which JSON output has a point of the curve; all points can be as many as there are pictures. Ours. */
const curveShares = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** The details that go into JSON output and reports. */
export interface Details {
  readonly assessment: Assessment;
  /** Name of the data that temperature and thresholds were chosen on. */
  readonly chosenOn: string | undefined;
  readonly comparison: { readonly against: string; readonly figures: Comparison } | undefined;
}

/** The details as JSON output has them. */
export function detailsOf({ assessment, chosenOn, comparison }: Details): Record<string, unknown> {
  const { calibration, curve, rejected, rejection, rejectedByThreshold, forError } = assessment;
  const points = curveShares.map((part) => curve.find(({ coverage }) => coverage >= 1 - part - 1e-12) ?? curve.at(-1));
  return {
    chosenOn: chosenOn ?? null,
    calibration,
    rejection: {
      share: rejection,
      rejected: rejected ?? null,
      ...(rejectedByThreshold && { byThreshold: rejectedByThreshold }),
      ...(forError !== undefined && { forError }),
      curve: points.filter((point, index) => point !== undefined && points.indexOf(point) === index),
    },
    ...(comparison && { comparison: { against: comparison.against, ...comparison.figures } }),
  };
}

/** The points of the curve that are spoken of: what thresholds leave, or else what the usual rejection does. */
export function thresholdsOf({ rejected, rejectedByThreshold, forError }: Assessment): Kept[] {
  const chosen = [rejectedByThreshold, forError].flatMap((threshold) => (threshold ? [threshold.measured] : []));
  return (chosen.length > 0 ? chosen : [rejected]).filter((point) => point !== undefined);
}

/** Prints what is left after rejection; with other pictures to choose on, temperature and thresholds too. */
export function printAssessment(assessment: Assessment, chosenOn: string | undefined): void {
  const { calibration, rejected, rejection, rejectedByThreshold, forError } = assessment;
  if (rejected !== undefined) {
    printLine(`\nwithout the ${formatPercent(1 - rejected.coverage)} least sure: ${leftOf(rejected)}`);
  }
  if (chosenOn === undefined) return;
  if (rejectedByThreshold) {
    printLine(chosenText(`rejects ${formatPercent(1 - rejectedByThreshold.chosen.coverage)}`, rejectedByThreshold));
  }
  if (forError) printLine(chosenText(`leaves ${leftOf(forError.chosen)}`, forError));
  if (forError === null) printLine('no threshold leaves as few errors as were asked for');
  printLine(`temperature and thresholds chosen on: ${chosenOn}; asked for: ${formatPercent(rejection)} rejected\n`);
  const exact = (share: number): string => `${(100 * share).toFixed(3)} %`;
  const rows = calibration.map(({ name, temperature, equalWidth, equalCount, noise }) => [
    { none: 'none', model: "the model's", refitted: 'fitted there' }[name],
    temperature.toFixed(3),
    exact(equalWidth),
    `${exact(noise.equalWidth.mean)} (${exact(noise.equalWidth.upper95)})`,
    exact(equalCount),
    `${exact(noise.equalCount.mean)} (${exact(noise.equalCount.upper95)})`,
  ]);
  const head = ['temperature', 'T', 'calibration error', 'by chance (95 %)', 'equal counts', 'by chance (95 %)'];
  printLine(formatTable([head, ...rows], [1, 2, 3, 4, 5]));
}

/** Prints the four counts and the test. */
export function printComparison(model: string, against: string, figures: Comparison): void {
  const { bothRight, onlyFirst, onlySecond, bothWrong, difference, standardError, exact, midP } = figures;
  printLine(`\n${model} beside ${against}, on the same pictures:\n`);
  const rows = [
    ['', 'other right', 'other wrong'],
    [`${model} right`, String(bothRight), String(onlyFirst)],
    [`${model} wrong`, String(onlySecond), String(bothWrong)],
  ];
  printLine(formatTable(rows, [1, 2]));
  printLine(
    `\ndifference ${formatPercent(difference)}, standard error ${formatPercent(standardError)}; ` +
      `McNemar's test, two-sided: exact p = ${exact.toPrecision(3)}, mid-p = ${midP.toPrecision(3)}`,
  );
}

function chosenText(what: string, { chosen, measured }: ChosenThreshold): string {
  return `threshold ${chosen.threshold.toFixed(4)}, chosen as it ${what}: here rejects ${formatPercent(1 - measured.coverage)}, leaves ${leftOf(measured)}`;
}

function leftOf({ error, errors, kept, interval95 }: Kept): string {
  if (error === null || interval95 === null) return 'no answer';
  return `${formatPercent(error)} wrong (${errors} of ${kept}; 95 % interval ${interval95.map(formatPercent).join(' to ')})`;
}
