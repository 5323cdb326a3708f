// A process that distorts picture after picture and prints how much memory it holds early and at the end.
// Run: node --expose-gc ... samplesForMemory.ts PRESET EARLY LATE

import { openDataset } from 'ductus/node';
import { createDistorter, distortionNamed } from 'ductus/samples';
import { randomStream } from '../../../src/core/floor.ts';
import { memoryMiB } from '../../harness/processes.ts';

const [preset, early, late] = process.argv.slice(2);
const { images, targets, labels, width, height, count } = await openDataset('mnist:train');
const distort = createDistorter(distortionNamed(preset!).config, width, height, labels);
const pixels = width * height;
const target = new Uint8Array(pixels);
const start = performance.now();
work(0, Number(early));
const first = settledMemory();
work(Number(early), Number(late));
process.stdout.write(
  JSON.stringify({ early: first, late: settledMemory(), seconds: (performance.now() - start) / 1000 }),
);

function work(from: number, to: number): void {
  for (let sample = from; sample < to; sample++) {
    const index = sample % count;
    const source = images.subarray(index * pixels, (index + 1) * pixels);
    distort(source, target, randomStream(1, 'distort', Math.floor(sample / count), index), 1, targets[index]!);
  }
}

/** MiB after a collection: what is held, not what is yet to be swept. */
function settledMemory(): number {
  if (globalThis.gc === undefined) throw new Error('expected node --expose-gc');
  globalThis.gc();
  return memoryMiB('VmRSS');
}
