// How a committee's members share the cores: two at a time on one core each, or one after the other on both. What is
// faster is what `ductus train --recipe committee` does.
import { alternate } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { runScript } from '../harness/processes.ts';

/** Long enough that the processes' different starts do not matter. */
const seconds = 4;

const script = new URL('workers/trainForSpeed.ts', import.meta.url);

async function trained(network: string, batch: number, threads: number): Promise<number> {
  const parameters = [network, String(batch), String(seconds), String(threads)];
  return (await runScript<{ imagesPerSecond: number }>(script, parameters)).imagesPerSecond;
}

/** Images a second of both together, at batch 128. */
export const membersBenchmark: Benchmark = {
  name: 'members',
  description: 'two members on a core each against one on two cores, images a second',
  async run() {
    const rows: BenchmarkRow[] = [];
    for (const network of ['keras', 'compact']) {
      const speeds = await alternate(
        [
          { name: 'one', measure: () => trained(network, 128, 2) },
          {
            name: 'two',
            async measure() {
              const both = await Promise.all([trained(network, 128, 1), trained(network, 128, 1)]);
              return both[0] + both[1];
            },
          },
        ],
        5,
      );
      const one = speeds.get('one')!;
      rows.push({
        what: `training ${network}, batch 128, one member on two cores`,
        unit: 'images/s',
        ours: spread(one),
        peers: [besideOurs('two on a core each', 'more', one, speeds.get('two')!)],
      });
    }
    return rows;
  },
};
