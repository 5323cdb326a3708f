// The command line `ductus`: assembles the commands, and turns errors into one line and an exit code.
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

/** The commands, in the order of the help. Add a new one here. */
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
 * The whole program. It is built anew for every run, because commander keeps parsed values in it.
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
    // Options after a command's name belong to that command, so a command with subcommands may have its own options.
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
  // A reader that closes early, as `head` does, is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.done);
      throw error;
    });
  }
  try {
    // Read only on demand: loading the floor that reads it takes longer than printing help.
    const version = args[0] === '--version' ? (await import('../platform/node/floor.ts')).packageVersion() : '';
    await program(version).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own message; help and version end with 0, everything else is wrong usage.
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
      return;
    }
    printError(error);
    process.exitCode = exitCodeOf(error);
  }
}

/**
 * Gives a command made elsewhere, and its subcommands, the root's settings: commander passes them only to its own
 * children.
 */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).helpOption('--help', 'show this help').helpCommand(false);
  for (const child of command.commands) inherit(child, command);
  return command;
}
