// One sample of pen strokes as a line of text: `{"label":"A","writer":12,"strokes":[[x0,y0,x1,y1,...],...]}`. Knows
// only the line; platform/node/inkFile.ts reads files of such lines.
import { FormatError } from '../../../core/floor.ts';
import type { Ink, InkPoint, Stroke } from '../../../picture/floor.ts';

/** The sample of a line. */
export interface InkSample {
  /** Index into the classes. */
  readonly target: number;
  /** The writer's number; 0: unknown. */
  readonly writer: number;
  readonly ink: Ink;
}

/**
 * Longest line, in characters; a symbol has a few hundred or thousand; `maxSamplePoints` with ten characters per number
 * fit.
 */
export const maxInkLine = 2 ** 18;

/**
 * Most points of one sample: a symbol has some tens, and 10,000 are fifty seconds on a tablet of 200 points/s. Drawing
 * as many lines across the whole picture takes a second or two; no hostile line costs more.
 */
export const maxSamplePoints = 10_000;

/** Largest absolute coordinate: tablets reach some ten thousands. */
const largestCoordinate = 1e9;

/** Largest writer's number: 16 bits. */
const largestWriter = 0xffff;

/**
 * Reads a sample of strokes.
 *
 * `label` is a class text, `writer` a whole number (0 or missing: not given), `strokes` a list of at least one stroke.
 * Each stroke is a flat list of at least one point: x, y, x, y, ..., y downwards, in any unit. Other fields are
 * ignored.
 *
 * @param where file and line, for messages.
 * @param classes numbers of the class texts.
 * @throws {FormatError} naming the line and what is wrong in it.
 */
export function parseInkLine(line: string, where: string, classes: ReadonlyMap<string, number>): InkSample {
  const fail = (expected: string, received: unknown): never => {
    throw new FormatError(`${where}: reading strokes: expected ${expected}, received ${shown(received)}`);
  };
  let sample: unknown;
  try {
    sample = JSON.parse(line);
  } catch {
    return fail('a JSON object', line);
  }
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) return fail('a JSON object', sample);
  const { label, writer = 0, strokes } = sample as Readonly<Record<string, unknown>>;
  const target = typeof label === 'string' ? classes.get(label) : undefined;
  if (target === undefined) return fail(`"label" to be one of ${listed(classes)}`, label);
  if (!Number.isInteger(writer) || (writer as number) < 0 || (writer as number) > largestWriter) {
    fail(`"writer" to be a whole number of 0 to ${largestWriter}`, writer);
  }
  if (!Array.isArray(strokes) || strokes.length === 0) return fail('"strokes" to be a list of at least one', strokes);
  let points = 0;
  const read = (numbers: unknown, index: number): Stroke => {
    if (!Array.isArray(numbers) || numbers.length === 0 || numbers.length % 2 !== 0) {
      return fail(`stroke ${index} to be a list of x, y, x, y, ...`, numbers);
    }
    points += numbers.length / 2;
    if (points > maxSamplePoints) fail(`at most ${maxSamplePoints} points`, points);
    const stroke: InkPoint[] = [];
    for (let i = 0; i < numbers.length; i += 2) {
      const [x, y]: [unknown, unknown] = [numbers[i], numbers[i + 1]];
      if (!isCoordinate(x)) return fail(`stroke ${index} to have numbers up to ${largestCoordinate}`, x);
      if (!isCoordinate(y)) return fail(`stroke ${index} to have numbers up to ${largestCoordinate}`, y);
      stroke.push({ x, y });
    }
    return stroke;
  };
  return { target, writer: writer as number, ink: { strokes: strokes.map(read) } };
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= largestCoordinate;
}

function listed(classes: ReadonlyMap<string, number>): string {
  const texts = [...classes.keys()];
  return texts.length <= 70 ? texts.join(' ') : `${texts.slice(0, 70).join(' ')} ... (${texts.length} classes)`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
