// `ductus evaluate disputed`: a model's answers to the test pictures whose labels people dispute.
import { Command } from 'commander';
import { examples } from '../options.ts';
import { formatPercent, formatTable, printJson, printLine } from '../output.ts';
import { type ReaderFlags, readerOptions } from './evaluateOptions.ts';

interface DisputedFlags extends ReaderFlags {
  readonly json?: boolean;
}

/** Builds the command. */
export function disputedCommand(): Command {
  return readerOptions(new Command('disputed'))
    .summary('list the answers to the pictures of mnist:test whose labels people dispute')
    .description(
      'Lists the answers to the 15 pictures of mnist:test whose labels people dispute, beside what annotators say.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples(['ductus evaluate disputed --model committee', 'whom does the committee follow, label or annotators?']),
    )
    .action(printDisputed);
}

async function printDisputed({ json, ...options }: DisputedFlags): Promise<void> {
  const { readDisputed } = await import('../../platform/node/floor.ts');
  const { disputedAnnotators } = await import('../../learn/floor.ts');
  const reading = await readDisputed(options);
  if (json) return printJson(reading);
  const rows = reading.disputed.map(({ index, label, proposed, votes, answer, confidence }) => [
    String(index),
    label,
    `${label}: ${votes.label}, ${proposed}: ${votes.proposed}, neither: ${votes.neither}`,
    answer ?? 'nothing found',
    answer === null ? '' : formatPercent(confidence),
  ]);
  printLine(
    formatTable([['picture', 'label', `${disputedAnnotators} annotators`, 'answer', 'confidence'], ...rows], [0, 4]),
  );
  const following = (whom: string): number => reading.disputed.filter(({ follows }) => follows === whom).length;
  printLine(
    `\n${following('label')} answers follow the label, ${following('proposed')} the class proposed to the annotators, ${following('neither')} neither.\n` +
      'Annotators: Northcutt, Athalye and Mueller 2021 (github.com/cleanlab/label-errors). Nothing is trained or chosen by this list.',
  );
}
