// What a result depends on, beside the system's name. It is kept with the result: a resumed comparison reuses the
// result only where all of it is the same.
import { availableParallelism, cpus } from 'node:os';
import { type ClassifierKind, type MeasuringHost, measuringModule } from '../../../classic/floor.ts';
import { packageVersion } from '../files/packageVersion.ts';
import { codeHash } from './codeHash.ts';

/** All of it, in words for people: they name the differences. */
export interface ResultKey {
  /** SHA-256 of the code of the system and of what measures it. */
  readonly code: string;
  /** Options of the system, as JSON. */
  readonly settings: string;
  readonly ductus: string;
  readonly engine: string;
  readonly node: string;
  readonly machine: string;
  /** SHA-256 of the samples. */
  readonly training: string;
  readonly test: string;
  readonly seed: number;
  /** Number of pictures in the trials. */
  readonly trials: number;
}

/** The key of a system's result on this machine. */
export async function resultKey(
  kind: ClassifierKind,
  host: MeasuringHost,
  given: Pick<ResultKey, 'training' | 'test' | 'seed' | 'trials'>,
): Promise<ResultKey> {
  return {
    code: codeHash([measuringModule, ...kind.modules]),
    settings: JSON.stringify(kind.settings),
    ductus: packageVersion(),
    engine: (await host.engine()).description,
    node: process.version,
    machine: thisMachine(),
    ...given,
  };
}

/** Names of the differences between a kept result's key and today's; none: the result is valid. */
export function differences(kept: unknown, today: ResultKey): string[] {
  const before = (kept ?? {}) as Partial<Record<string, unknown>>;
  return Object.entries(today).flatMap(([name, value]) => (before[name] === value ? [] : [name]));
}

/** Processor, cores and system. */
export function thisMachine(): string {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  return `${processor}, ${availableParallelism()} cores, ${process.platform} ${process.arch}`;
}
