// What a benchmark is: a name and rows of figures. The table and the results file are made from the rows alone.

/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** One line of the table: a figure of ours, and a peer's from the same run where there is one. */
export interface BenchmarkRow {
  readonly what: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly peer?: { readonly name: string } & Spread;
  /** Anything that the figure needs beside it: an accuracy, a size. */
  readonly note?: string;
}

/** A benchmark; each stands in a file of its own. */
export interface Benchmark {
  readonly name: string;
  readonly description: string;
  run(): Promise<BenchmarkRow[]>;
}

/** Median, least and greatest of measurements. @throws {RangeError} when there are none. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('spread: expected at least one measurement, received none');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)!, count: sorted.length };
}
