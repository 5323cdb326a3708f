// `ductus recognize`: what is written in pictures of one character each.
import { Command } from 'commander';
import { DuctusError } from '../core/index.ts';
import type { Picture } from '../picture/index.ts';
import type { Recognition } from '../read/index.ts';
import { examples, wholeNumber } from './options.ts';
import { exitCodes, formatPercent, printError, printJson, printLine } from './output.ts';
import { withStandardInput } from './standardInput.ts';

interface RecognizeOptions {
  readonly model?: string;
  readonly top: number;
  readonly json?: boolean;
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
    .option('--model <name|file>', 'shipped model or model file (default: digits)')
    .option('--top <number>', 'how many alternatives to give', wholeNumber(1), 3)
    .option('--json', 'print one JSON object a line: file, text, confidence, alternatives, empty')
    .addHelpText(
      'after',
      examples(
        ['ductus recognize scan.png', 'one picture'],
        ['ductus recognize scans/*.png --json --top 10', 'many, for a script'],
        ['cat scan.png | ductus recognize -', 'from another program'],
      ),
    )
    .action(recognize);
}

async function recognize(files: readonly string[], options: RecognizeOptions): Promise<void> {
  const { openRecognizer, readPicture } = await import('../platform/node/index.ts');
  const recognizer = await openRecognizer(options.model);
  try {
    for (const file of files) {
      try {
        const picture: Picture = file === '-' ? await withStandardInput(readPicture) : await readPicture(file);
        print(file, await recognizer.recognize(picture), options);
      } catch (error) {
        if (!(error instanceof DuctusError)) throw error;
        printError(error);
        process.exitCode = exitCodes.failed;
      }
    }
  } finally {
    recognizer.dispose();
  }
}

function print(file: string, answer: Recognition, options: RecognizeOptions): void {
  if (options.json) {
    printJson({
      file,
      text: answer.empty ? '' : answer.label,
      confidence: answer.empty ? 0 : answer.confidence,
      alternatives: answer.empty
        ? []
        : answer.alternatives.slice(0, options.top).map(({ label, confidence }) => ({ text: label, confidence })),
      empty: answer.empty,
    });
    return;
  }
  if (answer.empty) {
    printLine(`${file}: nothing found`);
    return;
  }
  const [first, ...others] = answer.alternatives.slice(0, Math.max(2, options.top));
  const rest = others.map(({ label, confidence }) => `${label} ${formatPercent(confidence)}`).join(', ');
  printLine(`${file}: ${first!.label} (${formatPercent(first!.confidence)}${rest === '' ? '' : `; else ${rest}`})`);
}
