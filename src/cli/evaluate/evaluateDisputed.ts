// `ductus evaluate --disputed`: a model's answers to the test pictures whose labels people dispute. Only prints.
import type { Recognizer } from '../../read/floor.ts';
import { formatPercent, formatTable, printJson, printLine } from '../output.ts';

/** Reads the disputed pictures, prints the answers beside label and annotators, and frees the recogniser. */
export async function printDisputed(
  recognizer: Recognizer,
  options: { readonly data: string; readonly framing: 'framed' | 'raw'; readonly json?: boolean },
): Promise<void> {
  const { UsageError } = await import('../../core/floor.ts');
  const { openStored } = await import('../../platform/node/floor.ts');
  const { disputedAnnotators, disputedAnswers, disputedPictures } = await import('../../learn/floor.ts');
  const { pictureAt } = await import('../../samples/floor.ts');
  try {
    if (options.data !== 'mnist:test') {
      throw new UsageError(
        `disputed pictures: expected --data mnist:test, which they are of, received ${options.data}`,
      );
    }
    const data = await openStored(options.data);
    const pictures = disputedPictures.map(({ index }) => pictureAt(data, index));
    const answers = disputedAnswers(
      options.framing === 'framed'
        ? await recognizer.recognizeFramed(pictures)
        : await recognizer.recognizeAll(pictures),
    );
    if (options.json) return printJson({ data: options.data, framing: options.framing, disputed: answers });
    const rows = answers.map(({ index, label, proposed, votes, answer, confidence }) => [
      String(index),
      label,
      `${label}: ${votes.label}, ${proposed}: ${votes.proposed}, neither: ${votes.neither}`,
      answer ?? 'nothing found',
      answer === null ? '' : formatPercent(confidence),
    ]);
    printLine(
      formatTable([['picture', 'label', `${disputedAnnotators} annotators`, 'answer', 'confidence'], ...rows], [0, 4]),
    );
    const following = (whom: string): number => answers.filter(({ follows }) => follows === whom).length;
    printLine(
      `\n${following('label')} answers follow the label, ${following('proposed')} the class proposed to the annotators, ${following('neither')} neither.\n` +
        'Annotators: Northcutt, Athalye and Mueller 2021 (github.com/cleanlab/label-errors). Nothing is trained or chosen by this list.',
    );
  } finally {
    recognizer.dispose();
  }
}
