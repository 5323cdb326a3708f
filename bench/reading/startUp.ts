// From nothing to the first answer: whole processes, timed from outside.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { networkNamed } from 'ductus/engine';
import type { Dataset } from 'ductus/samples';
import { alternate, type Contestant } from '../harness/alternate.ts';
import { type Benchmark, besideOurs, spread } from '../harness/benchmark.ts';
import { runProcess } from '../harness/processes.ts';
import { handData, handNetwork } from '../harness/workload.ts';
import { PyTorch } from '../peers/pyTorch.ts';

const picture = fileURLToPath(new URL('../../examples/pictures/three.png', import.meta.url));
const launcher = fileURLToPath(new URL('../../bin/ductus.js', import.meta.url));
const built = new URL('../../dist/cli/main.js', import.meta.url);

/** PyTorch gets its picture decoded and framed; ours does both by itself. */
const onePicture: Dataset = {
  name: 'one blank picture',
  labels: Array.from({ length: 10 }, (_, digit) => String(digit)),
  width: 28,
  height: 28,
  count: 1,
  images: new Uint8Array(784),
  targets: new Uint16Array(1),
};

/** `ductus recognize` on a picture, from the source checkout and as it is installed (built files), beside PyTorch. */
export const startUpBenchmark: Benchmark = {
  name: 'start-up',
  description: 'whole process from its start to the first answer, seconds',
  async run(peers) {
    const contestants: Contestant[] = [
      { name: 'checkout', measure: () => recognition([launcher, 'recognize', picture, '--json']) },
    ];
    if (existsSync(built)) {
      const start = `const { main } = await import(${JSON.stringify(built.href)}); await main(process.argv.slice(1));`;
      contestants.push({
        name: 'installed',
        measure: () => recognition(['--input-type=module', '-e', start, '--', 'recognize', picture, '--json']),
      });
    } else process.stdout.write('  the built files are not there; make them with: npm run build\n');
    if (await peers.pyTorch()) contestants.push({ name: 'PyTorch', measure: () => pyTorchAnswer(peers.threads) });
    const times = await alternate(contestants);
    const theirs = times.get('PyTorch');
    return ['installed', 'checkout']
      .filter((name) => times.has(name))
      .map((name) => ({
        what: `ductus recognize, ${name === 'installed' ? 'built files' : 'source checkout through tsx'}`,
        unit: 's',
        ours: spread(times.get(name)!),
        peers: theirs ? [besideOurs('PyTorch', 'less', times.get(name)!, theirs)] : [],
      }));
  },
};

/** @throws {Error} when the answer is wrong: a process that fails fast must not look fast. */
async function recognition(parameters: readonly string[]): Promise<number> {
  const { seconds, output } = await runProcess(process.execPath, parameters);
  if ((JSON.parse(output) as { text: string }).text !== '3') throw new Error(`expected "3", received ${output}`);
  return seconds;
}

/** Start of Python, import of torch, the compact network with its weights, one picture's answer, end of the process. */
async function pyTorchAnswer(threads: number): Promise<number> {
  const start = performance.now();
  const torch = await PyTorch.start(threads);
  try {
    await handData(torch, onePicture);
    await handNetwork(torch, 'compact', networkNamed('compact'));
    await torch.ask('predict', { id: 'compact', count: 1 });
  } finally {
    await torch.close();
  }
  return (performance.now() - start) / 1000;
}
