// Peak memory of a whole training process at batch 128, ours beside PyTorch's: each a fresh process every time.
import { networkNamed } from 'ductus/engine';
import { openDataset } from 'ductus/node';
import { alternate } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { runScript } from '../harness/processes.ts';
import { handData, handNetwork } from '../harness/workload.ts';
import { PyTorch } from '../peers/pyTorch.ts';

const batch = 128;

/** Steps after which memory has reached its height: every buffer has been used by then. */
const steps = 20;

/** Rounds: the fewest that give a spread. */
const rounds = 5;

/** The report's Keras network and the compact one; both processes hold the 60,000 training digits. */
export const peakMemoryBenchmark: Benchmark = {
  name: 'peak-memory',
  description: `peak memory of a process that trains at batch ${batch}, MiB`,
  async run(peers) {
    const digits = await openDataset('mnist:train');
    const present = (await peers.pyTorch()) !== undefined;
    const rows: BenchmarkRow[] = [];
    for (const network of ['keras', 'compact']) {
      const before: number[] = [];
      const contestants = [
        {
          name: 'ours',
          async measure() {
            const script = new URL('workers/trainForMemory.ts', import.meta.url);
            const memory = await runScript<{ before: number; peak: number }>(script, [
              network,
              String(batch),
              String(steps),
            ]);
            before.push(memory.before);
            return memory.peak;
          },
        },
      ];
      if (present) contestants.push({ name: 'PyTorch', measure: () => pyTorchPeak(network, peers.threads) });
      const memory = await alternate(contestants, rounds);
      const our = memory.get('ours')!;
      rows.push({
        what: `peak memory, training ${network}, batch ${batch}`,
        unit: 'MiB',
        ours: spread(our),
        peers: present ? [besideOurs('PyTorch', 'less', our, memory.get('PyTorch')!)] : [],
        note: `${spread(before).median.toFixed(0)} MiB of it before the network: Node, tsx, data`,
      });
    }
    return rows;

    async function pyTorchPeak(network: string, threads: number): Promise<number> {
      const torch = await PyTorch.start(threads);
      try {
        await handData(torch, digits);
        await handNetwork(torch, 'network', networkNamed(network));
        await torch.ask('train_steps', { id: 'network', batch, steps });
        return (await torch.ask<{ VmHWM: number }>('memory', {})).VmHWM / 1024;
      } finally {
        await torch.close();
      }
    }
  },
};
