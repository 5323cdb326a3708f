// `ductus review`: asks a person about the least certain readings until the expected errors among all are few enough.
import { Command, InvalidArgumentError, Option } from 'commander';
import { type AlphabetName, UsageError } from '../../core/floor.ts';
import type { SavedReview } from '../../learn/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import type { ReadForReview, ReviewFiles } from '../../platform/node/floor.ts';
import { alphabetOption, examples, fileEnding, modelOption, ruleOption, shareOf, wholeNumber } from '../options.ts';
import { countUp, formatPercent, printLine } from '../output.ts';
import { scriptAnswers, terminalAnswers } from './reviewAnswers.ts';
import { formatExact, holdDialogue } from './reviewDialogue.ts';
import { printSimulation } from './reviewSimulation.ts';

interface ReviewFlags {
  readonly model?: readonly string[];
  readonly rule?: VotingRule;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly framing?: 'framed' | 'raw';
  readonly targetError: number;
  readonly adapt: boolean;
  readonly limit?: number;
  readonly seed: number;
  readonly out?: string;
  readonly resume?: boolean;
  readonly script?: boolean;
  readonly simulate?: boolean;
  readonly upTo: number;
  readonly chart?: string;
  readonly json?: boolean;
}

/** File of the labels when none is named. */
const usualOut = 'labels.csv';

/** Share of errors to reach by default: one label in a thousand. */
const usualTarget = 0.001;

/** Largest share of the pictures that a simulation asks about: good models finish far earlier. */
const usualUpTo = 0.2;

/** Builds the command. */
export function reviewCommand(): Command {
  return new Command('review')
    .summary('read pictures, and ask a person about the least certain')
    .description(
      'Reads pictures and asks you about those that it is least certain of, until at most a stated share of errors is\n' +
        'expected among all. It learns from your answers, and ranks again what is left. Every answer is kept at once.',
    )
    .argument('<where>', 'a folder of pictures, or labelled data as ductus evaluate takes it (its labels are ignored)')
    .addOption(modelOption())
    .addOption(ruleOption())
    .addOption(alphabetOption())
    .addOption(
      new Option(
        '--framing <kind>',
        'for labelled data, as in ductus evaluate: network inputs, or raw pictures',
      ).choices(['framed', 'raw']),
    )
    .option(
      '--target-error <share>',
      'ask until at most this share of errors is expected: 0.1% or 0.001',
      shareOf,
      usualTarget,
    )
    .option('--no-adapt', 'do not learn from the answers')
    .option(
      '--limit <number>',
      'for labelled data: at most this many pictures, drawn at random class by class',
      wholeNumber(1),
    )
    .option('--seed <number>', 'seed of that draw, and of the other samples to learn from', wholeNumber(0), 0)
    .option(
      '--out <file.csv>',
      `labels of all pictures; beside it the same as JSON, and your answers (default: ${usualOut})`,
    )
    .option('--resume', 'continue with the answers that are kept beside --out')
    .option('--script', 'take answers from standard input, one a line: nothing to accept, a class, or - u l q')
    .addOption(
      new Option('--simulate', 'let the labels of the data answer, and measure what asking is worth').conflicts([
        'resume',
        'script',
      ]),
    )
    .option('--up-to <share>', 'for a simulation: ask about at most this share of the pictures', upToOf, usualUpTo)
    .option('--chart <file.svg>', 'for a simulation: draw the errors left by the share asked about', fileEnding('.svg'))
    .option('--json', 'for a simulation: print one JSON object')
    .addHelpText(
      'after',
      `${examples(
        ['ductus review scans/', 'a folder of pictures; labels.csv receives their labels'],
        ['ductus review scans/ --target-error 0.5% --out march.csv', 'accept up to five errors in a thousand'],
        ['ductus review scans/ --target-error 0.5% --out march.csv --resume', 'go on where it was left'],
        ['ductus review mnist:test --simulate --chart curve.svg', 'how many questions would it take?'],
      )}\nFile, label, confidence, and reviewed by person or machine stand in the CSV.\n`,
    )
    .action(review);
}

async function review(where: string, flags: ReviewFlags): Promise<void> {
  const { openSession, readForReview, reviewFiles } = await import('../../platform/node/floor.ts');
  const { simulate, script, out, model, rule, alphabet, framing, limit, seed } = flags;
  if (!simulate && !script && !process.stdin.isTTY) {
    throw new UsageError(
      'review: expected a terminal to ask in, received a file or a pipe; --script takes answers from standard input, --simulate from labels',
    );
  }
  for (const option of ['chart', 'json'] as const) {
    if (flags[option] !== undefined && !simulate) {
      throw new UsageError(`--${option}: expected it with --simulate, received it without`);
    }
  }
  const files = simulate && out === undefined ? undefined : reviewFiles(out ?? usualOut);
  // Checked before the pictures are read, which can take minutes.
  const saved = files === undefined ? undefined : await openSession(files, flags.resume ?? false);
  const read = await readForReview({
    ...{ data: where, seed, onProgress: countUp('pictures read') },
    ...(model && { model }),
    ...(rule && { rule }),
    ...(alphabet && { alphabet }),
    ...(framing && { framing }),
    ...(limit !== undefined && { limit }),
  });
  if (simulate) await runSimulation(read, flags, files);
  else await ask(read, flags, files!, saved);
}

/** Asks the person. */
async function ask(
  { readings, labels, originals, subject }: ReadForReview,
  { targetError, adapt, seed, script }: ReviewFlags,
  files: ReviewFiles,
  saved: SavedReview | undefined,
): Promise<void> {
  const { reviewSession, reviewWords } = await import('../../learn/floor.ts');
  const { keepSession, writeLabels } = await import('../../platform/node/floor.ts');
  const session = reviewSession(readings, { labels, targetError, adapt, seed, ...(saved && { saved }) });
  const words = reviewWords(labels);
  const answers = await (script ? scriptAnswers(words) : terminalAnswers(words));
  let ended = false;
  try {
    ended = await holdDialogue(session, {
      ...{ readings, words, answers, originals },
      clear: !script && process.stdout.isTTY,
      keep: () => keepSession(files, session),
    });
  } finally {
    answers.close();
    await writeLabels(files, session, subject);
  }
  const { asked, total, corrected, expectedError } = session.progress;
  printLine(
    `\n${asked} of ${total} asked (${formatPercent(asked / total)}), ${corrected} corrected; expected error ${formatExact(expectedError)}, ` +
      `target ${formatExact(targetError)}${ended ? '' : '; not done: the same command with --resume goes on'}`,
  );
  printLine(`Labels: ${files.csv}, ${files.json}`);
}

/** Lets the labels answer. */
async function runSimulation(
  read: ReadForReview,
  { targetError, adapt, seed, upTo, chart, json }: ReviewFlags,
  files: ReviewFiles | undefined,
): Promise<void> {
  const { answerByTruth, reviewSession } = await import('../../learn/floor.ts');
  const { keepSession, truthOfReview, writeLabels } = await import('../../platform/node/floor.ts');
  const { readings, labels, subject } = read;
  const truth = truthOfReview(read);
  if (files !== undefined) {
    const session = reviewSession(readings, { labels, targetError, adapt, seed });
    answerByTruth(session, truth);
    await keepSession(files, session);
    await writeLabels(files, session, { ...subject, simulated: true });
  }
  await printSimulation(readings, truth, {
    ...{ labels, targetError, adapt, seed, upTo, subject },
    ...(chart !== undefined && { chart }),
    ...(json && { json }),
  });
}

/** Reads a share above 0, up to all. */
function upToOf(text: string): number {
  if (/^\s*(1(\.0*)?|100(\.0*)?\s*%)\s*$/.test(text)) return 1;
  const share = shareOf(text);
  if (share > 0) return share;
  throw new InvalidArgumentError(`Expected a share above 0, such as 20% or 1, received "${text}".`);
}
