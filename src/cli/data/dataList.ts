// `ductus data list`: lists the labelled data that can be named.
import { Command } from 'commander';
import type { ListedPart, ListedSet } from '../../platform/node/floor.ts';
import { examples } from '../options.ts';
import { formatTable, printJson, printLine, printNote, terminalWidth } from '../output.ts';

interface ListOptions {
  readonly json?: boolean;
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
    .action(printList);
}

async function printList(options: ListOptions): Promise<void> {
  const { dataNames, listData } = await import('../../platform/node/floor.ts');
  const list = await listData();
  if (options.json) return printJson(list);
  const { folder, builtIn, sets, damaged } = list;
  printLine(await formatSets([...builtIn, ...sets]));
  if (sets.length === 0) printNote(`no stored set in the data folder ${folder} (DUCTUS_DATA)`);
  for (const { problem } of damaged) printNote(`damaged: ${problem}`);
  printNote(`Data is named by ${dataNames}.`);
}

async function formatSets(sets: readonly ListedSet[]): Promise<string> {
  const { abbreviateLabels } = await import('../../samples/floor.ts');
  const cells = sets.map(({ name, classes, size, parts, writers, terms }) => [
    name,
    String(classes.length),
    abbreviateLabels(classes, 24),
    Object.entries(parts).map(formatPart).join(', '),
    `${size[0]}x${size[1]}`,
    writers === null ? '-' : String(writers),
    terms,
  ]);
  const table = formatTable([['set', 'classes', '', 'samples', 'size', 'writers', 'terms'], ...cells], [1, 5]);
  // Terms can be long: a terminal cuts the line's end, a file or a pipe keeps it.
  if (!process.stdout.isTTY) return table;
  return table
    .split('\n')
    .map((line) => line.slice(0, terminalWidth()))
    .join('\n');
}

function formatPart([split, { count, pictures, ink }]: [string, ListedPart]): string {
  if (!pictures && !ink) return `${split} ${count} (files missing)`;
  return `${split} ${count}${pictures ? (ink ? ' +ink' : '') : ' ink'}`;
}
