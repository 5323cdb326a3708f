// Reading a row of characters: ink, candidate cuts, every piece between two cuts read, and the way through them that is
// cheapest. What a single character is, the recogniser knows; this knows only how to cut.
import { type Bounds, candidateCuts, type FoundInk, type Picture } from '../../picture/floor.ts';
import type { Alternative, Recognised, Recognizer } from '../recognizer/recognition.ts';
import { cheapestPath } from './cheapestPath.ts';
import { cutPieces, type Piece } from './cutPieces.ts';
import { lineInk } from './lineInk.ts';

/** A character of a row. */
export interface StringCharacter extends Alternative {
  /** All classes that were asked for, most probable first. */
  readonly alternatives: readonly Alternative[];
  /** Probabilities of all classes, in the order of the recogniser's labels. */
  readonly probabilities: Float32Array;
  /** Where its ink stands in the picture, in whole pixels. */
  readonly bounds: Bounds;
  /** What the recogniser saw. */
  readonly framed: Picture;
}

/** What a row of characters reads; without characters where there was nothing to read. */
export interface StringReading {
  /** The characters' texts, joined. */
  readonly text: string;
  /** From left to right. */
  readonly characters: readonly StringCharacter[];
}

/** What is needed of a recogniser: a compared system can be given the same form. */
export type CharacterReader = Pick<Recognizer, 'recognizeAll'>;

/** Text of the class of pieces that are no character, of recognisers that have learnt one. */
export const noCharacter = '';

/**
 * What a piece costs besides `-ln p`, in nats; widths and heights are shares of the characters' height. Chosen on 150
 * rows of two or three training digits of MNIST that touch or overlap, and on 64 amounts on cheques, by the share of
 * rows read right.
 */
const costs = {
  /** Less probable than this counts as this: one piece that the recogniser is sure is nothing must not decide alone. */
  leastConfidence: 0.02,
  /** Wider than this, a piece is likely two characters: so much for each height beyond. */
  usualWidth: 1.1,
  perWidth: 2,
  /** Lower than this, a piece is likely part of a character. */
  usualHeight: 0.6,
  perHeight: 9,
  /** A piece in two pieces is likely two characters, but some characters are written in two. */
  parted: 0.5,
} as const;

/**
 * Reads a row of characters that stand beside each other and may touch.
 *
 * Of all ways to cut at candidate cuts, the one whose pieces cost least is taken: for each `-ln p` of its likeliest
 * character and what its shape costs. Points, commas and dashes are passed over.
 *
 * A recogniser that knows characters alone is sure of parts of them too. One that has a class {@link noCharacter} as
 * well cuts better: a small CNN taught by 2,000 digits read 20 % of the amounts on 64 cheques, taught by pieces of rows
 * of the same digits 30 % (`pieceSamples` in `ductus/classic` makes them). With the shipped digits: half of those
 * amounts; of pairs of training digits 99 % that stand apart, 63 % that touch, 44 % that overlap by 2 or 3 pixels of
 * 20. Strokes that lie on each other no cut can part.
 *
 * @param row of one row: a picture on any paper, dark on light or light on dark, or its ink, where that was found
 * already.
 *
 * @example
 * ```ts
 * import { readString } from 'ductus';
 * import { openDataset, openRecognizer } from 'ductus/node';
 * import { contactSheet } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const test = await openDataset('mnist:test');
 * const row = contactSheet([2, 1, 0].map((index) => pictureAt(test, index)), { columns: 3, gap: 0 });
 * const recognizer = await openRecognizer('digits');
 * console.log((await readString(recognizer, row)).text); // 127
 * recognizer.dispose();
 * ```
 */
export async function readString(recognizer: CharacterReader, row: Picture | FoundInk): Promise<StringReading> {
  const line = lineInk(row);
  if (line === undefined) return { text: '', characters: [] };
  const { ink, level, size, scale } = line;
  const cuts = candidateCuts(ink, level, size);
  const { pieces, at } = cutPieces(ink, level, cuts, size);
  const answers = await recognizer.recognizeAll(pieces.map((piece) => piece.ink));
  const characters = answers.map((answer) => (answer.empty ? undefined : characterOf(answer)));
  const readingCosts = characters.map((character, index) =>
    character === undefined ? Number.POSITIVE_INFINITY : readingCost(character, pieces[index]!, size),
  );
  const path = cheapestPath(cuts.length + 1, (from, to) => {
    const place = at(from, to);
    if (place === 'empty') return 0;
    return place === undefined ? Number.POSITIVE_INFINITY : readingCosts[place]!;
  });
  const read: StringCharacter[] = [];
  for (let step = 1; path !== undefined && step < path.length; step++) {
    const place = at(path[step - 1]!, path[step]!);
    if (typeof place === 'number') read.push({ ...characters[place]!, bounds: enlarged(pieces[place]!.bounds, scale) });
  }
  return { text: read.map(({ label }) => label).join(''), characters: read };
}

/** An answer without the class of no character; the other probabilities stay as they are. */
function characterOf({ alternatives, probabilities, framed }: Recognised): Omit<StringCharacter, 'bounds'> | undefined {
  const characters = alternatives.filter(({ label }) => label !== noCharacter);
  const [likeliest] = characters;
  return likeliest && { ...likeliest, alternatives: characters, probabilities, framed };
}

function readingCost({ confidence }: Alternative, { bounds, parted }: Piece, size: number): number {
  const tooWide = Math.max(0, bounds.width / size - costs.usualWidth);
  const tooLow = Math.max(0, costs.usualHeight - bounds.height / size);
  return (
    -Math.log(Math.max(costs.leastConfidence, confidence)) +
    costs.perWidth * tooWide +
    costs.perHeight * tooLow +
    (parted ? costs.parted : 0)
  );
}

function enlarged({ left, top, width, height }: Bounds, scale: number): Bounds {
  return {
    left: Math.floor(left * scale),
    top: Math.floor(top * scale),
    width: Math.ceil(width * scale),
    height: Math.ceil(height * scale),
  };
}
