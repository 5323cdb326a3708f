// How well characters are found and read on pages: of a truth file, a list of { file, boxes: [{ x, y, width, height,
// label }] }, or made of 200 digits of MNIST's test set each, of 28 to 56 pixels, scattered over 1000 x 1400 pixels. A
// box counts as found when a found one overlaps it by half (intersection over union), each found one for one box. Run:
// npx tsx scripts/quality/pageQuality.ts FOLDER/truth.json [--model digits] [--alphabet digits]... [--part
// first|second]
//      npx tsx scripts/quality/pageQuality.ts --scattered 5 [--model digits] [--alphabet digits]...
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bounds, Picture } from '../../src/picture/floor.ts';
import { loadModel, openDataset, openRecognizer, readPagePicture } from '../../src/platform/node/floor.ts';
import { readPage } from '../../src/read/floor.ts';
import { limitSamples, materialize } from '../../src/samples/floor.ts';
import { countRight, digitPage, matchBoxes } from '../../test/digitPage.ts';
import { readPageTruth } from './pageTruth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'digits' },
    alphabet: { type: 'string', multiple: true, default: ['digits'] },
    part: { type: 'string' },
    scattered: { type: 'string' },
  },
});

interface KnownPage {
  readonly picture: Picture;
  readonly characters: readonly { readonly label: string; readonly box: Bounds }[];
}

async function* pagesOf(file: string): AsyncGenerator<KnownPage> {
  const all = await readPageTruth(file);
  const half = all.length >> 1;
  const pages = values.part === 'first' ? all.slice(0, half) : values.part === 'second' ? all.slice(half) : all;
  for (const { file: name, boxes } of pages) {
    yield {
      picture: await readPagePicture(join(dirname(file), name)),
      characters: boxes.map(({ x, y, width, height, label }) => ({ label, box: { left: x, top: y, width, height } })),
    };
  }
}

async function* scatteredPages(count: number): AsyncGenerator<KnownPage> {
  const test = await openDataset('mnist:test');
  for (let seed = 1; seed <= count; seed++) {
    const digits = materialize(limitSamples(test, 200, seed));
    const page = digitPage(digits, { width: 1000, height: 1400, digits: 200, seed });
    yield { picture: page.picture, characters: page.digits };
  }
}

const [file] = positionals;
if ((file === undefined) === (values.scattered === undefined)) {
  console.error('usage: npx tsx scripts/quality/pageQuality.ts FOLDER/truth.json | --scattered PAGES [--model digits]');
  process.exit(2);
}
const recognizer = await openRecognizer(await loadModel(values.model));
let [pages, wanted, given, found, right, whole] = [0, 0, 0, 0, 0, 0];
for await (const { picture, characters } of file === undefined
  ? scatteredPages(Number(values.scattered))
  : pagesOf(file)) {
  const read = await readPage(picture, recognizer, { alphabet: values.alphabet });
  const matches = matchBoxes(
    characters.map(({ box }) => box),
    read.map(({ box }) => box),
  );
  const rightHere = countRight(
    matches,
    characters.map(({ label }) => label),
    read,
  );
  pages++;
  wanted += characters.length;
  given += read.length;
  found += matches.filter((match) => match >= 0).length;
  right += rightHere;
  if (rightHere === characters.length && read.length === characters.length) whole++;
}
const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(2)} % (${part} of ${of})`;
console.log(`found: recall ${percent(found, wanted)}, precision ${percent(found, given)}`);
console.log(`found and read right: ${percent(right, wanted)}; whole pages right: ${percent(whole, pages)}`);
