// `ductus compare`: the older systems and today's in one table, trained and tested on the same pictures.
import { join } from 'node:path';
import { Command } from 'commander';
import type { SystemResult } from '../../classic/floor.ts';
import type { AlphabetName } from '../../core/floor.ts';
import type { ComparisonRunOptions } from '../../platform/node/floor.ts';
import { alphabetOf, examples, wholeNumber } from '../options.ts';
import { exitCodes, formatTable, givenCommand, printJson, printLine, printNote } from '../output.ts';

interface CompareFlags {
  readonly data: string;
  readonly test?: string;
  readonly heldBack?: boolean;
  readonly classes?: AlphabetName | readonly string[];
  readonly train: number;
  readonly limit?: number;
  readonly systems?: readonly string[];
  readonly seed: number;
  readonly trials: number;
  readonly jobs?: number;
  readonly out?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** The command. */
export function compareCommand(): Command {
  return new Command('compare')
    .summary('train and test the older systems and the new, in one table')
    .description(
      'Trains every system on the same samples and tests it on the same pictures: accuracy, time, size, memory, behaviour\n' +
        'under noise, rotation, thin and thick strokes, and on two characters that touch. Each runs on one core, in a process of its own.',
    )
    .option(
      '--data <path>',
      'a set with parts train and test, such as mnist; or one part, file or folder, of which a fifth is held back',
      'mnist',
    )
    .option('--test <path>', 'other data to test on')
    .option('--held-back', 'test on samples held back from the training data: to choose settings by')
    .option(
      '--classes <alphabet>',
      'only samples of these classes: digits, upper, lower, letters, alphanumeric, or texts separated by commas: digits,X,Y',
      alphabetOf,
    )
    .option('--train <number>', 'training samples at most, drawn class by class', wholeNumber(1), 10_000)
    .option('--limit <number>', 'test pictures at most', wholeNumber(1))
    .option('--systems <a,b,...>', 'only these (--list names them all)', (text) =>
      text.split(',').map((name) => name.trim()),
    )
    .option('--seed <number>', 'seed of the draws and of all that learns', wholeNumber(0), 1)
    .option('--trials <number>', 'test pictures for noise, rotation and the other trials', wholeNumber(1), 1_000)
    .option('--jobs <number>', 'systems at a time (default: one per core)', wholeNumber(1))
    .option(
      '--out <folder>',
      'folder for results, models, table and page (default: runs/compare-<data>-<classes>-<train>)',
    )
    .option('--list', 'only list the systems')
    .option('--json', 'print one JSON object per system')
    .addHelpText(
      'after',
      `${examples(
        ['ductus compare', 'all systems, 10,000 digits'],
        ['ductus compare --systems svm,dnn --train 2000', 'two of them, quickly'],
        ['ductus compare --train 60000 --out runs/all', 'the whole of MNIST'],
        [
          'ductus compare --data chars74k --classes digits,upper',
          'a set of your own or a stored one, some of its classes',
        ],
        ['ductus compare --list', 'what each system is, and published results'],
      )}\nSystems that the folder holds already, measured on the same samples, are kept: after Ctrl-C the same command goes on.\n`,
    )
    .action(compare);
}

async function compare(flags: CompareFlags): Promise<void> {
  if (flags.list) return list(flags);
  const { runComparison } = await import('../../platform/node/floor.ts');
  const { ComparisonDisplay } = await import('./comparisonDisplay.ts');
  const options = await optionsOf(flags);
  const display = new ComparisonDisplay(options.systems.length);
  const events = runComparison(options);
  const stop = (): void => {
    printNote('\nstopping; the same command goes on with the systems that are left');
    process.exit(exitCodes.failed);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for await (const event of events) {
      if (!flags.json) display.show(event);
      if (flags.json && (event.type === 'measured' || event.type === 'kept')) printJson(event.result);
      if (event.type !== 'finished') continue;
      display.close();
      if (!flags.json) await printTables(event.results);
      for (const { system, message } of event.failures) printNote(`error: ${system}: ${message}`);
      if (!flags.json) printLine(`\nPage: ${event.page}\nJSON: ${event.json}`);
      if (event.failures.length > 0) process.exitCode = exitCodes.failed;
    }
  } finally {
    display.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function optionsOf(flags: CompareFlags): Promise<ComparisonRunOptions> {
  const { measuringHost } = await import('../../platform/node/floor.ts');
  const { classifierKindNamed, classifierKinds } = await import('../../classic/floor.ts');
  const host = measuringHost();
  const names = [...new Set(flags.systems ?? classifierKinds(host).map(({ name }) => name))];
  // Refuses an unknown name here, before a process measures it.
  const systems = names.map((name) => classifierKindNamed(name, host).name);
  const { data, test, heldBack = false, classes, train, limit, seed } = flags;
  const about = [data, ...(classes === undefined ? [] : [String(classes)]), train].join('-');
  return {
    systems,
    data: {
      ...{ data, heldBack, train, seed },
      ...(test !== undefined && { test }),
      ...(classes && { classes }),
      ...(limit !== undefined && { limit }),
    },
    trialCount: flags.trials,
    folder: flags.out ?? join('runs', `compare-${about.replaceAll(/[^\w.-]+/g, '-')}`),
    ...(flags.jobs !== undefined && { jobs: flags.jobs }),
    command: givenCommand(),
  };
}

async function printTables(results: readonly SystemResult[]): Promise<void> {
  if (results.length === 0) return;
  const { aboutSystem, comparisonColumns, rejectionColumns, trialColumns, turnedColumns } = await import(
    '../../classic/floor.ts'
  );
  const turned = turnedColumns(results[0]!.test.labels);
  for (const columns of [comparisonColumns, [...trialColumns, ...turned], rejectionColumns]) {
    const rows = results.map((result) => [result.system, ...columns.map(({ value }) => value(result))]);
    const head = ['system', ...columns.map(({ title }) => title)];
    printLine(
      formatTable(
        [head, ...rows],
        columns.map((_, index) => index + 1),
      ),
    );
    printLine();
  }
  printLine(
    'Times of one core; memory beyond the process with the data in it; wrong answers among those not refused.\n',
  );
  for (const result of results) {
    const { what, figure } = aboutSystem(result);
    printLine(`${result.system}: ${what}\n  Published: ${figure}`);
  }
}

async function list(flags: CompareFlags): Promise<void> {
  const { measuringHost } = await import('../../platform/node/floor.ts');
  const { classifierKinds } = await import('../../classic/floor.ts');
  const kinds = classifierKinds(measuringHost()).map(({ name, description, published, scores, settings, most }) => ({
    ...{ name, description, scores, settings },
    published: published ?? null,
    most: most ?? null,
  }));
  if (flags.json) return printJson(kinds);
  for (const { name, description, published } of kinds) {
    printLine(`${name}\n  ${description}`);
    printLine(
      published === null
        ? '  Nothing comparable is published.\n'
        : `  Published: ${published.text}\n    (${published.source})\n`,
    );
  }
}
