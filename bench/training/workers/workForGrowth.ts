// A process that does the same thing again and again and prints how much memory it holds early and at the end.
// Run: node --expose-gc ... workForGrowth.ts train|recognize EARLY LATE
import { networkNamed } from 'ductus/engine';
import { openDataset, openRecognizer } from 'ductus/node';
import { pictureAt } from 'ductus/samples';
import { memoryMiB } from '../../harness/processes.ts';
import { openTraining } from '../training.ts';

/** Pictures a step: few, so that ten thousand steps are soon done; growth, if any, is by the step. */
const batch = 8;

const [what, early, late] = process.argv.slice(2);
const digits = await openDataset('mnist:train');
const work = what === 'train' ? await trainer() : await reader();
const start = performance.now();
await repeat(0, Number(early));
const first = settledMemory();
await repeat(Number(early), Number(late));
process.stdout.write(
  JSON.stringify({ early: first, late: settledMemory(), seconds: (performance.now() - start) / 1000 }),
);
process.exit();

async function repeat(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) await work(index);
}

async function trainer(): Promise<() => Promise<void>> {
  const { steps } = await openTraining(networkNamed('quick'), batch, digits);
  return () => steps(1);
}

/** Whole recognitions: find the ink, frame, run, rank. */
async function reader(): Promise<(index: number) => Promise<unknown>> {
  const recognizer = await openRecognizer();
  return (index) => recognizer.recognize(pictureAt(digits, index % digits.count));
}

/** MiB after a collection: what is held, not what is yet to be swept. */
function settledMemory(): number {
  if (globalThis.gc === undefined) throw new Error('expected node --expose-gc');
  globalThis.gc();
  return memoryMiB('VmRSS');
}
