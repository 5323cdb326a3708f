// `ductus data`: a look at labelled data before anything is trained on it.
import { Command, Option } from 'commander';
import { UsageError } from '../../core/floor.ts';
import type { Dataset } from '../../samples/floor.ts';
import { dataHelp, examples, fileEnding, wholeNumber } from '../options.ts';
import { formatPercent, formatTable, printJson, printLine, printNote, terminalWidth } from '../output.ts';
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
      'Counts the samples of each class; with --out also draws a contact sheet, one row a class.\n' +
        'The pictures of a folder, and strokes, are shown as a network would see them; stored pictures as they are stored.',
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
    .option('--distort <preset>', 'one sample of each class, and beside it distorted variants; needs --out')
    .option(
      '--capture <preset>',
      'one sample of each class, beside it as pens, paper and cameras give it, and below each what framing makes of it; needs --out',
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
          'what a sample generator makes of digits',
        ],
        ['ductus data show mnist:train --capture oldBook --out captured.png', 'digits as in an old book, found again'],
        ['ductus data show chars74k:test:ink --out ink.png', 'strokes of a set in the data folder, drawn and framed'],
        ['ductus data show 1001.gnt --out writer.png', 'the characters of a writer of CASIA-HWDB'],
        ['ductus data show usps-test-images.idx3.gz --json', 'the class counts of an IDX file, for a script'],
      ),
    )
    .action(showData);
}

async function showData(where: string, options: ShowOptions): Promise<void> {
  const { captureNamed, captureSheet, classCounts, datasetSheet, distortionNamed, distortionSheet } = await import(
    '../../samples/floor.ts'
  );
  const { datasetHash, encodePng, writeFileAtomic } = await import('../../platform/node/floor.ts');
  for (const option of ['distort', 'capture'] as const) {
    if (options[option] !== undefined && options.out === undefined) {
      throw new UsageError(`--${option}: expected --out with the file to draw to, received none`);
    }
  }
  if (options.distort !== undefined && options.capture !== undefined) {
    throw new UsageError('--capture: expected it without --distort, received both');
  }
  const capture = options.capture === undefined ? undefined : captureNamed(options.capture);
  const distortion = options.distort === undefined ? undefined : distortionNamed(options.distort);
  const { dataset, empty } = await open(where, options);
  const counts = classCounts(dataset);
  if (options.out !== undefined) {
    const { perClass, seed } = options;
    const sheet =
      capture !== undefined
        ? captureSheet(dataset, capture.config, { variants: perClass, seed })
        : distortion !== undefined
          ? distortionSheet(dataset, distortion.config, { variants: perClass, seed })
          : datasetSheet(dataset, { perClass, seed });
    await writeFileAtomic(options.out, await encodePng(sheet));
  }
  if (options.json) {
    const { name, count, width, height, labels } = dataset;
    const writers = countWriters(dataset);
    const classes = labels.map((label, target) => ({ label, count: counts[target] }));
    const sheet =
      options.out === undefined ? {} : { sheet: options.out, distortion: options.distort, capture: options.capture };
    printJson({
      name,
      count,
      width,
      height,
      ...(writers > 0 && { writers }),
      classes,
      empty,
      sha256: datasetHash(dataset),
      ...sheet,
    });
    return;
  }
  const writers = countWriters(dataset);
  const by = writers === 0 ? '' : ` by ${writers} writers`;
  printLine(`${dataset.name}: ${dataset.count} pictures of ${dataset.width}x${dataset.height}${by}\n`);
  printLine(formatCounts(dataset, counts));
  if (distortion !== undefined) printLine(`\nDistortion ${distortion.name}: ${distortion.description}`);
  if (capture !== undefined) printLine(`\nCapture ${capture.name}: ${capture.description}`);
  if (options.out !== undefined) printLine(`\nContact sheet: ${options.out}`);
  if (options.draw) printLine(`\n${await drawn(dataset, options.seed)}`);
  for (const source of empty) printNote(`no ink found, left out: ${source}`);
}

/** Opens data to be looked at: of any size, and with the names of raw pictures in which nothing was found. */
async function open(where: string, { framing, frame }: ShowOptions): Promise<{ dataset: Dataset; empty: string[] }> {
  const { findData, openDataset } = await import('../../platform/node/floor.ts');
  const { namedFramings } = await import('../../picture/floor.ts');
  const empty: string[] = [];
  const data = await findData(where);
  if (data.form === 'array' && framing !== 'raw') return { dataset: await data.stored(), empty };
  const dataset = await openDataset(where, {
    framing: 'raw',
    frame: frame === undefined ? (data.shown ?? namedFramings.mnist) : namedFramings[frame],
    onEmpty: (sources) => empty.push(...sources),
    onProgress: (done, total) => {
      if (process.stderr.isTTY) process.stderr.write(done < total ? `\r${done} of ${total} pictures` : '\r\u001b[K');
    },
  });
  return { dataset, empty };
}

/** How many people are known to have written it; 0: nobody is. */
function countWriters({ writers }: Dataset): number {
  const known = new Set(writers);
  known.delete(0);
  return known.size;
}

/** One sample of each class that has any, with its text above it. */
async function drawn(dataset: Dataset, seed: number): Promise<string> {
  const { pictureAt, sheetSamples } = await import('../../samples/floor.ts');
  const glyphs = sheetSamples(dataset, { perClass: 1, seed }).flatMap((chosen, target) =>
    chosen.map((sample) => ({ title: [dataset.labels[target]!], picture: pictureAt(dataset, sample) })),
  );
  return formatGlyphs(glyphs, terminalWidth());
}

/** A table of the classes: text, number, share, and a bar as long as the number beside the largest. */
function formatCounts(dataset: Dataset, counts: readonly number[]): string {
  const largest = counts.reduce((most, count) => Math.max(most, count), 1);
  const rows = dataset.labels.map((label, target) => {
    const count = counts[target]!;
    // A class that has any sample has some bar.
    const length = count === 0 ? 0 : Math.max(1, Math.round((barLength * count) / largest));
    return [label, String(count), formatPercent(count / dataset.count), '#'.repeat(length)];
  });
  return formatTable([['class', 'pictures', 'share', ''], ...rows], [1, 2]);
}
