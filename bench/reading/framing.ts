// How long a picture of 1000 x 1000 pixels, as a scanner or a phone gives it, takes to become the network's input.

import { openDataset } from 'ductus/node';
import { frameCharacter, mnistFraming, type Picture, resizePicture } from 'ductus/picture';
import { pictureAt } from 'ductus/samples';
import { randomStream } from '../../src/core/floor.ts';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, spread } from '../harness/benchmark.ts';

const side = 1000;

/** How long each kind of picture is framed in a round. */
const secondsPerRound = 0.5;

/** A digit dark on even paper, and the same on paper with a shadow and noise, which takes more steps. */
export const framingBenchmark: Benchmark = {
  name: 'framing',
  description: `framing of a ${side} x ${side} picture, milliseconds, one core`,
  async run() {
    const digit = resizePicture(pictureAt(await openDataset('mnist:test'), 0), side, side);
    const pictures = { 'even paper': onPaper(digit, 0, 0), 'shadow and noise': onPaper(digit, 80, 6) };
    const kinds = Object.entries(pictures).map(([name, picture]) => {
      if (frameCharacter(picture, mnistFraming) === undefined) throw new Error(`${name}: expected a digit to be found`);
      return {
        name,
        measure: async () =>
          1000 / (await callsPerSecond(secondsPerRound, () => frameCharacter(picture, mnistFraming))),
      };
    });
    const times = await alternate(kinds);
    return kinds.map(({ name }) => ({ what: `framing, ${name}`, unit: 'ms', ours: spread(times.get(name)!) }));
  },
};

/** Ink on paper: darker from left to right by `shadow` grey levels, with normal noise of that deviation. */
function onPaper({ width, height, pixels: ink }: Picture, shadow: number, deviation: number): Picture {
  const random = randomStream(1, 'paper');
  const pixels = Uint8Array.from(ink, (amount, index) => {
    const paper = 235 - (shadow * (index % width)) / width;
    const value = paper * (1 - (0.85 * amount) / 255) + deviation * random.normal();
    return Math.max(0, Math.min(255, Math.round(value)));
  });
  return { width, height, pixels };
}
