// One training step beside TensorFlow.js's CPU backend, the only one of its backends that needs no native part and can
// train.
import { networkNamed } from 'ductus/engine';
import { openDataset } from 'ductus/node';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { inputOf, untrainedModel } from '../harness/workload.ts';
import { openTraining } from './training.ts';

/** Pictures a step: few, because TensorFlow.js takes seconds for each. */
const batch = 4;

/** Rounds: the fewest that give a spread. */
const rounds = 5;

/** A step on the report's Keras network and on the compact one. */
export const trainingTensorFlowJsBenchmark: Benchmark = {
  name: 'training-tfjs',
  description: `one training step of ${batch} pictures beside TensorFlow.js CPU, milliseconds`,
  async run(peers) {
    const tensorFlow = await peers.tensorFlowJs('cpu');
    const digits = await openDataset('mnist:train');
    const rows: BenchmarkRow[] = [];
    for (const network of ['keras', 'compact'].map(networkNamed)) {
      const ours = await openTraining(network, batch, digits);
      const contestants = [{ name: 'ours', measure: async () => (1000 * batch) / (await ours.imagesPerSecond(0.5)) }];
      const theirs = await tensorFlow?.load(untrainedModel(network));
      if (tensorFlow && theirs) {
        const pictures = inputOf(digits, batch);
        const targets = new Float32Array(batch * 10);
        for (let i = 0; i < batch; i++) targets[i * 10 + digits.targets[i]!] = 1;
        const step = (): Promise<number> => theirs.train(pictures, targets, batch);
        contestants.push({ name: tensorFlow.name, measure: async () => 1000 / (await callsPerSecond(0, step)) });
      }
      const times = await alternate(contestants, rounds);
      await ours.dispose();
      theirs?.dispose();
      const our = times.get('ours')!;
      rows.push({
        what: `training step ${network.name}, batch ${batch}`,
        unit: 'ms',
        ours: spread(our),
        peers: tensorFlow ? [besideOurs(tensorFlow.name, 'less', our, times.get(tensorFlow.name)!)] : [],
      });
    }
    return rows;
  },
};
