// How many states hidden Markov models of digits want: accuracy from 5 states to 36, the range that the source's sister
// paper compared, on pictures held back from MNIST's training set. The test set is not read. Run: npx tsx
// scripts/quality/markovStates.ts [--count 2000] [--splits 3] [--states 5,9,18,27,36]
import { parseArgs } from 'node:util';
import { hiddenMarkov } from '../../src/classic/systems/markov/hiddenMarkov.ts';
import { summariseRuns } from '../../src/learn/floor.ts';
import { openDataset } from '../../src/platform/node/floor.ts';
import { limitSamples, materialize, splitSamples } from '../../src/samples/floor.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    splits: { type: 'string', default: '3' },
    states: { type: 'string', default: '5,9,14,18,23,27,32,36' },
  },
});
const digits = await openDataset('mnist:train');
console.log(
  `accuracy, mean and deviation over ${values.splits} splits of ${values.count} training digits, half to learn from`,
);
for (const states of values.states.split(',').map(Number)) {
  const accuracies: number[] = [];
  let learning = 0;
  for (let seed = 1; seed <= Number(values.splits); seed++) {
    const { train, validation } = splitSamples(limitSamples(digits, Number(values.count), seed), {
      validation: 0.5,
      seed,
    });
    const held = materialize(validation);
    const start = process.cpuUsage().user;
    const classifier = await hiddenMarkov({ states }).fit(train, { seed });
    learning += (process.cpuUsage().user - start) / 1e6;
    const { scores } = await classifier.predict(held.images);
    const right = held.targets.filter((target, row) => {
      const own = scores.subarray(row * 10, (row + 1) * 10);
      return own.indexOf(Math.max(...own)) === target;
    });
    accuracies.push(right.length / held.count);
  }
  const { mean, deviation } = summariseRuns(accuracies);
  const percent = (share: number): string => (100 * share).toFixed(2);
  console.log(
    `${String(states).padStart(4)} states: ${percent(mean)} +- ${percent(deviation ?? 0)} %, learnt in ${(learning / accuracies.length).toFixed(1)} s`,
  );
}
