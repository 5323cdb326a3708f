// The sections of an evaluation page that go beyond accuracy: calibration before and after, rejection, another model.
import type { ComponentChildren } from 'preact';
import type { Assessment, CalibrationAt, ChosenThreshold } from '../assess.ts';
import type { Kept } from '../calibration/rejectionCurve.ts';
import type { Comparison } from '../statistics/compareClassifiers.ts';
import { percent, percentOrNone } from './percent.ts';
import { chart, details, paragraph, type TableRow, table } from './reportParts.ts';

/** What these sections need of a report. */
interface Assessed {
  readonly assessment: Assessment;
  readonly chosenOn: string | undefined;
  readonly rejectionChart: string;
}

/** Shares rejected that the table of the curve shows. */
const tableShares = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/** Calibration errors by temperature, next to those of chance. */
export function calibrationTable({ assessment, chosenOn }: Assessed): ComponentChildren {
  const names: Readonly<Record<CalibrationAt['name'], string>> = {
    none: 'none',
    model: "the model's",
    refitted: 'fitted',
  };
  const columns = ['temperature', 'T', 'equal widths', 'by chance', 'equal counts', 'by chance'];
  const rows = assessment.calibration.map(
    ({ name, temperature, equalWidth, equalCount, noise }): TableRow => [
      names[name],
      temperature.toFixed(3),
      percent(equalWidth, 3),
      `${percent(noise.equalWidth.mean, 3)}, up to ${percent(noise.equalWidth.upper95, 3)}`,
      percent(equalCount, 3),
      `${percent(noise.equalCount.mean, 3)}, up to ${percent(noise.equalCount.upper95, 3)}`,
    ],
  );
  const fitted = chosenOn === undefined ? '' : ` Fitted: on "${chosenOn}".`;
  return [
    paragraph(
      `Expected calibration error in 15 bins, of equal width and of equal count.${fitted} By chance: what confidences that are all true would show on as many pictures, the mean ` +
        'and what 95 % of draws stay within.',
    ),
    table('Calibration error by temperature', columns, rows),
  ];
}

/** Rejection curve with its thresholds. */
export function rejection({ assessment, chosenOn, rejectionChart }: Assessed): ComponentChildren {
  const { curve, rejected, rejectedByThreshold, forError } = assessment;
  if (rejected === undefined) return paragraph('Every answer is empty: there is nothing to reject.');
  const said = [
    `Without the ${percent(1 - rejected.coverage)} least sure of these pictures (confidence below ${rejected.threshold.toFixed(4)}), ${wrong(rejected)}.`,
  ];
  if (rejectedByThreshold)
    said.push(chosen(`which rejects ${percent(assessment.rejection)} on "${chosenOn}"`, rejectedByThreshold));
  if (forError) said.push(chosen(`by which on "${chosenOn}" ${wrong(forError.chosen)}`, forError));
  if (forError === null) said.push(`On "${chosenOn}" no threshold leaves as few errors as were asked for.`);
  const rows = tableShares
    .map((part) => curve.find(({ coverage }) => coverage >= 1 - part - 1e-12) ?? curve.at(-1))
    .filter((point, index, all): point is Kept => point !== undefined && all.indexOf(point) === index)
    .map(
      (point): TableRow => [
        percent(1 - point.coverage),
        point.threshold.toFixed(4),
        point.kept,
        point.errors,
        percentOrNone(point.error),
        interval(point),
      ],
    );
  const columns = ['rejected', 'threshold', 'kept', 'wrong', 'error', '95 % interval'];
  return [
    paragraph(
      'The share of errors among the answers that are kept, by the share that is rejected, the least sure first; the band is ' +
        "Wilson's 95 % interval.",
    ),
    chart(rejectionChart),
    said.map((sentence) => paragraph(sentence)),
    details('As a table', table('Errors among what is kept, by the share rejected', columns, rows)),
  ];
}

/** McNemar's test with its four counts. */
export function comparison(
  model: string,
  { against, figures }: { readonly against: string; readonly figures: Comparison },
): ComponentChildren {
  const { bothRight, onlyFirst, onlySecond, bothWrong } = figures;
  return [
    table(
      'Pictures by who reads them right',
      ['', `${against} right`, `${against} wrong`],
      [
        [`${model} right`, bothRight, onlyFirst],
        [`${model} wrong`, onlySecond, bothWrong],
      ],
    ),
    paragraph(
      `Difference of the accuracies: ${percent(figures.difference)} \u00b1 ${percent(figures.standardError)} standard error. ` +
        `McNemar's test, two-sided: exact p = ${figures.exact.toPrecision(3)}, mid-p = ${figures.midP.toPrecision(3)}.`,
    ),
  ];
}

function wrong(point: Kept): string {
  if (point.error === null) return 'nothing is kept';
  return `${point.errors} of ${point.kept} kept are wrong: ${percent(point.error)} (95 % interval ${interval(point)})`;
}

function chosen(what: string, { chosen: { threshold }, measured }: ChosenThreshold): string {
  return `The threshold ${threshold.toFixed(4)}, ${what}, rejects ${percent(1 - measured.coverage)} here, and ${wrong(measured)}.`;
}

function interval({ interval95 }: Kept): string {
  return interval95 === null ? 'none' : interval95.map((end) => percent(end)).join(' to ');
}
