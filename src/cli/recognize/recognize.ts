// `ductus recognize`: reads pictures of one character each; `ductus read` reads whole pages.
import { Command } from 'commander';
import { type AlphabetName, UsageError } from '../../core/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import type { FileReading } from '../../platform/node/floor.ts';
import type { Recognised, Recognition } from '../../read/floor.ts';
import {
  alphabetOption,
  examples,
  fileEnding,
  frequenciesOption,
  modelOption,
  ruleOption,
  wholeNumber,
} from '../options.ts';
import { exitCodes, formatPercent, noteFrequencies, printError, printJson, printLine, printNote } from '../output.ts';
import { withStandardInput } from '../standardInput.ts';

interface RecognizeOptions {
  readonly model?: readonly string[];
  readonly rule?: VotingRule;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly frequencies?: string;
  readonly top: number;
  readonly json?: boolean;
  readonly explain?: string;
}

/** Builds the command. */
export function recognizeCommand(): Command {
  return new Command('recognize')
    .summary('read pictures of one character each')
    .description(
      'Reads pictures of one character each, dark on light or light on dark. A file that cannot be read is reported\n' +
        'and the others are still read; the exit code is then 1.',
    )
    .argument('<file...>', 'pictures (PNG, JPEG, WebP, GIF, TIFF); - reads one from standard input')
    .addOption(modelOption())
    .addOption(ruleOption())
    .addOption(alphabetOption())
    .addOption(frequenciesOption())
    .option('--top <number>', 'number of alternatives', wholeNumber(1), 3)
    .option(
      '--json',
      'print one JSON object per line: file, text, confidence, alternatives, empty; for a committee also rule, decidedBy, members, votes',
    )
    .option(
      '--explain <file.html>',
      'write a page that shows every step from the picture to what the network saw',
      fileEnding('.html'),
    )
    .addHelpText(
      'after',
      examples(
        ['ductus recognize scan.png', 'one picture'],
        ['ductus recognize scans/*.png --json --top 10', 'many, for a script'],
        ['ductus recognize scans/*.png --explain steps.html', 'see why one was misread, and where its ink was lost'],
        ['cat scan.png | ductus recognize -', 'from another program'],
        ['ductus recognize --alphabet 1,7 scan.png', 'it can only be a 1 or a 7'],
        [
          'ductus recognize --model characters-slim --frequencies estimate scans/*.png',
          'a pile of one kind: its frequencies decide between 0 and O, 1 and l',
        ],
        ['ductus recognize --model a.onnx --model b.onnx --model c.onnx scan.png', 'three models vote'],
      ),
    )
    .action(recognize);
}

async function recognize(
  files: readonly string[],
  { top, json, explain, ...options }: RecognizeOptions,
): Promise<void> {
  const { estimated, readPicture, recognizeFiles, writeFramingPage } = await import('../../platform/node/floor.ts');
  if (options.frequencies === estimated && files.includes('-')) {
    throw new UsageError(
      `--frequencies ${estimated}: expected files, which are read twice, received - for standard input`,
    );
  }
  const sources = files.map((file) =>
    file === '-' ? { name: file, open: () => withStandardInput(readPicture) } : file,
  );
  const readings: FileReading[] = [];
  for await (const reading of recognizeFiles(sources, { ...options, onFrequencies: noteFrequencies })) {
    if (explain !== undefined) readings.push(reading);
    if (reading.error === undefined) print(reading.file, reading.answer, { top, json });
    else {
      printError(reading.error);
      process.exitCode = exitCodes.failed;
    }
  }
  if (explain === undefined) return;
  const count = await writeFramingPage(explain, readings, options.model);
  printNote(`${explain}: the steps of ${count} ${count === 1 ? 'picture' : 'pictures'}`);
}

function print(
  file: string,
  answer: Recognition,
  options: { readonly top: number; readonly json: boolean | undefined },
): void {
  if (options.json) {
    printJson({
      file,
      text: answer.empty ? '' : answer.label,
      confidence: answer.empty ? 0 : answer.confidence,
      alternatives: answer.empty
        ? []
        : answer.alternatives.slice(0, options.top).map(({ label, confidence }) => ({ text: label, confidence })),
      empty: answer.empty,
      ...(answer.empty ? {} : verdictJson(answer)),
    });
    return;
  }
  if (answer.empty) {
    printLine(`${file}: nothing found`);
    return;
  }
  const [first, ...others] = answer.alternatives.slice(0, Math.max(2, options.top));
  const rest = others.map(({ label, confidence }) => `${label} ${formatPercent(confidence)}`).join(', ');
  printLine(
    `${file}: ${first!.label} (${formatPercent(first!.confidence)}${rest === '' ? '' : `; else ${rest}`})${verdictText(answer)}`,
  );
}

/** Nothing for a single network. */
function verdictJson({ label: answer, members, rule, decidedBy }: Recognised): object {
  if (members === undefined) return {};
  // Classes without votes are left out, except the answer.
  const counts = [...new Set([answer, ...members.map(({ label }) => label)])].map((label) => [
    label,
    members.filter((member) => member.label === label).length,
  ]);
  return {
    rule,
    decidedBy,
    members: members.map(({ name, label, confidence }) => ({ name, text: label, confidence })),
    votes: Object.fromEntries(counts),
  };
}

function verdictText({ members, decidedBy }: Recognised): string {
  if (members === undefined) return '';
  const how = {
    majority: 'most votes',
    confidence: 'a tie, decided by the sums of confidences',
    mean: 'decided by the mean',
    index: 'equal in all, the first class taken',
  };
  return `; votes ${members.map(({ label }) => label).join(' ')}: ${how[decidedBy!]}`;
}
