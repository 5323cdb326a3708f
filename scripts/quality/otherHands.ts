// How models read digits of hands and papers that are not MNIST's, every picture raw: stored sets by name, and the
// digit boxes of pages with a truth file (a list of { file, boxes: [{ x, y, width, height, label }] }). A picture in
// which no ink is found counts as wrong. The sets are in the data folder (docs/data.md); none of them may be among
// those that a model was trained on: its card says which were. Run: npx tsx scripts/quality/otherHands.ts [--model
// digits]... [--data usps:test]... [--pages FOLDER/truth.json]... [--json]
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { expandAlphabet } from '../../src/core/floor.ts';
import { wilsonInterval } from '../../src/learn/floor.ts';
import { cropPicture, type Picture } from '../../src/picture/floor.ts';
import { loadModel, openPictures, openRecognizer, readPagePicture } from '../../src/platform/node/floor.ts';
import type { LabelledPictures } from '../../src/samples/floor.ts';
import { readPageTruth } from './pageTruth.ts';

interface Labelled {
  readonly name: string;
  readonly pictures: readonly Picture[];
  readonly labels: readonly string[];
}

async function openBoxes(file: string): Promise<Labelled> {
  const pictures: Picture[] = [];
  const labels: string[] = [];
  for (const { file: name, boxes } of await readPageTruth(file)) {
    const page = await readPagePicture(join(dirname(file), name));
    for (const { x, y, width, height, label } of boxes) {
      // Boxes drawn by hand may reach a pixel beyond the page.
      const [left, top] = [Math.max(0, x), Math.max(0, y)];
      const [right, bottom] = [Math.min(page.width, x + width), Math.min(page.height, y + height)];
      pictures.push(cropPicture(page, { left, top, width: right - left, height: bottom - top }));
      labels.push(label);
    }
  }
  return { name: `boxes of ${file.split('/').slice(-2).join('/')}`, pictures, labels };
}

function labelled({ name, pictures, targets, labels }: LabelledPictures): Labelled {
  return { name, pictures, labels: Array.from(targets, (target) => labels[target]!) };
}

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true, default: ['digits'] },
    data: { type: 'string', multiple: true, default: ['usps:test', 'semeion:test', 'optdigits:test'] },
    pages: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});
const sets: Labelled[] = [];
for (const name of values.data) sets.push(labelled(await openPictures(name)));
for (const file of values.pages) sets.push(await openBoxes(file));
const digits: ReadonlySet<string> = new Set(expandAlphabet('digits'));
for (const model of values.model) {
  const recognizer = await openRecognizer(await loadModel(model));
  for (const { name, pictures, labels } of sets) {
    let [right, count] = [0, 0];
    for (const [index, picture] of pictures.entries()) {
      const label = labels[index]!;
      if (!digits.has(label)) continue;
      count++;
      const reading = await recognizer.recognize(picture, { alphabet: 'digits' });
      if (!reading.empty && reading.label === label) right++;
    }
    const [low, high] = wilsonInterval(right, count);
    const percent = (share: number): string => (100 * share).toFixed(2);
    console.log(
      values.json
        ? JSON.stringify({ model, set: name, right, count, low, high })
        : `${model} on ${name}: ${percent(right / count)} % of ${count} (95 %: ${percent(low)} to ${percent(high)})`,
    );
  }
}
