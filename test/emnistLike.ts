// Files in the form of EMNIST's archive, made of MNIST digits: the same names, counts, labels and mapping, the pictures
// transposed. The classes are EMNIST's in turn and say nothing of what is to be seen.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  type Dataset,
  type EmnistPart,
  type EmnistSplit,
  emnistFileNames,
  emnistSplits,
  formatIdx,
} from '../src/samples/floor.ts';

/** One part of a division: what its files hold, and what a reader should make of them. */
export interface EmnistLike {
  /** Content of the files by their names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** `[count, 28, 28]`, upright. */
  readonly upright: Uint8Array;
  /** `[count]`, classes counted from 0. */
  readonly targets: Uint16Array;
}

/** Makes the three files of a part. @param digits pictures of 28x28, taken in turn until there are enough. */
export function emnistLike(split: EmnistSplit, part: EmnistPart, digits: Dataset): EmnistLike {
  const { classes, firstLabel, counts } = emnistSplits[split];
  const count = counts[part];
  const upright = new Uint8Array(count * 784);
  for (let at = 0; at < upright.length; at += digits.images.length) {
    upright.set(digits.images.subarray(0, Math.min(digits.images.length, upright.length - at)), at);
  }
  const stored = new Uint8Array(upright.length);
  for (let at = 0; at < stored.length; at++) {
    const [sample, row, column] = [Math.floor(at / 784), Math.floor((at % 784) / 28), at % 28];
    stored[at] = upright[sample * 784 + column * 28 + row]!;
  }
  const targets = Uint16Array.from({ length: count }, (_, sample) => sample % classes.length);
  const labels = Uint8Array.from(targets, (target) => target + firstLabel);
  // Level 1: these files are read once.
  const zipped = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 1 });
  const names = emnistFileNames(split, part);
  return {
    files: new Map([
      [names.images, zipped(formatIdx({ type: 'uint8', shape: [count, 28, 28], data: stored }))],
      [names.labels, zipped(formatIdx({ type: 'uint8', shape: [count], data: labels }))],
      [names.mapping, new TextEncoder().encode(mappingText(split))],
    ]),
    upright,
    targets,
  };
}

/** Writes files into the folder `gzip` of a folder, as unpacking the archive would. */
export function writeEmnistLike(folder: string, { files }: EmnistLike): void {
  mkdirSync(join(folder, 'gzip'), { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, 'gzip', name), bytes);
}

function mappingText(split: EmnistSplit): string {
  const { classes, firstLabel } = emnistSplits[split];
  const lines = classes.map((text, index) => {
    const codes = split === 'letters' ? [text, text.toLowerCase()] : [text];
    return [index + firstLabel, ...codes.map((code) => code.charCodeAt(0))].join(' ');
  });
  return `${lines.join('\n')}\n`;
}
