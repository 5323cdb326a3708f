// What `ductus evaluate` prints for people, as opposed to its JSON.
import type { ChosenThreshold, Evaluation, Kept } from '../../learn/floor.ts';
import { formatPercent, formatTable, printLine } from '../output.ts';
import { printClasses } from './evaluateClasses.ts';
import { printLetters } from './evaluateLetters.ts';

/** Prints all of it. @param how how the pictures were read. */
export function printEvaluation(evaluation: Evaluation, how: string): void {
  printFigures(evaluation, how);
  printClasses(evaluation);
  if (evaluation.letters) printLetters(evaluation.letters);
  printRejection(evaluation);
  if (evaluation.chosenOn !== null) printChosen(evaluation, evaluation.chosenOn);
  if (evaluation.comparison) printComparison(evaluation.model, evaluation.comparison);
  if (evaluation.report !== undefined) printLine(`\nReport: ${evaluation.report}`);
}

function printFigures(evaluation: Evaluation, how: string): void {
  const { model, data, count, correct, accuracy, standardError, interval95, empty, unknown } = evaluation;
  const { crossEntropy, expectedCalibrationError, seconds } = evaluation;
  printLine(`${model} on ${data} (${how}): ${formatPercent(accuracy)} of ${count} right`);
  printLine(
    `standard error ${formatPercent(standardError)}, 95 % interval ${interval95.map(formatPercent).join(' to ')}`,
  );
  const wrong = [`${count - correct} wrong`];
  if (empty > 0) wrong.push(`of these ${empty} found empty`);
  if (unknown > 0) wrong.push(`${unknown} of classes that the model lacks`);
  printLine(
    `${wrong.join(', ')}; cross-entropy ${crossEntropy?.toFixed(4) ?? 'none'}, calibration error ${formatPercent(expectedCalibrationError)}; ${seconds.toFixed(1)} s\n`,
  );
}

function printRejection({ rejection: { rejected } }: Evaluation): void {
  if (rejected === null) return;
  printLine(`\nwithout the ${formatPercent(1 - rejected.coverage)} least sure: ${leftOf(rejected)}`);
}

/** Prints thresholds and temperature, which were chosen on other pictures. */
function printChosen({ rejection, calibration }: Evaluation, chosenOn: string): void {
  const { byThreshold, forError, share } = rejection;
  if (byThreshold) printLine(chosenText(`rejects ${formatPercent(1 - byThreshold.chosen.coverage)}`, byThreshold));
  if (forError) printLine(chosenText(`leaves ${leftOf(forError.chosen)}`, forError));
  if (forError === null) printLine('no threshold leaves as few errors as were asked for');
  printLine(`temperature and thresholds chosen on: ${chosenOn}; asked for: ${formatPercent(share)} rejected\n`);
  const exact = (value: number): string => `${(100 * value).toFixed(3)} %`;
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

/** Prints the four counts and McNemar's test. */
function printComparison(model: string, comparison: NonNullable<Evaluation['comparison']>): void {
  const { against, bothRight, onlyFirst, onlySecond, bothWrong, difference, standardError, exact, midP } = comparison;
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
