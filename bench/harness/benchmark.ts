// What a benchmark is: a name and rows of figures. The table and the results file are made from the rows alone.
import type { Peers } from '../peers/peers.ts';

/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** A peer's figure from the same run as ours. */
export interface PeerFigure extends Spread {
  readonly name: string;
  /**
   * How many times better ours is, round by round: above 1 ours is faster or smaller, whichever way the unit counts.
   */
  readonly ratio: Spread;
}

/** One figure of ours, and the peers' where there are any. */
export interface BenchmarkRow {
  readonly what: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly peers?: readonly PeerFigure[];
  /** Anything that the figure needs beside it: an accuracy, a size. */
  readonly note?: string;
}

/** A benchmark that ended in an error: its row, so that it takes no other benchmark with it. */
export interface FailedRow {
  readonly what: string;
  readonly error: string;
}

/** A row of a results file. */
export type ResultRow = { readonly benchmark: string } & (BenchmarkRow | FailedRow);

/** A benchmark; each stands in a file of its own. */
export interface Benchmark {
  readonly name: string;
  readonly description: string;
  run(peers: Peers): Promise<BenchmarkRow[]>;
}

/** Median, least and greatest of measurements. @throws {RangeError} when there are none. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('spread: expected at least one measurement, received none');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)!, count: sorted.length };
}

/**
 * A peer's figure beside ours.
 *
 * @param better which way the unit counts: `'more'` for a speed, `'less'` for a time or a size.
 * @param ours measurements in the order of the rounds, as many as the peer's.
 */
export function besideOurs(
  name: string,
  better: 'more' | 'less',
  ours: readonly number[],
  theirs: readonly number[],
): PeerFigure {
  if (ours.length !== theirs.length) {
    throw new RangeError(`${name}: expected ${ours.length} measurements, as many as ours; received ${theirs.length}`);
  }
  const ratios = theirs.map((value, round) => (better === 'more' ? ours[round]! / value : value / ours[round]!));
  return { name, ...spread(theirs), ratio: spread(ratios) };
}
