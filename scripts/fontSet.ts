// Makes a data set of letters and digits from handwriting fonts, FOLDER/fonts.json and its files, in the form of
// docs/data.md. The fonts come from npm (@fontsource), each under a licence that allows it; a font counts as a writer.
// Run: npx tsx scripts/fontSet.ts [--out data]
import { spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import opentype, { type Font } from 'opentype.js';
import sharp from 'sharp';
import { alphabets } from '../src/core/floor.ts';
import { writeFileAtomic } from '../src/platform/node/floor.ts';
import { formatIdx, type IdxArray } from '../src/samples/floor.ts';

/**
 * Fonts whose letters stand alone as a person would print them; all under the SIL Open Font License 1.1 but those
 * marked, which are under the Apache License 2.0. Both allow pictures of the letters to be used and passed on.
 */
const fonts: Readonly<Record<'OFL-1.1' | 'Apache-2.0', readonly string[]>> = {
  'OFL-1.1': [
    'annie-use-your-telescope',
    'architects-daughter',
    'caveat',
    'caveat-brush',
    'cedarville-cursive',
    'covered-by-your-grace',
    'dawning-of-a-new-day',
    'dekko',
    'delius',
    'edu-nsw-act-foundation',
    'edu-sa-beginner',
    'gaegu',
    'gamja-flower',
    'give-you-glory',
    'gloria-hallelujah',
    'gochi-hand',
    'handlee',
    'hi-melody',
    'indie-flower',
    'itim',
    'kalam',
    'kristi',
    'la-belle-aurore',
    'loved-by-the-king',
    'mansalva',
    'nanum-pen-script',
    'neucha',
    'nothing-you-could-do',
    'over-the-rainbow',
    'pangolin',
    'patrick-hand',
    'playpen-sans',
    'reenie-beanie',
    'sedgwick-ave',
    'shadows-into-light',
    'shadows-into-light-two',
    'short-stack',
    'sriracha',
    'sue-ellen-francisco',
    'swanky-and-moo-moo',
    'the-girl-next-door',
    'waiting-for-the-sunrise',
    'zeyada',
  ],
  'Apache-2.0': [
    'coming-soon',
    'crafty-girls',
    'homemade-apple',
    'just-another-hand',
    'permanent-marker',
    'rancho',
    'rock-salt',
    'schoolbell',
    'walter-turncoat',
  ],
};

/** Fonts with capitals in the places of small letters, found by eye; only their capitals and digits are used. */
const capitalsOnly: readonly string[] = ['permanent-marker', 'rock-salt', 'walter-turncoat'];

/** Side of a picture and of the longer side of the letter in it: as the other sets of docs/data.md have it. */
const side = 64;
const letter = 56;
/** Units of an em that a letter is drawn with before it is shrunk. */
const drawn = 400;

const { values } = parseArgs({ options: { out: { type: 'string', default: process.env.DUCTUS_DATA ?? 'data' } } });
const names = Object.values(fonts).flat().sort();
const installed = join(values.out, 'fonts-packages');
await mkdir(installed, { recursive: true });
const packages = names.map((name) => `@fontsource/${name}@5`);
const { status } = spawnSync('npm', ['install', '--prefix', installed, '--no-save', '--ignore-scripts', ...packages], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (status !== 0)
  throw new Error(`fonts: expected npm to install ${packages.length} packages, it ended with ${status}`);

const pictures: Buffer[] = [];
const labels: number[] = [];
const writers: number[] = [];
const used: string[] = [];
for (const name of names) {
  const font = await openFont(name);
  used.push(name);
  for (const [index, character] of alphabets.alphanumeric.entries()) {
    if (capitalsOnly.includes(name) && /[a-z]/.test(character)) continue;
    const picture = await draw(font, character);
    if (picture === undefined) continue;
    pictures.push(picture);
    labels.push(index);
    writers.push(used.length);
  }
}

const count = pictures.length;
const save = (part: string, array: IdxArray): Promise<void> =>
  writeFileAtomic(join(values.out, `fonts-train-${part}.gz`), gzipSync(formatIdx(array)));
await save('images.idx3', { type: 'uint8', shape: [count, side, side], data: Buffer.concat(pictures) });
await save('labels.idx1', { type: 'uint8', shape: [count], data: Uint8Array.from(labels) });
await save('writers.idx1', { type: 'uint16', shape: [count], data: Uint16Array.from(writers) });
const description = {
  name: 'fonts',
  title: 'Letters and digits of handwriting fonts',
  classes: alphabets.alphanumeric,
  size: [side, side],
  splits: { train: count },
  writers: used.length,
  framing: `tight box, longer side ${letter} of ${side} pixels, centred by the box`,
  source: 'npm packages @fontsource/<name>, version 5',
  original: `Fonts: ${used.join(', ')}`,
  terms: 'SIL Open Font License 1.1 and Apache License 2.0: pictures of the letters may be used and passed on',
  notes:
    'A font counts as a writer. Letters stand alone and are regular: more like a careful hand than like a hurried one.',
};
await writeFileAtomic(join(values.out, 'fonts.json'), Buffer.from(`${JSON.stringify(description, null, 1)}\n`));
console.log(`${join(values.out, 'fonts.json')}: ${count} letters and digits of ${used.length} fonts`);

async function openFont(name: string): Promise<Font> {
  const file = join(installed, 'node_modules/@fontsource', name, 'files', `${name}-latin-400-normal.woff`);
  const bytes = await readFile(file);
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** A letter, ink 255 on 0, its longer side `letter` pixels, in the middle; undefined where the font lacks it. */
async function draw(font: Font, character: string): Promise<Buffer | undefined> {
  if (font.charToGlyphIndex(character) === 0) return undefined;
  const path = font.getPath(character, 0, 0, drawn);
  const { x1, y1, x2, y2 } = path.getBoundingBox();
  const [width, height] = [x2 - x1, y2 - y1];
  if (!(width > 0 && height > 0)) return undefined;
  const scale = letter / Math.max(width, height);
  const margin = [(side - scale * width) / 2, (side - scale * height) / 2] as const;
  const place = `translate(${margin[0] - scale * x1} ${margin[1] - scale * y1}) scale(${scale})`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%"/><path transform="${place}" fill="#fff" d="${path.toPathData(3)}"/></svg>`;
  return sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
}
