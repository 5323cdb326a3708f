// How well ink is found: captures MNIST's training digits as pens, paper and cameras do (`learn/capture`), frames them,
// and compares with the same ink framed alone. The test set is not read. Run: npx tsx scripts/quality/framingQuality.ts
// [--count 500] [--seed 1] [--preset oldBook]... [--model digits] [--json]
import { parseArgs } from 'node:util';
import { randomStream } from '../../src/core/floor.ts';
import { frameCharacter, mnistFraming, type Picture } from '../../src/picture/floor.ts';
import { openDataset, openRecognizer } from '../../src/platform/node/floor.ts';
import { captureNamed, capturePresets, captureSample, pictureAt } from '../../src/samples/floor.ts';

/**
 * Framed pictures that differ by no more than this many grey levels a pixel are close: a blurred edge costs 5, a speck
 * that shrinks the digit 20.
 */
const closeDifference = 12;

/** Pixels by which the two may be off each other: the centre of mass moves with every bit of edge. */
const shifts = [-2, -1, 0, 1, 2];

/** Mean difference of two framed pictures after the best small shift, in grey levels; paper lies outside. */
function differenceOf(left: Picture, right: Picture): number {
  const { width, height } = left;
  let best = Number.POSITIVE_INFINITY;
  for (const downBy of shifts) {
    for (const acrossBy of shifts) {
      let sum = 0;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [u, v] = [x + acrossBy, y + downBy];
          const other = u < 0 || v < 0 || u >= width || v >= height ? 0 : right.pixels[v * width + u]!;
          sum += Math.abs(left.pixels[y * width + x]! - other);
        }
      }
      best = Math.min(best, sum);
    }
  }
  return best / (width * height);
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    preset: { type: 'string', multiple: true },
    model: { type: 'string', default: 'digits' },
    json: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const presets = values.preset === undefined ? capturePresets : values.preset.map(captureNamed);
const digits = await openDataset('mnist:train');
const recognizer = await openRecognizer(values.model);

/** How many framed pictures the model reads as labelled. */
async function readRight(framed: readonly (Picture | undefined)[], labels: readonly string[]): Promise<number> {
  const found = framed.flatMap((picture, index) => (picture === undefined ? [] : [{ picture, label: labels[index]! }]));
  const answers = await recognizer.recognizeFramed(found.map(({ picture }) => picture));
  return answers.filter((answer, index) => !answer.empty && answer.label === found[index]!.label).length;
}

const percent = (part: number): string => ((100 * part) / count).toFixed(1).padStart(6);
if (!values.json) {
  console.log(
    `${count} training digits, seed ${seed}, read by ${values.model}; in percent, difference in grey levels\n`,
  );
  console.log('preset          close  empty  right  of ink alone  mean difference  framing, ms each');
}
for (const { name, config } of presets) {
  const chosen = Array.from({ length: count }, (_, sample) =>
    randomStream(seed, 'quality', name, sample).integer(digits.count),
  );
  const captured = chosen.map((index, sample) =>
    captureSample(pictureAt(digits, index), config, randomStream(seed, 'capture', name, sample), (random) =>
      pictureAt(digits, random.integer(digits.count)),
    ),
  );
  const start = process.cpuUsage();
  const framed = captured.map(({ picture }) => frameCharacter(picture, mnistFraming));
  const milliseconds = process.cpuUsage(start).user / 1000 / count; // the wall clock would count other programs too
  const alone = captured.map(({ ink }) => frameCharacter(ink, mnistFraming));
  const labels = chosen.map((index) => digits.labels[digits.targets[index]!]!);
  const differences = framed.map((picture, sample) =>
    picture === undefined || alone[sample] === undefined ? 255 : differenceOf(picture, alone[sample]),
  );
  const close = differences.filter((difference) => difference <= closeDifference).length;
  const found = differences.filter((_, sample) => framed[sample] !== undefined);
  const mean = found.reduce((sum, difference) => sum + difference, 0) / found.length;
  const [right, ceiling] = [await readRight(framed, labels), await readRight(alone, labels)];
  if (values.json) {
    const share = { close: close / count, empty: 1 - found.length / count, right: right / count };
    console.log(JSON.stringify({ preset: name, count, seed, ...share, ceiling: ceiling / count, mean, milliseconds }));
  } else {
    const cells = [close, count - found.length, right, ceiling].map(percent);
    console.log(
      `${name.padEnd(14)} ${cells[0]} ${cells[1]} ${cells[2]} ${cells[3]!.padStart(13)} ${mean.toFixed(1).padStart(16)} ${milliseconds.toFixed(2).padStart(17)}`,
    );
  }
}
recognizer.dispose();
