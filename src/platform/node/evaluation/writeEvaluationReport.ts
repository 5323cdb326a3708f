// The page of an evaluation: figures, charts and the worst errors.
import {
  type Assessment,
  type Evaluation,
  type EvaluationFigures,
  evaluationReport,
  type Judgement,
  type Kept,
  type LetterMetrics,
  mostMatrixClasses,
  worstErrors,
} from '../../../learn/floor.ts';
import type { ModelCard } from '../../../onnx/floor.ts';
import type { LabelledPictures } from '../../../samples/floor.ts';
import { confusionChart } from '../charts/confusionChart.ts';
import { rejectionChart } from '../charts/rejectionChart.ts';
import { reliabilityChart } from '../charts/reliabilityChart.ts';
import { writeFileAtomic } from '../files/files.ts';
import { pictureDataUri } from '../picture/pictureDataUri.ts';
import { readingText } from './readingText.ts';

/** Number of wrong answers in a report: enough to show the kinds of errors. */
const galleryLength = 60;

/** The content of a report. */
export interface ReportFacts {
  readonly evaluation: Evaluation;
  readonly figures: EvaluationFigures;
  readonly judgement: Judgement;
  /** The measured pictures. */
  readonly pictures: LabelledPictures;
  readonly card: ModelCard | undefined;
  /** Command line that made the report; undefined: a program. */
  readonly command: string | undefined;
}

/** Writes the page. */
export async function writeEvaluationReport(file: string, facts: ReportFacts): Promise<void> {
  const { evaluation, figures, judgement, pictures, card, command } = facts;
  const { metrics, letters, calibration, assessment, chosenOn, comparison } = figures;
  const { predictions, wrong } = judgement;
  const truth = metrics.perClass.map((row) => row.label);
  const page = evaluationReport({
    ...{ model: evaluation.model, data: evaluation.data, framing: readingText(evaluation) },
    ...{ labels: predictions.labels, metrics, calibration, assessment, chosenOn, card, seconds: evaluation.seconds },
    confusionChart:
      truth.length > mostMatrixClasses ? '' : await confusionChart(metrics.confusion, truth, predictions.labels),
    ...(letters && { letters: { figures: letters, chart: await groupChart(letters) } }),
    reliabilityChart: await reliabilityChart(calibration),
    rejectionChart: await rejectionChart(assessment.curve, thresholdsOf(assessment)),
    ...(comparison && { comparison }),
    worst: worstErrors(predictions, galleryLength).map((error) => {
      const framed = wrong.get(error.sample);
      const image = framed === undefined ? undefined : pictureDataUri(framed);
      return { ...error, image, source: pictures.sources[error.sample]! };
    }),
    made: {
      ...(command !== undefined && { Command: command }),
      Made: new Date().toISOString(),
      With: `Node ${process.version}, ${process.platform} ${process.arch}`,
    },
  });
  await writeFileAtomic(file, page);
}

/** The marked points of the curve: those of the thresholds; without thresholds, that of the usual rejection. */
function thresholdsOf({ rejected, rejectedByThreshold, forError }: Assessment): Kept[] {
  const chosen = [rejectedByThreshold, forError].flatMap((threshold) => (threshold ? [threshold.measured] : []));
  return (chosen.length > 0 ? chosen : [rejected]).filter((point) => point !== undefined);
}

/** The confusion matrix by group of look-alikes, drawn like that by class. */
async function groupChart({ groups, confusion }: LetterMetrics): Promise<string> {
  const names = groups.map(({ classes }) => classes.join('/'));
  return confusionChart(confusion, names, names);
}
