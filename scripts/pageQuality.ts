// How well characters are found and read on pages with a truth file: a list of { file, boxes: [{ x, y, width, height, label }] }.
// A box counts as found when a found one overlaps it by half (intersection over union), each found one for one box.
// Run: npx tsx scripts/pageQuality.ts FOLDER/truth.json [--model digits] [--alphabet digits]... [--part first|second]
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadModel, openRecognizer, readPagePicture } from '../src/platform/node/index.ts';
import { readPage } from '../src/read/index.ts';
import { matchBoxes } from '../test/digitPage.ts';
import { readPageTruth } from './pageTruth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'digits' },
    alphabet: { type: 'string', multiple: true, default: ['digits'] },
    part: { type: 'string' },
  },
});
const [file] = positionals;
if (file === undefined) {
  console.error('usage: npx tsx scripts/pageQuality.ts FOLDER/truth.json [--model digits] [--alphabet digits]');
  process.exit(2);
}
const recognizer = await openRecognizer(await loadModel(values.model));
let [wanted, given, found, right, whole] = [0, 0, 0, 0, 0];
const all = await readPageTruth(file);
const half = all.length >> 1;
const pages = values.part === 'first' ? all.slice(0, half) : values.part === 'second' ? all.slice(half) : all;
for (const { file: name, boxes } of pages) {
  const page = await readPagePicture(join(dirname(file), name));
  const characters = await readPage(page, recognizer, { alphabet: values.alphabet });
  const matches = matchBoxes(
    boxes.map(({ x, y, width, height }) => ({ left: x, top: y, width, height })),
    characters.map(({ box }) => box),
  );
  const rightHere = matches.filter((match, index) => {
    const answer = characters[match]?.answer;
    return answer?.empty === false && answer.label === boxes[index]!.label;
  }).length;
  wanted += boxes.length;
  given += characters.length;
  found += matches.filter((match) => match >= 0).length;
  right += rightHere;
  if (rightHere === boxes.length && characters.length === boxes.length) whole++;
}
const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(2)} % (${part} of ${of})`;
console.log(`found: recall ${percent(found, wanted)}, precision ${percent(found, given)}`);
console.log(`found and read right: ${percent(right, wanted)}; whole pages right: ${percent(whole, pages.length)}`);
