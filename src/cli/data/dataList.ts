// `ductus data list`: which labelled data there is to name. Only prints.
import { Command } from 'commander';
import { examples } from '../options.ts';
import { formatTable, printJson, printLine, printNote, terminalWidth } from '../output.ts';

interface ListOptions {
  readonly json?: boolean;
}

/** One row of the list. */
interface Row {
  readonly name: string;
  readonly classes: readonly string[];
  /** Rows and columns of its pictures. */
  readonly size: readonly [number, number];
  readonly parts: Readonly<Record<string, Part>>;
  readonly writers: number | null;
  readonly terms: string;
}

/** What there is of a part. */
interface Part {
  readonly count: number;
  readonly pictures: boolean;
  readonly ink: boolean;
}

/** Builds the command. */
export function dataListCommand(): Command {
  return new Command('list')
    .summary('list the sets that can be named')
    .description(
      'Lists MNIST, EMNIST and the stored sets of the data folder, which the environment variable DUCTUS_DATA names (default: ' +
        'data): classes, samples of each part, size, writers, terms. A part is named set:part, its strokes set:part:ink.',
    )
    .option('--json', 'print one JSON object, with all that the descriptions say')
    .addHelpText(
      'after',
      examples(
        ['ductus data list', 'what is in the folder data'],
        ['DUCTUS_DATA=sets ductus data list --json', 'what is in another folder, for a script'],
      ),
    )
    .action(listData);
}

async function listData(options: ListOptions): Promise<void> {
  const { dataFolder, listStoredSets, partFiles } = await import('../../platform/node/floor.ts');
  const { sets, damaged } = await listStoredSets();
  const rows: Row[] = await builtIn();
  for (const set of sets) {
    const { name, classes, size, splits, writers, terms } = set.description;
    const parts: Record<string, Part> = {};
    for (const [split, count] of Object.entries(splits)) {
      const { images, ink } = await partFiles(set, split);
      parts[split] = { count, pictures: images !== undefined, ink: ink !== undefined };
    }
    rows.push({ name, classes, size, parts, writers, terms });
  }
  if (options.json) {
    const stored = sets.map(({ file, description }) => ({
      ...description,
      file,
      parts: rows.find(({ name }) => name === description.name)!.parts,
    }));
    printJson({ folder: dataFolder(), builtIn: rows.slice(0, rows.length - sets.length), sets: stored, damaged });
    return;
  }
  printLine(await formatRows(rows));
  if (sets.length === 0) printNote(`no stored set in the data folder ${dataFolder()} (DUCTUS_DATA)`);
  for (const { problem } of damaged) printNote(`damaged: ${problem}`);
}

/** The sets that have readers of their own, where their files are there. */
async function builtIn(): Promise<Row[]> {
  const { findEmnistFile, hasMnist } = await import('../../platform/node/floor.ts');
  const { emnistFileNames, emnistSide, emnistSplits, emnistTerms, mnistLabels, mnistTerms } = await import(
    '../../samples/floor.ts'
  );
  const rows: Row[] = [];
  const pictures = { pictures: true, ink: false };
  if (hasMnist()) {
    rows.push({
      ...{ name: 'mnist', classes: mnistLabels, size: [28, 28], writers: null },
      parts: { train: { count: 60_000, ...pictures }, test: { count: 10_000, ...pictures } },
      terms: mnistTerms,
    });
  }
  for (const [split, { classes, counts }] of Object.entries(emnistSplits)) {
    const parts: Record<string, Part> = {};
    for (const part of ['train', 'test'] as const) {
      const file = await findEmnistFile(emnistFileNames(split as keyof typeof emnistSplits, part).images);
      if (file !== undefined) parts[part] = { count: counts[part], ...pictures };
    }
    if (Object.keys(parts).length === 0) continue;
    rows.push({
      ...{ name: `emnist-${split}`, classes, size: [emnistSide, emnistSide], parts, writers: null },
      terms: emnistTerms,
    });
  }
  return rows;
}

async function formatRows(rows: readonly Row[]): Promise<string> {
  const { abbreviateLabels } = await import('../../samples/floor.ts');
  const cells = rows.map(({ name, classes, size, parts, writers, terms }) => [
    name,
    String(classes.length),
    abbreviateLabels(classes, 24),
    Object.entries(parts).map(formatPart).join(', '),
    `${size[0]}x${size[1]}`,
    writers === null ? '-' : String(writers),
    terms,
  ]);
  const table = formatTable([['set', 'classes', '', 'samples', 'size', 'writers', 'terms'], ...cells], [1, 5]);
  // Terms can be long: on a terminal the end of a line is left out, in a file or a pipe it stands.
  if (!process.stdout.isTTY) return table;
  return table
    .split('\n')
    .map((line) => line.slice(0, terminalWidth()))
    .join('\n');
}

function formatPart([split, { count, pictures, ink }]: [string, Part]): string {
  if (!pictures && !ink) return `${split} ${count} (files missing)`;
  return `${split} ${count}${pictures ? (ink ? ' +ink' : '') : ' ink'}`;
}
