// What reading a page of 96 digits costs, by part: finding the characters, framing their ink, the network. Processor
// time, not time on the clock: what else the machine does matters less.

import { readPage } from 'ductus';
import { openDataset, openRecognizer } from 'ductus/node';
import { findCharacters, frameInk, mnistFraming } from 'ductus/picture';
import { limitSamples, materialize } from '../../src/samples/floor.ts';
import { digitPage } from '../../test/digitPage.ts';
import { alternate } from '../harness/alternate.ts';
import { type Benchmark, spread } from '../harness/benchmark.ts';

const digits = 96;

/** Pages read in a round. */
const pagesPerRound = 4;

/** Training digits of MNIST in eight lines on ruled, noisy paper with a shadow, read by the shipped digits. */
export const readingPageBenchmark: Benchmark = {
  name: 'reading-page',
  description: `reading a page of ${digits} digits, milliseconds of processor time by part`,
  async run() {
    const data = materialize(limitSamples(await openDataset('mnist:train'), digits, 17));
    const { picture } = digitPage(data, {
      ...{ width: 800, height: 700, digits, perLine: 12, seed: 1, sizes: [40, 50] },
      ...{ noise: 6, specks: 40, ruling: 75, shadow: 0.3, skew: 1 },
    });
    const recognizer = await openRecognizer();
    const { boxes, inkOf } = findCharacters(picture);
    if (boxes.length !== digits) throw new Error(`expected ${digits} boxes, found ${boxes.length}`);
    const frameAll = () => boxes.flatMap((_, index) => frameInk(inkOf(index), mnistFraming) ?? []);
    const framed = frameAll();
    const parts = {
      'finding the characters': () => findCharacters(picture),
      'framing their ink': frameAll,
      'the network': () => recognizer.recognizeFramed(framed),
      'the whole page': () => readPage(picture, recognizer),
    };
    const kinds = Object.entries(parts).map(([name, work]) => ({ name, measure: () => processorTime(work) }));
    const times = await alternate(kinds);
    recognizer.dispose();
    return kinds.map(({ name }) => ({
      what: `page of ${digits}, ${name}`,
      unit: 'ms',
      ours: spread(times.get(name)!),
    }));
  },
};

/** Milliseconds of processor time a call, over some calls. */
async function processorTime(work: () => Promise<unknown> | unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let page = 0; page < pagesPerRound; page++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / pagesPerRound;
}
