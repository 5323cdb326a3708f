// How a character is placed in the network's square: plain data, checked here. Carried in a model's card; followed by
// `frameCharacter`.
import { UsageError } from '../../core/floor.ts';

/** How a picture becomes the network's input; the recogniser follows it, whatever the model. */
export interface Framing {
  /** Side of the square input in pixels (28 for MNIST). */
  readonly size: number;
  /** Longer side of the ink after scaling, in pixels (20 for MNIST). */
  readonly box: number;
  /** What is placed in the middle of the square: the centre of mass of the ink, or the centre of its bounding box. */
  readonly centre: 'mass' | 'box';
  /**
   * `keep`: straight strokes that reach across a tight picture are strokes, as in 一 and 十, and parts may stand anywhere
   * in it; for pictures of one character on plain paper. `remove` (default): they are taken for printed lines, borders
   * of scans and neighbours' ends, and left out.
   */
  readonly lines?: 'remove' | 'keep';
  /**
   * Width of the pen that strokes of a pad are drawn with, as a share of the ink's longer side. Default: {@link
   * mnistPen}.
   */
  readonly pen?: number;
}

/**
 * MNIST's framing: ink scaled to 20x20, its centre of mass in the middle of 28x28 (LeCun, Bottou, Bengio, Haffner
 * 1998).
 */
export const mnistFraming: Framing = { size: 28, box: 20, centre: 'mass' };

/**
 * Pen width as a share of the ink's longer side, pen included. Strokes of MNIST's training pictures are 2.37 pixels
 * thick on average (deviation 0.70 between pictures; ink area over length of the skeleton); with this share, digits
 * written on a tablet come out of the framing at the same.
 */
export const mnistPen: number = 2.5 / 20;

/**
 * Framing of Chinese characters, ours: the longer side 42 of 48 pixels, by the middle of the box. The box is what a
 * square-built character is balanced by, and at 42 the ink always fits, so that nothing is moved back; 3 pixels are
 * left for the sample generator. Strokes of CASIA's training pictures are 2.1 of these pixels thick on average (as
 * {@link mnistPen} is measured), hence the pen.
 */
export const hanziFraming: Framing = { size: 48, box: 42, centre: 'box', lines: 'keep', pen: 0.05 };

/** Framings by name, as recipes name them. */
export const namedFramings = { mnist: mnistFraming, hanzi: hanziFraming } as const satisfies Readonly<
  Record<string, Framing>
>;

/** Larger pictures are first shrunk to this longer side: bounds time and memory, and averages noise away. */
export const framingWorkingSide = 512;

/** Largest `size` that a framing may ask for, far above any network here. */
export const framingMaxSize = 1024;

/** Widest pen that a framing may ask for, as a share of the ink's longer side: wider, nothing but blots are drawn. */
const widestPen = 0.5;

/** A framing in words: `20 in 28 pixels by mass`, and what of lines and pen is not usual. */
export function describeFraming({ size, box, centre, lines = 'remove', pen = mnistPen }: Framing): string {
  const more = `${lines === 'keep' ? ', lines kept' : ''}${pen === mnistPen ? '' : `, pen ${pen}`}`;
  return `${box} in ${size} pixels by ${centre}${more}`;
}

/**
 * Checks a framing that came from outside.
 *
 * @throws {UsageError} naming the field, what was expected and what was received.
 */
export function checkFraming(framing: Framing): void {
  const { size, box, centre, lines = 'remove', pen = mnistPen } = framing;
  if (!Number.isSafeInteger(size) || size < 1 || size > framingMaxSize) {
    throw new UsageError(`framing, size: expected a whole number in 1..${framingMaxSize}, received ${size}`);
  }
  if (!Number.isSafeInteger(box) || box < 1 || box > size) {
    throw new UsageError(`framing, box: expected a whole number in 1..${size} (the size), received ${box}`);
  }
  if (centre !== 'mass' && centre !== 'box') {
    throw new UsageError(`framing, centre: expected "mass" or "box", received ${JSON.stringify(centre)}`);
  }
  if (lines !== 'remove' && lines !== 'keep') {
    throw new UsageError(`framing, lines: expected "remove" or "keep", received ${JSON.stringify(lines)}`);
  }
  if (!(pen > 0 && pen <= widestPen)) {
    throw new UsageError(`framing, pen: expected a share above 0 and up to ${widestPen}, received ${pen}`);
  }
}
