// Results files: what a run of the benchmarks measured, on which machine, beside whom. One file a run, in
// bench/results.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from 'ductus/node';
import type { AbsentPeer } from '../peers/peers.ts';
import type { ResultRow } from './benchmark.ts';

/** Where a run took place, and with what. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Threads of our engine and of every peer that lets itself be told. */
  readonly threads: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly engine: string;
  readonly ductus: string;
  /** Processes that ran or waited to, the mean of the minute before the run (Linux, macOS): 0 on a quiet machine. */
  readonly load?: number;
  /** When the run began, ISO 8601 in UTC. */
  readonly date: string;
}

/** A run's figures. */
export interface Results {
  /** What was typed. */
  readonly command: string;
  /** There while the run goes on, and after one that was stopped: some of its benchmarks are missing. */
  readonly incomplete?: true;
  readonly machine: Machine;
  /** Peers that were measured: name to version and thread count. */
  readonly peers: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  readonly absent: readonly AbsentPeer[];
  readonly rows: readonly ResultRow[];
}

/** Where results are kept. */
export const resultsFolder: string = fileURLToPath(new URL('../results/', import.meta.url));

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Longest list of benchmarks in a file's name: beyond it the list is counted instead. */
const longestNames = 60;

/**
 * Writes a run's results whole, to a temporary name and renamed. The same run writes the same file again and again: its
 * name is the minute and second at which the run began, and what it ran.
 *
 * @param names benchmarks that were asked for; none: all.
 * @returns the file's path.
 */
export async function writeResults(
  results: Results,
  names: readonly string[],
  folder: string = resultsFolder,
): Promise<string> {
  const listed = names.length === 0 ? 'all' : names.join('-');
  const what = listed.length > longestNames ? `${names.length}-benchmarks` : listed;
  const path = join(folder, `${results.machine.date.slice(0, 19).replaceAll(':', '')}Z-${what}.json`);
  await mkdir(folder, { recursive: true });
  // What a library says in an error may hold this checkout's place, which is nobody else's business.
  await writeFileAtomic(path, `${JSON.stringify(results, null, 2).replaceAll(root, '')}\n`);
  return path;
}

/**
 * All results in a folder, the oldest first.
 *
 * @throws {Error} naming the file that is not one.
 */
export async function readResults(folder: string = resultsFolder): Promise<Results[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  const all = await Promise.all(
    files.map(async (name) => {
      let results: Partial<Results>;
      try {
        results = JSON.parse(await readFile(join(folder, name), 'utf8'));
      } catch (error) {
        throw new Error(`bench/results/${name}: expected JSON: ${(error as Error).message}`);
      }
      const { command, machine, rows } = results;
      if (typeof command !== 'string' || typeof machine?.date !== 'string' || !Array.isArray(rows)) {
        throw new Error(`bench/results/${name}: expected results with command, machine and rows`);
      }
      return results as Results;
    }),
  );
  return all.sort((a, b) => (a.machine.date < b.machine.date ? -1 : 1));
}
