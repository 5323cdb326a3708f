// `ductus data`: lists, shows and fetches labelled data. It trains nothing.
import { Command, Option } from 'commander';
import type { DataInspection } from '../../platform/node/floor.ts';
import { dataHelp, examples, fileEnding, wholeNumber } from '../options.ts';
import { countUp, formatPercent, formatTable, printJson, printLine, printNote, terminalWidth } from '../output.ts';
import { dataGetCommand } from './dataGet.ts';
import { dataListCommand } from './dataList.ts';
import { formatGlyphs } from './glyphs.ts';

interface ShowOptions {
  readonly framing?: 'framed' | 'raw';
  readonly frame?: 'mnist' | 'hanzi';
  readonly out?: string;
  readonly draw?: boolean;
  readonly perClass: number;
  readonly seed: number;
  readonly distort?: string;
  readonly capture?: string;
  readonly json?: boolean;
}

/** Longest bar of the class counts, in characters. */
const barLength = 30;

/** Builds the command. */
export function dataCommand(): Command {
  return new Command('data')
    .summary('list labelled data, look at it, fetch it')
    .description('Lists labelled data, looks at it, or fetches it.')
    .addCommand(show())
    .addCommand(dataListCommand())
    .addCommand(dataGetCommand());
}

function show(): Command {
  return new Command('show')
    .summary('count the classes and draw samples of each')
    .description(
      'Counts the samples of each class; with --out also draws a contact sheet, one row per class.\n' +
        'Pictures of a folder and strokes are shown as a network would see them, stored pictures as they are stored.',
    )
    .argument('<where>', dataHelp)
    .option('--out <file.png>', 'write a contact sheet to this file', fileEnding('.png'))
    .option('--draw', 'draw one sample of each class here, as text: the first of the contact sheet')
    .addOption(
      new Option('--framing <kind>', 'raw: frame stored pictures too, as a recogniser would').choices([
        'framed',
        'raw',
      ]),
    )
    .addOption(
      new Option(
        '--frame <name>',
        'how raw pictures are framed: mnist, 20x20 by mass in 28x28 (default), or hanzi, 42x42 by box in 48x48 (default of .gnt files)',
      ).choices(['mnist', 'hanzi']),
    )
    .option('--per-class <number>', 'samples of each class on the sheet, or variants of one', wholeNumber(1, 1000), 20)
    .option('--seed <number>', 'seed of their choice, and of distortions', wholeNumber(0), 0)
    .option('--distort <preset>', 'one sample of each class beside distorted variants of it; needs --out')
    .option(
      '--capture <preset>',
      'one sample of each class beside variants as pens, paper and cameras give them, each framed below; needs --out',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples(
        ['ductus data show mnist:train --out mnist.png', '20 samples of each digit'],
        ['ductus data show emnist-balanced:train --draw', 'one of each character, in the terminal'],
        ['ductus data show scans/ --out scans.png --per-class 40', 'a folder of pictures, scans/7/a.png, framed'],
        [
          'ductus data show mnist:train --distort ciresan2010 --out variants.png',
          'distorted variants of digits, as training sees them',
        ],
        ['ductus data show mnist:train --capture oldBook --out captured.png', 'digits as in an old book, framed again'],
        ['ductus data show chars74k:test:ink --out ink.png', 'strokes of a set in the data folder, drawn and framed'],
        ['ductus data show 1001.gnt --out writer.png', 'the characters of a writer of CASIA-HWDB'],
        ['ductus data show usps-test-images.idx3.gz --json', 'the class counts of an IDX file, for a script'],
      ),
    )
    .action(showData);
}

async function showData(where: string, { draw, json, ...options }: ShowOptions): Promise<void> {
  const { datasetHash, firstSamples, inspectData } = await import('../../platform/node/floor.ts');
  const { out, distort: distortion, capture, seed } = options;
  const inspection = await inspectData(where, { ...options, onProgress: countUp('pictures') });
  const { dataset, classes, writers, empty, variants } = inspection;
  const { name, count, width, height } = dataset;
  if (json) {
    const sheet = out === undefined ? {} : { sheet: out, distortion, capture };
    const known = writers > 0 && { writers };
    return printJson({
      ...{ name, count, width, height, ...known, classes, empty, sha256: datasetHash(dataset), ...sheet },
    });
  }
  const by = writers === 0 ? '' : ` by ${writers} writers`;
  printLine(`${name}: ${count} pictures of ${width}x${height}${by}\n`);
  printLine(formatCounts(classes, count));
  if (variants !== undefined) {
    const kind = { distortion: 'Distortion', capture: 'Capture' }[variants.kind];
    printLine(`\n${kind} ${variants.name}: ${variants.description}`);
  }
  if (out !== undefined) printLine(`\nContact sheet: ${out}`);
  if (draw) {
    const glyphs = firstSamples(dataset, seed).map(({ label, picture }) => ({ title: [label], picture }));
    printLine(`\n${formatGlyphs(glyphs, terminalWidth())}`);
  }
  for (const source of empty) printNote(`no ink found, left out: ${source}`);
}

/** A table of the classes: text, number, share, and a bar in proportion to the largest number. */
function formatCounts(classes: DataInspection['classes'], total: number): string {
  const largest = classes.reduce((most, { count }) => Math.max(most, count), 1);
  const rows = classes.map(({ label, count }) => {
    // Every class with a sample has a visible bar.
    const length = count === 0 ? 0 : Math.max(1, Math.round((barLength * count) / largest));
    return [label, String(count), formatPercent(count / total), '#'.repeat(length)];
  });
  return formatTable([['class', 'pictures', 'share', ''], ...rows], [1, 2]);
}
