// An evaluation as ONE self-contained HTML page: no script, nothing fetched. Charts and pictures come in ready-made;
// this file only arranges them. Styles are in `reportStyle.ts`.
import { type ComponentChild, type ComponentChildren, h } from 'preact';
import type { ModelCard } from '../../../onnx/floor.ts';
import type { Assessment } from '../assess.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { LetterMetrics } from '../letterMetrics.ts';
import type { Metrics } from '../metrics.ts';
import type { Comparison } from '../statistics/compareClassifiers.ts';
import type { WrongAnswer } from '../worstErrors.ts';
import { htmlPage } from './htmlPage.ts';
import { percent, percentOrNone } from './percent.ts';
import { reportCard } from './reportCard.ts';
import { reportClasses, reportConfusion } from './reportConfusion.ts';
import { letterSection } from './reportLetters.ts';
import { chart, definitions, details, paragraph, section, type TableRow, table } from './reportParts.ts';
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
  /** `<svg>` of the confusion matrix; not shown for more classes than `mostMatrixClasses` (`reportConfusion.ts`). */
  readonly confusionChart: string;
  /** `<svg>` of the reliability diagram. */
  readonly reliabilityChart: string;
  /** For a model that knows letters: their figures, and the `<svg>` of the confusion matrix by group. */
  readonly letters?: { readonly figures: LetterMetrics; readonly chart: string };
  /** How good the confidences are: loss, calibration, rejection. */
  readonly assessment: Assessment;
  /** The pictures on which temperature and threshold were chosen; undefined without any. */
  readonly chosenOn: string | undefined;
  /** `<svg>` of the rejection curve. */
  readonly rejectionChart: string;
  /** Another model on the same pictures. */
  readonly comparison?: { readonly against: string; readonly figures: Comparison };
  /** Wrong answers of the highest confidence. */
  readonly worst: readonly ReportError[];
  /** The model's card; undefined for models made with other software. */
  readonly card: ModelCard | undefined;
  /** Time that reading took. */
  readonly seconds: number;
  /** Command, versions and date, for the foot of the page. */
  readonly made: Readonly<Record<string, string>>;
}

/**
 * The page's HTML: figures, confusion matrix, classes, letters, reliability diagram, rejection curve, worst errors,
 * model card; light and dark, readable on a phone; every chart has a table for screen readers.
 */
export function evaluationReport(report: EvaluationReport): string {
  const { metrics, letters } = report;
  const title = `${report.model} on ${report.data}`;
  const headline = h('p', { class: 'headline' }, [
    h('strong', null, percent(metrics.accuracy)),
    ' ',
    h('span', null, `\u00b1 ${percent(metrics.standardError)} standard error`),
  ]);
  return htmlPage({
    title: `${title}: ${percent(metrics.accuracy)}`,
    style: reportStyle,
    body: [
      h('header', null, paragraph('Evaluation'), h('h1', null, title), headline),
      h('main', null, [
        figures(report),
        section('confusion', 'Confusion matrix', reportConfusion(report)),
        section('classes', 'Classes', reportClasses(metrics)),
        letters && section('letters', 'Letters', letterSection(letters.figures, letters.chart)),
        section('reliability', 'Reliability of the confidence', reliability(report)),
        section('rejection', 'Rejection of the least sure', rejection(report)),
        report.comparison && section('comparison', 'Comparison', comparison(report.model, report.comparison)),
        section('errors', 'Worst errors', errors(report)),
        section('card', 'Model card', reportCard(report.card)),
      ]),
      h('footer', null, definitions(Object.entries(report.made))),
    ],
  });
}

function figures(report: EvaluationReport): ComponentChild {
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
  return h('section', { 'aria-label': 'Figures', class: 'figures' }, definitions(entries));
}

function reliability(report: EvaluationReport): ComponentChildren {
  const rows = report.calibration.bins
    .filter((bin) => bin.count > 0)
    .map(
      (bin): TableRow => [
        `${percent(bin.from)} to ${percent(bin.to)}`,
        bin.count,
        percentOrNone(bin.confidence),
        percentOrNone(bin.accuracy),
      ],
    );
  const columns = ['confidence', 'answers', 'mean confidence', 'accuracy'];
  return [
    paragraph(
      'Bars: accuracy of the answers with this confidence. Dots: the same at their mean confidence, with their number. ' +
        'On the dashed line confidence means what it says.',
    ),
    chart(report.reliabilityChart),
    details('As a table', table('Accuracy by confidence', columns, rows)),
    calibrationTable(report),
  ];
}

function errors(report: EvaluationReport): ComponentChildren {
  const wrong = report.metrics.count - report.metrics.correct;
  if (report.worst.length === 0) return paragraph('None: every answer is right.');
  return [
    paragraph(
      `${report.worst.length} of ${wrong} wrong answers, the most confident first: true class, answer and its confidence, as the network saw the picture.`,
    ),
    h('ol', { class: 'gallery' }, report.worst.map(wrongAnswer)),
  ];
}

function wrongAnswer({ truth, answer, image, confidence, source }: ReportError): ComponentChild {
  const said = answer === null ? 'nothing found' : `read as ${answer}`;
  const picture =
    image === undefined
      ? h('span', { class: 'blank', role: 'img', 'aria-label': 'no ink found' }, 'empty')
      : h('img', { src: image, alt: `picture of ${truth}, ${said}`, width: 84, height: 84 });
  const caption = h('figcaption', null, [
    h('b', null, truth),
    ` ${said}`,
    answer !== null && [' ', h('small', null, percent(confidence))],
    h('br', null),
    h('small', { class: 'source' }, source),
  ]);
  return h('li', null, h('figure', null, picture, caption));
}
