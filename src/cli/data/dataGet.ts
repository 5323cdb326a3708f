// `ductus data get`: fetches labelled data that is too large to come with a package.
import { Argument, Command, InvalidArgumentError } from 'commander';
import type { EmnistStage, GotEmnist } from '../../platform/node/floor.ts';
import type { EmnistSplit } from '../../samples/floor.ts';
import { examples } from '../options.ts';
import { exitCodes, printJson, printLine, printNote } from '../output.ts';
import { type BarState, type ProgressBar, ProgressBars } from '../progressBars.ts';

interface GetOptions {
  readonly split?: readonly string[];
  readonly from?: string;
  readonly sha256?: string;
  readonly keep?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

/** Bytes in a megabyte, as download sizes are given. */
const megabyte = 1e6;

/** Builds the command. */
export function dataGetCommand(): Command {
  return new Command('get')
    .summary('fetch EMNIST: digits and letters')
    .description(
      'Downloads the archive of EMNIST (about 560 MB) from NIST and unpacks it into the folder emnist of the data folder, ' +
        'which the environment variable DUCTUS_DATA names (default: data).\n' +
        'An interrupted download continues where it stopped. Files that are present are not fetched again.',
    )
    .addArgument(new Argument('<set>', 'what to fetch').choices(['emnist']))
    .option(
      '--split <division>',
      'only this division: byclass, bymerge, balanced, letters, digits or mnist; repeatable',
      (value: string, previous: string[] = []) => [...previous, value],
    )
    .option('--from <file.zip>', 'use an archive that was downloaded by other means')
    .option('--sha256 <digest>', 'refuse an archive with another SHA-256', readDigest)
    .option('--keep', 'keep the archive after unpacking, for other divisions')
    .option('--url <address>', "address of the archive, instead of NIST's")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${examples(
        ['ductus data get emnist --split balanced', '131,600 digits and letters of 47 classes'],
        ['ductus data get emnist --from gzip.zip', 'without a network: all divisions, from a file'],
        ['ductus data show emnist-balanced:train --draw', 'show one sample of each class'],
      )}\nCtrl-C ends the download; the same command goes on with it.\n`,
    )
    .action(getData);
}

async function getData(_set: string, options: GetOptions): Promise<void> {
  const { DuctusError } = await import('../../core/floor.ts');
  const { emnistSplits } = await import('../../samples/floor.ts');
  const { getEmnist } = await import('../../platform/node/floor.ts');
  const splits = await chosenSplits(options.split ?? Object.keys(emnistSplits));
  const controller = new AbortController();
  const cancel = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.failed);
    controller.abort(new DuctusError('interrupted; the same command goes on where this one stopped'));
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  const bars = new StageBars();
  try {
    const { from, sha256, keep, url } = options;
    const got = await getEmnist({
      splits,
      ...(from !== undefined && { from }),
      ...(sha256 !== undefined && { sha256 }),
      ...(keep !== undefined && { keep }),
      ...(url !== undefined && { address: url }),
      onProgress: (stage, done, total) => bars.show(stage, done, total),
      signal: controller.signal,
    });
    bars.close();
    if (options.json) printJson(got);
    else print(got);
  } finally {
    bars.close();
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

async function chosenSplits(names: readonly string[]): Promise<EmnistSplit[]> {
  const { UsageError } = await import('../../core/floor.ts');
  const { emnistSplits, isEmnistSplit } = await import('../../samples/floor.ts');
  return names.map((name) => {
    if (isEmnistSplit(name)) return name;
    throw new UsageError(`--split: expected one of ${Object.keys(emnistSplits).join(', ')}, received "${name}"`);
  });
}

function readDigest(text: string): string {
  if (/^[\da-f]{64}$/i.test(text)) return text;
  throw new InvalidArgumentError(`Expected 64 hexadecimal digits, received "${text}".`);
}

function print({ folder, present, unpacked, archive }: GotEmnist): void {
  if (present.length > 0) printLine(`there already: ${present.join(', ')}`);
  if (unpacked.length > 0) printLine(`unpacked: ${unpacked.join(', ')}`);
  printLine(`folder: ${folder}`);
  if (archive === undefined) return;
  printLine(`archive: ${archive.bytes} bytes, SHA-256 ${archive.sha256}, MD5 ${archive.md5}`);
  if (archive.path !== undefined) printLine(`archive kept: ${archive.path}`);
  printNote(
    archive.known
      ? 'This is the archive that torchvision knows, by its MD5.'
      : 'Note: torchvision knows the archive by another MD5; the checksums in the archive itself are right.',
  );
}

/** A bar for the current stage; without a terminal, a line when it begins. */
class StageBars {
  readonly #bars = new ProgressBars();
  #stage: EmnistStage | undefined;
  #bar: ProgressBar | undefined;

  show(stage: EmnistStage, done: number, total: number | undefined): void {
    if (stage !== this.#stage) {
      this.close();
      this.#stage = stage;
      const [there, all] = [done, total].map((bytes) => bytes && megabytes(bytes));
      if (!process.stderr.isTTY) printNote(`${stage} ${all ?? 'the archive'}${there ? `, ${there} are there` : ''}`);
      const text = ({ bar, done, total, left }: BarState): string =>
        total === 0
          ? `${stage} ${megabytes(done)}`
          : `${stage} ${bar} ${megabytes(done)} of ${megabytes(total)}  ${left} left`;
      this.#bar = this.#bars.add(total ?? 0, done, text);
    }
    this.#bar?.update(done);
  }

  close(): void {
    this.#bars.close();
    this.#bar = undefined;
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / megabyte)} MB`;
}
