// The sections of an evaluation page that go beyond accuracy: calibration before and after, rejection, another model.
import type { Assessment, CalibrationAt, ChosenThreshold } from '../assess.ts';
import type { Kept } from '../calibration/rejectionCurve.ts';
import type { Comparison } from '../statistics/compareClassifiers.ts';
import { details, escapeHtml, percent, share, table } from './reportHtml.ts';

/** What these sections need of a report. */
interface Assessed {
  readonly assessment: Assessment;
  readonly chosenOn: string | undefined;
  readonly rejectionChart: string;
}

/** Shares rejected that the table of the curve shows; ours. */
const tableShares = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/** Calibration errors by temperature, beside those of chance. */
export function calibrationTable({ assessment, chosenOn }: Assessed): string {
  const names: Readonly<Record<CalibrationAt['name'], string>> = {
    none: 'none',
    model: "the model's",
    refitted: 'fitted',
  };
  const head =
    '<tr><th scope="col">temperature</th><th scope="col">T</th><th scope="col">equal widths</th><th scope="col">by chance</th><th scope="col">equal counts</th><th scope="col">by chance</th></tr>';
  const rows = assessment.calibration.map(
    ({ name, temperature, equalWidth, equalCount, noise }) =>
      `<tr><th scope="row">${escapeHtml(names[name])}</th><td>${temperature.toFixed(3)}</td><td>${percent(equalWidth, 3)}</td><td>${percent(noise.equalWidth.mean, 3)}, up to ${percent(noise.equalWidth.upper95, 3)}</td><td>${percent(equalCount, 3)}</td><td>${percent(noise.equalCount.mean, 3)}, up to ${percent(noise.equalCount.upper95, 3)}</td></tr>`,
  );
  const fitted = chosenOn === undefined ? '' : ` Fitted: on "${escapeHtml(chosenOn)}".`;
  return `<p>Expected calibration error in 15 bins, of equal width and of equal count.${fitted} By chance: what confidences that are all true would show on as many pictures, the mean
and what 95 % of draws stay within.</p>
${table('Calibration error by temperature', head, rows)}`;
}

/** Rejection curve with its thresholds. */
export function rejection({ assessment, chosenOn, rejectionChart }: Assessed): string {
  const { curve, rejected, rejectedByThreshold, forError } = assessment;
  if (rejected === undefined) return '<p>Every answer is empty: there is nothing to reject.</p>';
  const said = [
    `Without the ${percent(1 - rejected.coverage)} least sure of these pictures (confidence below ${rejected.threshold.toFixed(4)}), ${wrong(rejected)}.`,
  ];
  if (rejectedByThreshold)
    said.push(chosen(`which rejects ${percent(assessment.rejection)} on "${chosenOn}"`, rejectedByThreshold));
  if (forError) said.push(chosen(`by which on "${chosenOn}" ${wrong(forError.chosen)}`, forError));
  if (forError === null) said.push(`On "${chosenOn}" no threshold leaves as few errors as were asked for.`);
  const head =
    '<tr><th scope="col">rejected</th><th scope="col">threshold</th><th scope="col">kept</th><th scope="col">wrong</th><th scope="col">error</th><th scope="col">95 % interval</th></tr>';
  const rows = tableShares
    .map((part) => curve.find(({ coverage }) => coverage >= 1 - part - 1e-12) ?? curve.at(-1))
    .filter((point, index, all): point is Kept => point !== undefined && all.indexOf(point) === index)
    .map(
      (point) =>
        `<tr><th scope="row">${percent(1 - point.coverage)}</th><td>${point.threshold.toFixed(4)}</td><td>${point.kept}</td><td>${point.errors}</td><td>${share(point.error)}</td><td>${interval(point)}</td></tr>`,
    );
  return `<p>The share of errors among the answers that are kept, by the share that is rejected, the least sure first; the band is
Wilson's 95 % interval.</p>
<figure class="chart">${rejectionChart}</figure>
${said.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('\n')}
${details('As a table', table('Errors among what is kept, by the share rejected', head, rows))}`;
}

/** McNemar's test with its four counts. */
export function comparison(
  model: string,
  { against, figures }: { readonly against: string; readonly figures: Comparison },
): string {
  const { bothRight, onlyFirst, onlySecond, bothWrong } = figures;
  const head = `<tr><th scope="col"></th><th scope="col">${escapeHtml(against)} right</th><th scope="col">${escapeHtml(against)} wrong</th></tr>`;
  const rows = [
    `<tr><th scope="row">${escapeHtml(model)} right</th><td>${bothRight}</td><td>${onlyFirst}</td></tr>`,
    `<tr><th scope="row">${escapeHtml(model)} wrong</th><td>${onlySecond}</td><td>${bothWrong}</td></tr>`,
  ];
  return `${table('Pictures by who reads them right', head, rows)}
<p>Difference of the accuracies: ${percent(figures.difference)} &plusmn; ${percent(figures.standardError)} standard error.
McNemar's test, two-sided: exact p = ${figures.exact.toPrecision(3)}, mid-p = ${figures.midP.toPrecision(3)}.</p>`;
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
