// A comparison as files. Every system runs in its own process, some at a time. One folder receives each result and
// model, and at the end the whole as JSON and as a page. Results of systems that are already measured are kept.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { classifierKindNamed, parseSystemResult, type SystemResult } from '../../../classic/floor.ts';
import { FormatError } from '../../../core/floor.ts';
import { countOf } from '../../../samples/floor.ts';
import { datasetHash } from '../data/datasetHash.ts';
import { readFileBounded, writeFileAtomic } from '../files/files.ts';
import { packageVersion } from '../files/packageVersion.ts';
import { type ComparisonDataOptions, openComparisonData } from './comparisonData.ts';
import { comparisonPageOf } from './comparisonPageOf.ts';
import { measuringHost } from './measuringHost.ts';
import { differences, type ResultKey, resultKey, thisMachine } from './resultKey.ts';
import { type RunningSystem, startSystem } from './startSystem.ts';
import type { SystemReply } from './systemMessages.ts';

/** Largest result of a system that is read: a confusion matrix of a thousand classes. */
const maxResultBytes = 64 * 2 ** 20;

/** How a comparison is run. */
export interface ComparisonRunOptions {
  /** Names of kinds, in the order of the table. */
  readonly systems: readonly string[];
  /** What the systems are trained and tested on. */
  readonly data: ComparisonDataOptions;
  /** Number of test pictures for noise, rotation and the other trials. */
  readonly trialCount: number;
  /** Folder that receives everything; created when missing. */
  readonly folder: string;
  /** Systems measured at a time, each on one core; default: as many as there are cores. */
  readonly jobs?: number;
  /** Command line that repeats it, for the page. */
  readonly command: string;
}

/** An event of a running comparison. */
export type ComparisonEvent =
  | { readonly type: 'start'; readonly training: number; readonly test: number }
  /** Measured by an earlier run of the same comparison. */
  | { readonly type: 'kept'; readonly system: string; readonly result: SystemResult }
  /** Measured by an earlier run under other conditions: it is measured again. `changed` names the differences. */
  | { readonly type: 'outdated'; readonly system: string; readonly changed: readonly string[] }
  | ({ readonly system: string } & SystemReply)
  | {
      readonly type: 'finished';
      readonly results: readonly SystemResult[];
      readonly failures: readonly { readonly system: string; readonly message: string }[];
      readonly page: string;
      readonly json: string;
    };

/** Names of the files in a comparison's folder; `systems/` holds two more for each system. */
export const comparisonFiles = { json: 'comparison.json', page: 'comparison.html' } as const;

/**
 * Runs a comparison. A caller that leaves before the end stops the processes; finished results stay.
 *
 * @example
 * ```ts no-run
 * import { runComparison } from 'ductus/node';
 *
 * const data = { data: 'mnist:train', heldBack: true, train: 1000, limit: 500, seed: 1 };
 * const options = { systems: ['nearest-neighbours', 'cnn'], data, trialCount: 100, folder: 'runs/mine', command: 'mine' };
 * for await (const event of runComparison(options)) {
 *   if (event.type === 'finished') console.log(event.page);
 * }
 * ```
 */
export async function* runComparison(options: ComparisonRunOptions): AsyncGenerator<ComparisonEvent, void, undefined> {
  const { systems, data, trialCount, folder } = options;
  const { train, test } = await openComparisonData(data);
  const hash = { training: datasetHash(train), test: datasetHash(test) };
  const place = join(folder, 'systems');
  await mkdir(place, { recursive: true });
  yield { type: 'start', training: countOf(train), test: test.count };

  const results = new Map<string, SystemResult>();
  const failures: { system: string; message: string }[] = [];
  const keys = new Map<string, ResultKey>();
  const host = measuringHost();
  for (const system of systems) {
    const kind = classifierKindNamed(system, host);
    const key = await resultKey(kind, host, { ...hash, seed: data.seed, trials: trialCount });
    keys.set(system, key);
    const kept = await keptResult(join(place, `${system}.json`), key);
    if (kept === undefined) continue;
    if ('changed' in kept) yield { type: 'outdated', system, changed: kept.changed };
    else {
      results.set(system, kept.result);
      yield { type: 'kept', system, result: kept.result };
    }
  }
  const waiting = systems.filter((system) => !results.has(system));
  const jobs = options.jobs ?? availableParallelism();
  const events = measureAll(waiting, jobs, (system, onProgress) =>
    startSystem(
      {
        ...{ system, data, trialCount, key: keys.get(system)! },
        resultFile: join(place, `${system}.json`),
        modelFile: join(place, `${system}.onnx`),
      },
      onProgress,
    ),
  );
  for await (const event of events) {
    if (event.type === 'measured') results.set(event.system, event.result);
    if (event.type === 'failed') failures.push({ system: event.system, message: event.message });
    yield event;
  }
  const ordered = systems.flatMap((system) => results.get(system) ?? []);
  const made = {
    command: options.command,
    date: new Date().toISOString(),
    ductus: packageVersion(),
    engine: (await host.engine()).description,
    machine: thisMachine(),
    node: process.version,
    jobs,
    ...{ seed: data.seed, sha256: hash, samples: { training: countOf(train), test: test.count } },
  };
  const [json, page] = [join(folder, comparisonFiles.json), join(folder, comparisonFiles.page)];
  await writeFileAtomic(json, `${JSON.stringify({ made, results: ordered, failures }, undefined, 1)}\n`);
  await writeFileAtomic(page, await comparisonPageOf({ made, results: ordered, failures }));
  yield { type: 'finished', results: ordered, failures, page, json };
}

type Start = (system: string, onProgress: (reply: Extract<SystemReply, { type: 'progress' }>) => void) => RunningSystem;

/** Measures systems, `jobs` at a time; yields the events of their processes as they come. */
async function* measureAll(
  systems: readonly string[],
  jobs: number,
  start: Start,
): AsyncGenerator<{ readonly system: string } & SystemReply, void, undefined> {
  const waiting = [...systems];
  const running = new Map<string, RunningSystem>();
  const told: ({ readonly system: string } & SystemReply)[] = [];
  let wake = (): void => {};
  const tell = (event: { readonly system: string } & SystemReply): void => {
    told.push(event);
    wake();
  };
  const startNext = (): void => {
    while (running.size < jobs && waiting.length > 0) {
      const system = waiting.shift()!;
      const process = start(system, (reply) => tell({ system, ...reply }));
      running.set(system, process);
      void process.ended.then((reply) => {
        running.delete(system);
        tell({ system, ...reply });
        startNext();
      });
    }
  };
  try {
    startNext();
    while (running.size > 0 || told.length > 0) {
      const event = told.shift();
      if (event === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else yield event;
    }
  } finally {
    waiting.length = 0;
    for (const process of running.values()) process.stop();
    await Promise.all([...running.values()].map(({ ended }) => ended));
  }
}

/** The result of an earlier run, or what has changed since; undefined when there is none. */
async function keptResult(
  path: string,
  key: ResultKey,
): Promise<{ readonly result: SystemResult } | { readonly changed: readonly string[] } | undefined> {
  if (!existsSync(path)) return undefined;
  const text = new TextDecoder().decode(await readFileBounded(path, maxResultBytes));
  let saved: { readonly key?: unknown; readonly result?: unknown };
  try {
    saved = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${path}: expected the result of a system as JSON; delete it to measure anew`, { cause });
  }
  const changed = differences(saved.key, key);
  return changed.length > 0 ? { changed } : { result: parseSystemResult(saved.result, path) };
}
