// The page that `ductus evaluate --report` writes: figures, charts and the worst errors.
import type { Assessment, Comparison, Judgement, LetterMetrics, Metrics } from '../../learn/floor.ts';
import type { LoadedModel } from '../../platform/node/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import { titleOf } from '../chosenModels.ts';
import { printNote } from '../output.ts';
import { thresholdsOf } from './evaluateDetails.ts';

/** How many wrong answers a report shows; ours: enough to see what kinds of errors there are. */
const galleryLength = 60;

/** Writes the page. */
export async function writeReport(
  file: string,
  facts: {
    readonly model: LoadedModel;
    readonly pictures: LabelledPictures;
    readonly framing: string;
    readonly judgement: Judgement;
    readonly figures: Metrics;
    readonly letters: LetterMetrics | undefined;
    readonly assessment: Assessment;
    readonly chosenOn: string | undefined;
    readonly comparison: { readonly against: string; readonly figures: Comparison } | undefined;
    readonly seconds: number;
  },
): Promise<void> {
  const { confusionChart, pictureDataUri, rejectionChart, reliabilityChart, writeFileAtomic } = await import(
    '../../platform/node/floor.ts'
  );
  const { calibration, evaluationReport, mostMatrixClasses, worstErrors } = await import('../../learn/floor.ts');
  const { model, pictures, judgement, figures, letters, assessment, chosenOn, comparison } = facts;
  const { predictions, wrong } = judgement;
  const reliability = calibration(predictions);
  const truth = figures.perClass.map((row) => row.label);
  const page = evaluationReport({
    model: titleOf(model),
    data: pictures.name,
    framing: facts.framing,
    labels: predictions.labels,
    metrics: figures,
    calibration: reliability,
    confusionChart:
      truth.length > mostMatrixClasses ? '' : await confusionChart(figures.confusion, truth, predictions.labels),
    ...(letters && { letters: { figures: letters, chart: await groupChart(letters) } }),
    reliabilityChart: await reliabilityChart(reliability),
    ...{ assessment, chosenOn },
    rejectionChart: await rejectionChart(assessment.curve, thresholdsOf(assessment)),
    ...(comparison && { comparison }),
    worst: worstErrors(predictions, galleryLength).map((error) => {
      const framed = wrong.get(error.sample);
      const image = framed === undefined ? undefined : pictureDataUri(framed);
      return { ...error, image, source: pictures.sources[error.sample]! };
    }),
    card: model.card,
    seconds: facts.seconds,
    made: {
      Command: `ductus ${process.argv.slice(2).join(' ')}`,
      Made: new Date().toISOString(),
      With: `Node ${process.version}, ${process.platform} ${process.arch}`,
    },
  });
  await writeFileAtomic(file, page);
  if (process.stderr.isTTY) printNote(`Wrote ${file}`);
}

/** The confusion matrix by group of look-alikes, drawn as that by class. */
async function groupChart({ groups, confusion }: LetterMetrics): Promise<string> {
  const { confusionChart } = await import('../../platform/node/floor.ts');
  const names = groups.map(({ classes }) => classes.join('/'));
  return confusionChart(confusion, names, names);
}
