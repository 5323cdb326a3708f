// `ductus read`: finds and reads the characters of a whole page.
import { Command } from 'commander';
import type { AlphabetName } from '../core/floor.ts';
import type { VotingRule } from '../onnx/floor.ts';
import type { PageCharacter } from '../read/floor.ts';
import { alphabetOption, examples, fileEnding, frequenciesOption, modelOption, ruleOption } from './options.ts';
import { noteFrequencies, printJson, printLine, printNote } from './output.ts';
import { withStandardInput } from './standardInput.ts';

interface ReadOptions {
  readonly model?: readonly string[];
  readonly rule?: VotingRule;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly frequencies?: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** Builds the command. */
export function readCommand(): Command {
  return new Command('read')
    .summary('find and read the characters of a page')
    .description(
      'Finds characters anywhere on a scanned or photographed page, reads each, and prints them line by line, each line with\n' +
        "its characters' confidences in percent. Rules, frames and specks are left out; characters that touch are parted where that reads better.",
    )
    .argument('<page>', 'picture of a page (PNG, JPEG, WebP, GIF, TIFF); - reads it from standard input')
    .addOption(modelOption())
    .addOption(ruleOption())
    .addOption(alphabetOption())
    .addOption(frequenciesOption())
    .option(
      '--json',
      'print one JSON object: file, width, height, lines, characters (text, confidence, alternatives, line, box, relativeHeight)',
    )
    .option('--out <file.png>', 'draw the page with boxes and answers, coloured by confidence', fileEnding('.png'))
    .addHelpText(
      'after',
      examples(
        ['ductus read page.png', 'lines of text with confidences'],
        ['ductus read page.png --out boxes.png', 'see what was found where'],
        ['ductus read form.jpg --alphabet digits --json', 'boxes and answers for a script'],
        [
          'ductus read --model characters-slim --frequencies estimate page.png',
          'the rest of the page decides between 0 and O, 1 and l',
        ],
      ),
    )
    .action(read);
}

async function read(file: string, { json, out, ...options }: ReadOptions): Promise<void> {
  const { drawPage, readPagePicture, readPages, writeFileAtomic } = await import('../platform/node/floor.ts');
  const source = file === '-' ? { name: file, open: () => withStandardInput(readPagePicture) } : file;
  for await (const { page, characters, lines } of readPages([source], { ...options, onFrequencies: noteFrequencies })) {
    if (out !== undefined) {
      await writeFileAtomic(out, await drawPage(page, characters));
      printNote(`${out}: ${characters.length} boxes`);
    }
    if (json) printJson({ file, width: page.width, height: page.height, lines, characters: characters.map(plain) });
    else if (characters.length === 0) printLine(`${file}: nothing found`);
    else for (const [line, text] of lines.entries()) printLine(`${text}  (${confidences(characters, line)} %)`);
  }
}

/** Confidences of a line's characters in whole percent. They are rounded down, so that only certainty shows as 100. */
function confidences(characters: readonly PageCharacter[], line: number): string {
  return characters
    .flatMap((character) =>
      character.line === line && !character.answer.empty ? [Math.floor(100 * character.answer.confidence)] : [],
    )
    .join(' ');
}

/** A character without its pictures. */
function plain({ box, line, relativeHeight, answer }: PageCharacter): object {
  const { label, confidence, alternatives } = answer.empty ? { label: '', confidence: 0, alternatives: [] } : answer;
  return {
    text: label,
    confidence,
    alternatives: alternatives.slice(0, 3).map((other) => ({ text: other.label, confidence: other.confidence })),
    line,
    box,
    relativeHeight,
  };
}
