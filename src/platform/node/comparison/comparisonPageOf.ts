// The page of a finished comparison, made from its JSON, so it can be made again without measuring.
import { comparisonPage, type SystemResult } from '../../../classic/floor.ts';
import { comparisonCharts } from '../charts/comparisonCharts.ts';

/** How a comparison was made. */
export interface ComparisonMade {
  readonly command: string;
  readonly date: string;
  /** Versions: this package's, the engine's, Node's. */
  readonly ductus: string;
  readonly engine: string;
  readonly node: string;
  readonly machine: string;
  readonly jobs: number;
  readonly seed: number;
  readonly sha256: { readonly training: string; readonly test: string };
  readonly samples: { readonly training: number; readonly test: number };
}

/** A comparison as `comparison.json` holds it. */
export interface FinishedComparison {
  readonly made: ComparisonMade;
  readonly results: readonly SystemResult[];
  readonly failures: readonly { readonly system: string; readonly message: string }[];
}

/** The page's HTML, charts included. */
export async function comparisonPageOf({ made, results, failures }: FinishedComparison): Promise<string> {
  return comparisonPage({
    results,
    failures,
    charts: results.length === 0 ? undefined : await comparisonCharts(results),
    made: {
      Command: made.command,
      Made: made.date,
      With: `Ductus ${made.ductus}, ${made.engine}, Node ${made.node}`,
      Machine: `${made.machine}; ${made.jobs} at a time`,
      Seed: String(made.seed),
      'Training data': `${made.samples.training} samples, SHA-256 ${made.sha256.training}`,
      'Test data': `${made.samples.test} samples, SHA-256 ${made.sha256.test}`,
    },
  });
}
