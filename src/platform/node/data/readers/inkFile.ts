// Reads a file of pen strokes, one sample per line (NDJSON), plain or gzip, line by line and within bounds.
import { FormatError } from '../../../../core/floor.ts';
import type { Ink } from '../../../../picture/floor.ts';
import { maxInkLine, parseInkLine } from '../../../../samples/floor.ts';
import { readPieces } from '../../files/files.ts';

/** The samples of a file, in the order of its lines. */
export interface InkFile {
  readonly targets: Uint16Array;
  /** 0: not given. */
  readonly writers: Uint16Array;
  readonly inks: readonly Ink[];
}

/** Largest file, unzipped, in bytes: CROHME's 48,372 symbols have 19 million. */
export const maxInkBytes = 2 ** 30;

/** Most points of all samples together, about 50 bytes each in memory. CROHME's training part has 2 million. */
export const maxInkPoints = 2 ** 24;

/** Lines between two calls of `onProgress`. */
const progressLines = 1000;

/**
 * Reads all samples.
 *
 * @param classes class texts; a line's label must be one of them.
 * @param most largest number of samples.
 * @param onProgress called after every thousand lines with the number of lines read.
 * @throws {FormatError} naming file and line, when a line is no sample, too long or no UTF-8, or a bound is exceeded.
 */
export async function readInkFile(
  path: string,
  classes: readonly string[],
  most: number,
  onProgress?: (done: number) => void,
): Promise<InkFile> {
  const numbers = new Map(classes.map((label, number) => [label, number]));
  const targets: number[] = [];
  const writers: number[] = [];
  const inks: Ink[] = [];
  let points = 0;
  for await (const line of linesOf(path)) {
    const where = `${path} line ${inks.length + 1}`;
    if (inks.length === most) throw new FormatError(`${where}: expected at most ${most} lines, received more`);
    const { target, writer, ink } = parseInkLine(line, where, numbers);
    for (const stroke of ink.strokes) points += stroke.length;
    if (points > maxInkPoints) {
      throw new FormatError(`${where}: expected at most ${maxInkPoints} points in all, received more`);
    }
    targets.push(target);
    writers.push(writer);
    inks.push(ink);
    if (inks.length % progressLines === 0) onProgress?.(inks.length);
  }
  return { targets: Uint16Array.from(targets), writers: Uint16Array.from(writers), inks };
}

/** The lines of a text file without line ends; nothing need follow the last end. */
async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [rest, line] = ['', 1];
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new FormatError(
        `${path}: reading strokes: expected UTF-8, received other bytes in line ${line} or soon after`,
      );
    }
  };
  for await (const piece of readPieces(path, maxInkBytes)) {
    const lines = (rest + decode(piece)).split('\n');
    rest = lines.pop()!;
    for (const text of lines) {
      checkLength(text, path, line);
      yield text;
      line++;
    }
    checkLength(rest, path, line);
  }
  rest += decode();
  if (rest !== '') yield rest;
}

function checkLength(text: string, path: string, line: number): void {
  if (text.length > maxInkLine) {
    throw new FormatError(
      `${path} line ${line}: reading strokes: expected at most ${maxInkLine} characters, received ${text.length} or more`,
    );
  }
}
