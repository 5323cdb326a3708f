// The command line `ductus`: assembles the commands and turns what goes wrong into one line and an exit code.
import { Command, CommanderError } from 'commander';
import { committeeCommand } from './committee.ts';
import { compareCommand } from './compare/compare.ts';
import { dataCommand } from './data/data.ts';
import { describeCommand } from './describe.ts';
import { evaluateCommand } from './evaluate/evaluate.ts';
import { exportCommand } from './export.ts';
import { modelsCommand } from './models.ts';
import { examples } from './options.ts';
import { exitCodeOf, exitCodes, printError } from './output.ts';
import { profileCommand } from './profile.ts';
import { readCommand } from './read.ts';
import { recognizeCommand } from './recognize/recognize.ts';
import { reviewCommand } from './review/review.ts';
import { serveCommand } from './serve/serve.ts';
import { trainCommand } from './train/train.ts';

/** The commands, in the order of the help. A new one is added here. */
const commands: readonly (() => Command)[] = [
  serveCommand,
  recognizeCommand,
  readCommand,
  reviewCommand,
  evaluateCommand,
  trainCommand,
  compareCommand,
  describeCommand,
  profileCommand,
  dataCommand,
  committeeCommand,
  exportCommand,
  modelsCommand,
];

/**
 * The whole program; built anew for every run because commander keeps parsed values in it.
 *
 * @param version what `--version` prints.
 */
export function program(version = ''): Command {
  const root = new Command('ductus')
    .description('Handwriting recognition that anyone can train, trust and ship.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'show this help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    // Options behind a command's name are that command's, so that one with commands below it may have options of its own.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `${examples(
        ['ductus serve --open', 'draw digits in a browser'],
        ['ductus recognize scan.png', 'read a picture of one character'],
        ['ductus evaluate --data mnist:test', "measure the shipped model on MNIST's test set"],
      )}\nExit codes: 0 done, 1 failed, 2 wrong usage. Every command has its own --help.\n`,
    )
    .exitOverride();
  for (const build of commands) root.addCommand(inherit(build(), root));
  return root;
}

/**
 * Runs one command line and sets the process's exit code.
 *
 * @param args without the names of Node and of the script.
 */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that closes early, as `head` does, is no failure: there is nobody left to write to.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.done);
      throw error;
    });
  }
  try {
    // Read only when it is asked for: the floor that reads it takes longer to load than help takes to print.
    const version = args[0] === '--version' ? (await import('../platform/node/floor.ts')).packageVersion() : '';
    await program(version).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own message; help and version end with 0, all else is wrong usage.
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
      return;
    }
    printError(error);
    process.exitCode = exitCodeOf(error);
  }
}

/** Gives a command made elsewhere, and those below it, the root's settings: commander passes them to its own children only. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).helpOption('--help', 'show this help').helpCommand(false);
  for (const child of command.commands) inherit(child, command);
  return command;
}
