// A read page as a picture for a person: boxes around the characters, each one's answer, and colours by confidence.
import type { Picture } from '../../../picture/floor.ts';
import type { PageCharacter } from '../../../read/floor.ts';
import { loadSharp } from './loadSharp.ts';

/** Colours by least confidence: those of a traffic light, dark enough for white paper. */
const colours = [
  { least: 0.9, colour: '#0a7d2c' },
  { least: 0.5, colour: '#b35c00' },
  { least: 0, colour: '#c4122f' },
] as const;
/** Colour of marks without a character. */
const emptyColour = '#777777';

/** Height of an answer's letters, as a share of its box's height, and its bounds in pixels. */
const textShare = 0.5;
const leastText = 9;
const mostText = 40;

/**
 * Draws boxes and answers over a page. Answers use the system's sans-serif font; a system without fonts shows only
 * boxes.
 *
 * @returns a PNG file in colour, of the page's size.
 * @throws {MissingError} when the optional package `sharp` is not installed.
 *
 * @example
 * ```ts
 * import { readPage } from 'ductus';
 * import { drawPage, openRecognizer, readPagePicture } from 'ductus/node';
 *
 * const recognizer = await openRecognizer('digits');
 * const page = await readPagePicture('examples/pictures/eight.png');
 * const png = await drawPage(page, await readPage(page, recognizer));
 * console.log(png.length > 0); // true
 * recognizer.dispose();
 * ```
 */
export async function drawPage(page: Picture, characters: readonly PageCharacter[]): Promise<Uint8Array> {
  const { width, height, pixels } = page;
  const sharp = await loadSharp('drawing a page');
  const overlay = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${characters.map(drawn).join('')}</svg>`,
  );
  const bytes = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .composite([{ input: overlay }])
    .png()
    .toBuffer();
  return new Uint8Array(bytes);
}

function drawn({ box: { left, top, width, height }, answer }: PageCharacter): string {
  const confidence = answer.empty ? 0 : answer.confidence;
  const colour = answer.empty ? emptyColour : colours.find(({ least }) => confidence >= least)!.colour;
  const size = Math.round(Math.max(leastText, Math.min(mostText, textShare * height)));
  const line = Math.max(1, Math.round(height / 30));
  // Above the box; at the top of the page inside it.
  const baseline = top > size ? top - line - 1 : top + size;
  const text = answer.empty
    ? ''
    : `<text x="${left}" y="${baseline}" font-family="sans-serif" font-weight="bold" font-size="${size}" fill="${colour}">${escaped(answer.label)}</text>`;
  return `<rect x="${left - line}" y="${top - line}" width="${width + 2 * line}" height="${height + 2 * line}" fill="none" stroke="${colour}" stroke-width="${line}"/>${text}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
