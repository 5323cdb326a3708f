// Writes small data sets in the form of docs/data.md, of real samples: description, gzip IDX, writers, strokes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Picture } from '../src/picture/floor.ts';
import {
  type DatasetDescription,
  formatIdx,
  materialize,
  pictureAt,
  type Samples,
  splitFiles,
} from '../src/samples/floor.ts';

/** What is written of one part. */
export interface PartLike {
  readonly samples: Samples;
  readonly writers?: readonly number[];
  /** Number of the collection of each sample. */
  readonly sources?: readonly number[];
  /** Leave the pictures and their labels out, or add strokes; default: pictures alone. */
  readonly by?: 'pictures' | 'ink' | 'both';
}

/** Writes a set and returns the path of its description. @param change fields of it that are to be others. */
export function writeStoredSet(
  folder: string,
  name: string,
  parts: Readonly<Record<string, PartLike>>,
  change: Partial<DatasetDescription> = {},
): string {
  mkdirSync(folder, { recursive: true });
  const [first] = Object.values(parts);
  const { labels, width, height } = materialize(first!.samples);
  const splits: Record<string, number> = {};
  for (const [split, part] of Object.entries(parts)) splits[split] = writePart(folder, name, split, part);
  const description: DatasetDescription = {
    ...{ name, title: 'Digits of a test', classes: labels, size: [height, width], splits, writers: null },
    framing: 'Tight box of the ink',
    ...{ source: 'MNIST', original: 'NIST forms', terms: 'CC BY-SA 3.0', notes: '' },
    ...change,
  };
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(description));
  return file;
}

function writePart(folder: string, name: string, split: string, part: PartLike): number {
  const { writers, sources, by = 'pictures' } = part;
  const dataset = materialize(part.samples);
  const { count, height, width, images, targets, labels } = dataset;
  const names = splitFiles(name, split);
  const put = (file: string, content: Uint8Array | string): void =>
    writeFileSync(join(folder, file), gzipSync(content));
  const numbers = (type: 'uint8' | 'uint16', values: ArrayLike<number>): Uint8Array =>
    type === 'uint8'
      ? formatIdx({ type, shape: [values.length], data: Uint8Array.from(values) })
      : formatIdx({ type, shape: [values.length], data: Uint16Array.from(values) });
  if (by !== 'ink') {
    put(names.images, formatIdx({ type: 'uint8', shape: [count, height, width], data: images }));
    put(names.labels, numbers('uint8', targets));
    if (writers !== undefined) put(names.writers, numbers('uint16', writers));
    if (sources !== undefined) put(names.sources, numbers('uint8', sources));
  }
  if (by !== 'pictures') {
    const lines = Array.from({ length: count }, (_, sample) => {
      const strokes = dotsOf(pictureAt(dataset, sample));
      return JSON.stringify({ label: labels[targets[sample]!], writer: writers?.[sample], strokes });
    });
    put(names.ink, `${lines.join('\n')}\n`);
  }
  return count;
}

/**
 * A picture as pen strokes: a tap on every pixel of full ink, ten units apart. Drawn, it is the same character, a
 * little bolder.
 */
function dotsOf({ width, pixels }: Picture): number[][] {
  const taps: number[][] = [];
  pixels.forEach((pixel, index) => {
    if (pixel > 200) taps.push([10 * (index % width), 10 * Math.floor(index / width)]);
  });
  return taps;
}
