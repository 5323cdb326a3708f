// Whether memory grows with work: resident memory late in a process against early in the same process.
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { runScript } from '../harness/processes.ts';

/** Processes of each kind: the fewest that give a spread. */
const rounds = 5;

/**
 * Early and late counts. Early is after everything has been used once and V8 has compiled what is hot. The recognitions
 * of the five processes make up 100,000, so that all of them together end within a few minutes.
 */
const kinds = [
  { what: 'train', early: 100, late: 10_000, unit: 'training steps' },
  { what: 'recognize', early: 1_000, late: 20_000, unit: 'recognitions' },
] as const;

/** 10,000 training steps against 100; 20,000 recognitions against 1,000, five times. */
export const memoryGrowthBenchmark: Benchmark = {
  name: 'memory-growth',
  description: 'resident memory after much work against after little, MiB',
  async run() {
    const rows: BenchmarkRow[] = [];
    for (const { what, early, late, unit } of kinds) {
      const measured: { early: number; late: number; seconds: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        const script = new URL('workers/workForGrowth.ts', import.meta.url);
        measured.push(await runScript(script, [what, String(early), String(late)], ['--expose-gc']));
      }
      const ours = measured.map((figures) => figures.late);
      const before = measured.map((figures) => figures.early);
      const growth = spread(measured.map((figures) => figures.late - figures.early));
      rows.push({
        what: `memory after ${late} ${unit}`,
        unit: 'MiB',
        ours: spread(ours),
        peers: [besideOurs(`after ${early}`, 'less', ours, before)],
        note: `grown by ${growth.median.toFixed(1)} MiB (${growth.min.toFixed(1)} to ${growth.max.toFixed(1)})`,
      });
    }
    return rows;
  },
};
