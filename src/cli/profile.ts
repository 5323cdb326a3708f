// `ductus profile`: where a training step's time goes.
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { examples, wholeNumber } from './options.ts';
import { formatPercent, formatTable, printJson, printLine } from './output.ts';

interface ProfileFlags {
  readonly batch: number;
  readonly threads?: number;
  readonly steps: number;
  readonly json?: boolean;
}

/** The command. */
export function profileCommand(): Command {
  return new Command('profile')
    .summary("show where a training step's time goes")
    .description(
      "Times a network's training step (Adam) operator by operator: milliseconds, share, and GFLOP/s against the matrix\n" +
        'product of the same engine on the same threads.',
    )
    .argument('<network>', 'a network that comes with Ductus, or a model file (.onnx) or network config (.json)')
    .option('--batch <number>', 'pictures per step', wholeNumber(1, 65_536), 128)
    .option('--threads <number>', 'threads of the engine (default: all cores)', wholeNumber(1))
    .option('--steps <number>', 'steps that are measured; the median is printed', wholeNumber(1, 10_000), 15)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(['ductus profile keras --batch 32', "a step of the report's network at its batch size"]),
    )
    .action(async (name: string, flags: ProfileFlags) => {
      const { openNetwork, profileTraining } = await import('../platform/node/floor.ts');
      const network = await openNetwork(name);
      const { batch, steps, threads: used = availableParallelism() } = flags;
      const profile = await profileTraining(network, { batch, threads: used, steps });
      if (flags.json) {
        printJson({ network: network.name, batch, threads: used, ...profile });
        return;
      }
      const { operators, shards, workers, threadsEach, stepMilliseconds, kernelMilliseconds } = profile;
      const { gigaflops, roofline, rooflineEach } = profile;
      const speed = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(0));
      printLine(
        formatTable(
          [
            ['operator', 'ms a shard', 'share', 'GFLOP/s', 'of roofline'],
            ...operators.map((row) => [
              row.operator,
              row.milliseconds.toFixed(2),
              formatPercent(row.share),
              speed(row.gigaflops),
              row.gigaflops === undefined ? '' : formatPercent(row.gigaflops / rooflineEach),
            ]),
          ],
          [1, 2, 3, 4],
        ),
      );
      const cores = workers === 1 ? 'one worker' : `${workers} workers at a time`;
      printLine(
        `\nThe table is of one of ${shards} shards of ${Math.ceil(batch / shards)} pictures, on ${threads(threadsEach)}, alone: kernels ${kernelMilliseconds.toFixed(1)} ms, ` +
          `roofline ${rooflineEach.toFixed(0)} GFLOP/s (a 1,024 cubed matrix product).`,
      );
      printLine(
        `${network.name}, batch ${batch}, ${cores}: a step takes ${stepMilliseconds.toFixed(1)} ms, ${((1000 * batch) / stepMilliseconds).toFixed(0)} images/s; ` +
          'beside the kernels it has the exchange of gradients, the optimiser, and waiting.',
      );
      printLine(
        `${gigaflops.toFixed(0)} GFLOP/s over the whole step, ${formatPercent(gigaflops / roofline)} of the ${roofline.toFixed(0)} GFLOP/s that ${threads(used)} reach together.`,
      );
    });
}

function threads(count: number): string {
  return count === 1 ? '1 thread' : `${count} threads`;
}
