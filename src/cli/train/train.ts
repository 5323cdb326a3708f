// `ductus train`: runs a recipe, shows its progress, and writes a model file.
import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../../core/floor.ts';
import type { CommitteeRecipe, Recipe } from '../../learn/floor.ts';
import type { TrainingRunOptions } from '../../platform/node/floor.ts';
import { dataHelp, examples, wholeNumber } from '../options.ts';
import { formatPercent, printJson, printLine, printNote } from '../output.ts';

interface TrainFlags {
  readonly recipe: string;
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: boolean;
  readonly epochs?: number;
  readonly batch?: number;
  readonly data?: readonly string[];
  readonly test?: readonly string[];
  readonly threads?: number;
  readonly json?: boolean;
}

/** The command. */
export function trainCommand(): Command {
  return new Command('train')
    .summary('train a network by a recipe')
    .description('Train a network by a recipe and write it as one .onnx file with its model card.')
    .option('--recipe <name|file>', 'recipe that comes with Ductus, or a JSON file', 'digits')
    .option('--seed <number>', 'seed of weights, shuffling, split, dropout and distortion', wholeNumber(0))
    .option('--out <folder>', 'folder for checkpoint, log, curve and model (default: runs/<recipe>-<seed>)')
    .option('--resume', "continue from the folder's checkpoint, if there is one")
    .option('--epochs <number>', "instead of the recipe's", wholeNumber(1))
    .option('--batch <number>', "instead of the recipe's", wholeNumber(1))
    .option(
      '--data <path>',
      `training data instead of the recipe's, given several times all of them together: ${dataHelp}`,
      another,
    )
    .option(
      '--test <path>',
      "test data instead of the recipe's, read once at the end; may be given several times",
      another,
    )
    .option('--threads <number>', 'threads of the engine (default: all cores)', wholeNumber(1))
    .option('--json', 'print one JSON object per epoch and one at the end, no bar')
    .addHelpText(
      'after',
      `${examples(
        ['ductus train --recipe quick', 'a digit recogniser in under a minute'],
        ['ductus train --recipe digits --seed 2 --out runs/mine', 'the shipped recogniser from another seed'],
        ['ductus train --recipe digits --seed 2 --out runs/mine --resume', 'go on after Ctrl-C or a power cut'],
        ['ductus train --recipe committee --resume', 'five networks that vote; finished members are kept'],
        ['ductus train --recipe quick --data my-letters/', 'your own pictures, one folder per class'],
      )}\nCtrl-C saves a checkpoint and exits; a second Ctrl-C exits at once.\n`,
    )
    .action(runTrain);
}

async function runTrain(flags: TrainFlags): Promise<void> {
  const { openAnyRecipe } = await import('../../platform/node/floor.ts');
  const recipe = await openAnyRecipe(flags.recipe);
  const seed = flags.seed ?? recipe.seed ?? 1;
  const folder = flags.out ?? join('runs', `${recipe.name}-${seed}`);
  let cancelled = false;
  const cancel = (): void => {
    if (cancelled) process.exit(1);
    cancelled = true;
    printNote('\nstopping after this step; press Ctrl-C again to stop at once');
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  const run: Run = {
    seed,
    folder,
    resume: flags.resume ?? false,
    command: commandOf(flags, seed),
    cancelled: () => cancelled,
    ...(flags.threads !== undefined && { threads: flags.threads }),
  };
  try {
    if ('members' in recipe) await trainCommittee(recipe, run, flags);
    else await trainNetwork(withFlags(recipe, flags), run, flags);
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

/** What a training of either kind is given beside its recipe. */
type Run = Omit<TrainingRunOptions, 'recipe' | 'splitSeed'>;

async function trainNetwork(recipe: Recipe, run: Run, flags: TrainFlags): Promise<void> {
  const { runTraining } = await import('../../platform/node/floor.ts');
  const { TrainingDisplay } = await import('./trainingDisplay.ts');
  const { seed, folder } = run;
  const display = flags.json ? undefined : new TrainingDisplay();
  try {
    const events = runTraining({ ...run, recipe });
    for await (const event of events) {
      display?.show(event);
      if (flags.json && event.type === 'epoch') printJson(event.log);
      if (event.type !== 'finished') continue;
      if (flags.json) printJson({ ...event, folder, recipe: recipe.name, seed });
      else if (event.model === undefined)
        printNote(`saved; go on with: ${commandOf(flags, seed)} --out ${folder} --resume`);
      else {
        printLine(`trained in ${event.seconds.toFixed(0)} s: ${event.model}`);
        if (event.validation) printLine(`validation: ${describe(event.validation)}`);
        for (const { name, result } of event.tests ?? []) printLine(`test ${name}: ${describe(result)}`);
        if (event.test) printLine(`test ${listed(recipe.data.test)}: ${describe(event.test)}`);
      }
    }
  } finally {
    display?.close();
  }
}

async function trainCommittee(recipe: CommitteeRecipe, run: Run, flags: TrainFlags): Promise<void> {
  if (flags.epochs !== undefined || flags.batch !== undefined || flags.data !== undefined || flags.test !== undefined) {
    throw new UsageError(
      `--epochs, --batch, --data, --test: expected a recipe of one network, received the committee recipe "${recipe.name}"; change its members' recipes`,
    );
  }
  const { runCommittee } = await import('../../platform/node/floor.ts');
  const { TrainingDisplay } = await import('./trainingDisplay.ts');
  const displays = new Map<number, InstanceType<typeof TrainingDisplay>>();
  try {
    for await (const event of runCommittee({ ...run, recipe })) {
      if (event.type === 'kept')
        printNote(`member ${event.member} of ${event.members}: trained already, ${event.model}`);
      if (event.type === 'member') {
        const { member, members } = event;
        if (flags.json) {
          if (event.event.type === 'epoch') printJson({ member, ...event.event.log });
          continue;
        }
        let display = displays.get(member);
        if (display === undefined) {
          display = new TrainingDisplay(`member ${member} of ${members}: `);
          displays.set(member, display);
        }
        display.show(event.event);
      }
      if (event.type !== 'committee') continue;
      if (flags.json) printJson({ ...event, folder: run.folder, recipe: recipe.name, seed: run.seed });
      else if (event.model === undefined) {
        printNote(`saved; go on with: ${commandOf(flags, run.seed)} --out ${run.folder} --resume`);
      } else {
        printLine(`committee: ${event.model}`);
        if (event.validation) printLine(`validation: ${describe(event.validation)}`);
        if (event.test) printLine(`test: ${describe(event.test)}`);
      }
    }
  } finally {
    for (const display of displays.values()) display.close();
  }
}

function withFlags(recipe: Recipe, { epochs, batch, data, test }: TrainFlags): Recipe {
  // Another training set makes the recipe's own test set meaningless unless one is named.
  const { test: ownTest, ...rest } = recipe.data;
  const testData = test === undefined ? (data === undefined ? ownTest : undefined) : oneOrAll(test);
  return {
    ...recipe,
    ...(epochs !== undefined && { epochs }),
    ...(batch !== undefined && { batch }),
    data: {
      ...rest,
      ...(data !== undefined && { train: oneOrAll(data) }),
      ...(testData !== undefined && { test: testData }),
    },
  };
}

function commandOf({ recipe, epochs, batch, data, test, threads }: TrainFlags, seed: number): string {
  const options = { recipe, seed, epochs, batch, data, test, threads };
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each) => `--${name} ${each}`),
  );
  return ['ductus train', ...given].join(' ');
}

/** Collects the values of a repeatable option. */
function another(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Data as a recipe names it: one name alone, several as a list. */
function oneOrAll(names: readonly string[]): string | readonly string[] {
  return names.length === 1 ? names[0]! : names;
}

function listed(names: string | readonly string[] | undefined): string {
  return [names ?? []].flat().join(' + ');
}

function describe({ accuracy, count, loss }: { accuracy: number; count: number; loss: number }): string {
  return `${formatPercent(accuracy)} of ${count} right, loss ${loss.toFixed(4)}`;
}
