// An evaluation as ONE self-contained HTML page: no script, nothing fetched. Charts and pictures come in ready-made;
// this file only says what stands where. Styles are in `reportStyle.ts`.
import type { CardData, ModelCard } from '../../../onnx/floor.ts';
import type { Assessment } from '../assess.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { LetterMetrics } from '../letterMetrics.ts';
import type { Metrics } from '../metrics.ts';
import type { Comparison } from '../statistics/compareClassifiers.ts';
import type { WrongAnswer } from '../worstErrors.ts';
import { definitions, details, escapeHtml, percent, section, share, table } from './reportHtml.ts';
import { letterSection } from './reportLetters.ts';
import { calibrationTable, comparison, rejection } from './reportReferee.ts';
import { reportStyle } from './reportStyle.ts';

/** A wrong answer with what is needed to show it. */
export interface ReportError extends WrongAnswer {
  /** The picture that was read, as a data URI; undefined when nothing was found in it. */
  readonly image: string | undefined;
  /** Where the picture came from. */
  readonly source: string;
}

/** What the page shows. */
export interface EvaluationReport {
  /** Name of the model. */
  readonly model: string;
  /** Name of the data. */
  readonly data: string;
  /** Whether pictures went in as they are or through preprocessing. */
  readonly framing: string;
  /** Class texts of the recogniser. */
  readonly labels: readonly string[];
  /** Accuracy and its kin. */
  readonly metrics: Metrics;
  /** How far confidence and accuracy are apart. */
  readonly calibration: Calibration;
  /** `<svg>` of the confusion matrix; not shown of more classes than {@link mostMatrixClasses}. */
  readonly confusionChart: string;
  /** `<svg>` of the reliability diagram. */
  readonly reliabilityChart: string;
  /** Of a model that knows letters: their figures, and the `<svg>` of the confusion matrix by group. */
  readonly letters?: { readonly figures: LetterMetrics; readonly chart: string };
  /** What confidence is worth: loss, calibration, rejection. */
  readonly assessment: Assessment;
  /** What temperature and threshold were chosen on; undefined when nothing was. */
  readonly chosenOn: string | undefined;
  /** `<svg>` of the rejection curve. */
  readonly rejectionChart: string;
  /** Another model on the same pictures. */
  readonly comparison?: { readonly against: string; readonly figures: Comparison };
  /** Wrong answers of the highest confidence. */
  readonly worst: readonly ReportError[];
  /** The model's card; undefined for models made by others. */
  readonly card: ModelCard | undefined;
  /** Time that reading took. */
  readonly seconds: number;
  /** Command, versions and date, for the foot of the page. */
  readonly made: Readonly<Record<string, string>>;
}

/**
 * The page's HTML: figures, confusion matrix, classes, letters, reliability diagram, rejection curve, worst errors, model card; light and dark,
 * readable on a phone; every chart has a table for screen readers.
 */
export function evaluationReport(report: EvaluationReport): string {
  const { metrics } = report;
  const title = `${report.model} on ${report.data}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}: ${percent(metrics.accuracy)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<p>Evaluation</p>
<h1>${escapeHtml(title)}</h1>
<p class="headline"><strong>${percent(metrics.accuracy)}</strong> <span>&plusmn; ${percent(metrics.standardError)} standard error</span></p>
</header>
<main>
${figures(report)}
${section('confusion', 'Confusion matrix', confusion(report))}
${section('classes', 'Classes', classes(metrics))}
${report.letters === undefined ? '' : section('letters', 'Letters', letterSection(report.letters.figures, report.letters.chart))}
${section('reliability', 'Reliability of the confidence', reliability(report))}
${section('rejection', 'Rejection of the least sure', rejection(report))}
${report.comparison === undefined ? '' : section('comparison', 'Comparison', comparison(report.model, report.comparison))}
${section('errors', 'Worst errors', errors(report))}
${section('card', 'Model card', card(report.card))}
</main>
<footer>${definitions(Object.entries(report.made))}</footer>
</body>
</html>
`;
}

function figures(report: EvaluationReport): string {
  const { metrics, calibration } = report;
  const [low, high] = metrics.interval95;
  const entries: [string, string][] = [
    ['Pictures', String(metrics.count)],
    ['Right', String(metrics.correct)],
    ['Wrong', String(metrics.count - metrics.correct)],
    ['of these empty', String(metrics.empty)],
    ['95 % interval (Wilson)', `${percent(low)} to ${percent(high)}`],
    ['Cross-entropy', metrics.crossEntropy === null ? 'none' : `${metrics.crossEntropy.toFixed(4)} nats`],
    ...Object.entries(metrics.topK).map(([k, share]): [string, string] => [`Right within ${k}`, percent(share)]),
    ['Expected calibration error', percent(calibration.expectedCalibrationError)],
    ['Framing', report.framing],
    ['Time', `${report.seconds.toFixed(1)} s`],
  ];
  if (metrics.unknown > 0) entries.splice(4, 0, ['of a class the model lacks', String(metrics.unknown)]);
  return `<section aria-label="Figures" class="figures">${definitions(entries)}</section>`;
}

/** More classes than these make no readable matrix, and a page of millions of cells; ours. */
export const mostMatrixClasses = 150;

/** How many confusions are listed instead. */
const listedConfusions = 60;

function confusion(report: EvaluationReport): string {
  const { metrics, labels } = report;
  if (metrics.perClass.length > mostMatrixClasses) return frequentConfusions(report);
  const head = `<tr><th scope="col">truth</th>${labels.map((label) => `<th scope="col">${escapeHtml(label)}</th>`).join('')}<th scope="col">empty</th></tr>`;
  const rows = metrics.perClass.map(
    (row, index) =>
      `<tr><th scope="row">${escapeHtml(row.label)}</th>${metrics.confusion[index]!.map((count) => `<td>${count}</td>`).join('')}<td>${row.empty}</td></tr>`,
  );
  return `<p>Rows are true classes, columns answers. Right answers are blue by their share of the row; errors are
orange, the strongest the most frequent, on a square-root scale.</p>
<figure class="chart">${report.confusionChart}</figure>
${details('As a table', table('Counts by true class and answer', head, rows))}`;
}

function frequentConfusions({ metrics, labels }: EvaluationReport): string {
  const errors = metrics.confusion.flatMap((row, truth) =>
    row.flatMap((count, answer) => (count > 0 && truth !== answer ? [{ truth, answer, count }] : [])),
  );
  const rows = errors
    .sort((left, right) => right.count - left.count)
    .slice(0, listedConfusions)
    .map(
      ({ truth, answer, count }) =>
        `<tr><th scope="row">${escapeHtml(metrics.perClass[truth]!.label)}</th><td>${escapeHtml(labels[answer]!)}</td><td>${count}</td></tr>`,
    );
  const head = '<tr><th scope="col">truth</th><th scope="col">answer</th><th scope="col">pictures</th></tr>';
  return table(`The ${rows.length} most frequent of ${errors.length} confusions`, head, rows);
}

function classes(metrics: Metrics): string {
  const head =
    '<tr><th scope="col">class</th><th scope="col">pictures</th><th scope="col">right</th><th scope="col">recall</th><th scope="col">precision</th><th scope="col">F1</th></tr>';
  const rows = metrics.perClass.map(
    (row) =>
      `<tr><th scope="row">${escapeHtml(row.label)}</th><td>${row.count}</td><td>${row.correct}</td><td>${share(row.recall)}</td><td>${share(row.precision)}</td><td>${share(row.f1)}</td></tr>`,
  );
  return table(
    'Recall: share of the class read right. Precision: share of answers with this class that are right.',
    head,
    rows,
  );
}

function reliability(report: EvaluationReport): string {
  const { calibration } = report;
  const head =
    '<tr><th scope="col">confidence</th><th scope="col">answers</th><th scope="col">mean confidence</th><th scope="col">accuracy</th></tr>';
  const rows = calibration.bins
    .filter((bin) => bin.count > 0)
    .map(
      (bin) =>
        `<tr><th scope="row">${percent(bin.from)} to ${percent(bin.to)}</th><td>${bin.count}</td><td>${share(bin.confidence)}</td><td>${share(bin.accuracy)}</td></tr>`,
    );
  return `<p>Bars: accuracy of the answers with this confidence. Dots: the same at their mean confidence, with their number.
On the dashed line confidence means what it says.</p>
<figure class="chart">${report.reliabilityChart}</figure>
${details('As a table', table('Accuracy by confidence', head, rows))}
${calibrationTable(report)}`;
}

function errors(report: EvaluationReport): string {
  const wrong = report.metrics.count - report.metrics.correct;
  if (report.worst.length === 0) return '<p>None: every answer is right.</p>';
  const items = report.worst.map((error) => {
    const answer = error.answer === null ? 'nothing found' : `read as ${error.answer}`;
    const picture =
      error.image === undefined
        ? '<span class="blank" role="img" aria-label="no ink found">empty</span>'
        : `<img src="${escapeHtml(error.image)}" alt="picture of ${escapeHtml(error.truth)}, ${escapeHtml(answer)}" width="84" height="84">`;
    const confidence = error.answer === null ? '' : ` <small>${percent(error.confidence)}</small>`;
    return `<li><figure>${picture}<figcaption><b>${escapeHtml(error.truth)}</b> ${escapeHtml(answer)}${confidence}<br><small class="source">${escapeHtml(error.source)}</small></figcaption></figure></li>`;
  });
  return `<p>${report.worst.length} of ${wrong} wrong answers, the most confident first: true class, answer and its confidence, as the network saw the picture.</p>
<ol class="gallery">${items.join('\n')}</ol>`;
}

function card(model: ModelCard | undefined): string {
  if (model === undefined) return '<p>This model carries no card.</p>';
  const { training, validation, test = [] } = model;
  const entries: [string, string][] = [
    ['Name', model.name],
    ['Description', model.description],
    ['Classes', model.labels.join(' ')],
    [
      'Input',
      `${model.framing.size} x ${model.framing.size} pixels, ink within ${model.framing.box} x ${model.framing.box}, centred by ${model.framing.centre === 'mass' ? 'centre of mass' : 'bounding box'}`,
    ],
    ['Temperature', String(model.temperature)],
  ];
  if (training !== undefined) {
    const { data, teachers = [], notice } = training;
    entries.push(
      ['Trained by', training.command],
      ['Trained on', data.map(({ name, count }) => `${name} (${count} pictures)`).join(', ')],
      ...data.map((set): [string, string] => [`Terms of ${set.name}`, termsText(set)]),
      ...teachers.map((teacher): [string, string] => [
        `Taught by ${teacher.name}`,
        teacher.data.length === 0
          ? 'which does not say what it was trained on'
          : `trained on ${teacher.data.map((set) => `${set.name} (terms: ${termsText(set)})`).join(', ')}`,
      ]),
      ...(notice === undefined ? [] : [['Notice', notice] as [string, string]]),
      ['Seed', String(training.seed)],
      ['Trained at', `${training.date}, in ${Math.round(training.seconds)} s`],
    );
  }
  if (validation !== undefined)
    entries.push(['Validation', `${percent(validation.accuracy)} of ${validation.count}, ${validation.data}`]);
  for (const figure of test) entries.push(['Test', `${percent(figure.accuracy)} of ${figure.count}, ${figure.data}`]);
  return definitions(entries);
}

function termsText({ terms = 'not stated', cleared }: CardData): string {
  return cleared === undefined ? terms : `${terms} (taken as clear: ${cleared})`;
}
