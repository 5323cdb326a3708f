// How much to trust a small pile (`pseudoCount` of `estimateFrequencies`): pictures that a model's training held back,
// set by set in piles of several sizes, read without frequencies and with those of the pile. A table as docs/letters.md
// has it; right answers, and with case folded. Run: npx tsx scripts/quality/frequencyPiles.ts [--model characters-slim]
import { parseArgs } from 'node:util';
import { randomStream, shuffle } from '../../src/core/floor.ts';
import type { RecipeData } from '../../src/learn/floor.ts';
import { loadModel, openRecognizer } from '../../src/platform/node/floor.ts';
import { holdBack } from '../../src/platform/node/training/data/holdBack.ts';
import { openTrainingData } from '../../src/platform/node/training/data/trainingData.ts';
import { estimateFrequencies, type Recognised } from '../../src/read/floor.ts';
import { materialize, picturesOf, viewOf } from '../../src/samples/floor.ts';
import { markdownRow } from '../documents/markdownTable.ts';

const pseudoCounts = [0, 1, 3, 10, 30];
const sizes = [30, 100, 300];
const draws = 20;

const { values } = parseArgs({ options: { model: { type: 'string', default: 'characters-slim' } } });
const model = await loadModel(values.model);
const { training } = model.card!;
const data = (training!.recipe as { readonly data: RecipeData }).data;
const opened = await openTrainingData(data);
const { validation } = holdBack(opened, data, training!.splitSeed ?? training!.seed);
const { dataset, indices } = viewOf(validation!);
const recognizer = await openRecognizer(model);
const answers = await recognizer.recognizeFramed(picturesOf(materialize(validation!)).pictures);
const { labels } = recognizer;

/** An answer beside its truth. */
interface Read {
  readonly truth: string;
  readonly answer: Recognised;
}

/** Percent right, and with case folded, when a pile is read with these frequencies. */
function rightOf(pile: readonly Read[], frequencies?: Readonly<Record<string, number>>): [number, number] {
  let [right, folded] = [0, 0];
  for (const { truth, answer } of pile) {
    const weighed = labels.map(
      (label, c) => answer.probabilities[c]! * (frequencies?.[label] ?? (frequencies ? 0 : 1)),
    );
    const label = labels[weighed.indexOf(Math.max(...weighed))]!;
    if (label === truth) right++;
    if (label.toLowerCase() === truth.toLowerCase()) folded++;
  }
  return [(100 * right) / pile.length, (100 * folded) / pile.length];
}

const row = (cells: readonly string[]): void => console.log(markdownRow(cells));
row(['set', 'pile', 'given nothing', ...pseudoCounts.map((count) => `pseudo-count ${count}`)]);
row(['---', '---:', '---', ...pseudoCounts.map(() => '---')]);
for (const [set, { name }] of opened.sets.entries()) {
  const all: Read[] = [...indices].flatMap((index, place) =>
    dataset.sets![index] === set ? [{ truth: dataset.labels[dataset.targets[index]!]!, answer: answers[place]! }] : [],
  );
  for (const size of [...sizes.filter((each) => each < all.length), all.length]) {
    if (size < sizes[0]!) continue;
    const sums = [undefined, ...pseudoCounts].map(() => [0, 0]);
    const piles = size === all.length ? 1 : draws;
    for (let draw = 0; draw < piles; draw++) {
      const drawn = [...all];
      shuffle(drawn, randomStream(1, 'piles', draw));
      const pile = drawn.slice(0, size);
      for (const [column, pseudoCount] of [undefined, ...pseudoCounts].entries()) {
        const told =
          pseudoCount === undefined
            ? undefined
            : estimateFrequencies(
                pile.map(({ answer }) => answer),
                labels,
                pseudoCount,
              );
        const [right, folded] = rightOf(pile, told);
        sums[column]![0]! += right / piles;
        sums[column]![1]! += folded / piles;
      }
    }
    row([
      `\`${name}\``,
      String(size),
      ...sums.map(([right, folded]) => `${right!.toFixed(1)} (${folded!.toFixed(1)})`),
    ]);
  }
}
recognizer.dispose();
