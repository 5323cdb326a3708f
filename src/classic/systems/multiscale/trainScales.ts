// The order of multiscale training: sweeps at the coarsest scale, boost, sweeps at the next. `sigmoidNetwork.ts` has
// the step of a sweep.
import { randomStream, shuffle } from '../../../core/floor.ts';
import { coarsened, seedHeight, seedWidth } from './seedInput.ts';
import { BackPropagation, boosted, randomNetwork, type SigmoidNetwork } from './sigmoidNetwork.ts';

/** How a network is trained. */
export interface ScaleSettings {
  /** Hidden units. */
  readonly hidden: number;
  /** Number of scales, 1 to 3, each twice as fine as the one before; 1 trains at full size directly. */
  readonly scales: number;
  /** Learning rate at the finest scale; it is four times as high per coarser scale. */
  readonly rate: number;
  /** Most sweeps over the samples at each scale, coarsest first; with fewer scales the last ones apply. */
  readonly sweeps: readonly number[];
}

/** Samples as a network sees them. */
export interface SeedSamples {
  readonly count: number;
  readonly classes: number;
  /** `[count, 28, 20]`. */
  readonly rows: Float32Array;
  /** Class of each, `[count]`. */
  readonly targets: Uint16Array;
}

/** The state after a sweep. */
export interface SweepReport {
  /** Scale; 0 is the coarsest one used. */
  readonly scale: number;
  /** Sweep at this scale, from 1. */
  readonly sweep: number;
  /** Share of right samples, each before its own step. */
  readonly right: number;
  /** Multiply-adds of all sweeps so far; zeros of the input, which are skipped, do not count. */
  readonly multiplyAdds: number;
  /** The current network; it continues to change. */
  readonly network: SigmoidNetwork;
  readonly width: number;
}

/**
 * A scale is learnt when this share of its samples is right (the source has 315 of 320, and all of them at the end).
 */
const enough = 0.985;
/** Or when the share has risen by at most this in this many sweeps. */
const patience = 4;
const leastGain = 0.02;
/** Samples between two checks for cancellation: some milliseconds. */
const samplesPerLook = 256;

/**
 * Trains a network scale by scale.
 *
 * @param progress takes the finished share of the work; throws when cancelled.
 * @returns the network of the finest scale.
 */
export function trainScales(
  samples: SeedSamples,
  settings: ScaleSettings,
  seed: number,
  progress: (share: number) => void = () => {},
  onSweep: (report: SweepReport) => void = () => {},
): SigmoidNetwork {
  const { hidden, scales, rate } = settings;
  const { count, classes, targets } = samples;
  const pyramid = pyramidOf(samples.rows, scales);
  const sweeps = settings.sweeps.slice(-scales);
  const work = pyramid.map(({ pixels }, scale) => pixels * sweeps[scale]!);
  const total = work.reduce((sum, part) => sum + part, 0);
  let network = randomNetwork(pyramid[0]!.pixels, hidden, classes, randomStream(seed, 'multiscale', 'weights'));
  const teacher = new BackPropagation(network);
  let multiplyAdds = 0;
  let done = 0;
  progress(0);
  for (const [scale, { rows, width, pixels }] of pyramid.entries()) {
    if (scale > 0) network = boosted(network, width / 2);
    const filled = rows.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
    const rightShares: number[] = [];
    for (let sweep = 1; sweep <= sweeps[scale]! && !isLearnt(rightShares); sweep++) {
      const order = shuffle(
        Uint32Array.from({ length: count }, (_, index) => index),
        randomStream(seed, 'multiscale', 'order', scale, sweep),
      );
      let right = 0;
      for (const [place, row] of order.entries()) {
        if (place % samplesPerLook === 0) progress((done + pixels * (sweep - 1 + place / count)) / total);
        if (teacher.step(network, rows, row, targets[row]!, rate * 4 ** (scales - 1 - scale))) right++;
      }
      rightShares.push(right / count);
      // Forward and change of the input's weights; forward, backward and change of the outputs'.
      multiplyAdds += 2 * filled * hidden + 3 * count * hidden * classes;
      onSweep({ scale, sweep, right: right / count, multiplyAdds, network, width });
    }
    done += work[scale]!;
  }
  progress(1);
  return network;
}

function isLearnt(shares: readonly number[]): boolean {
  const last = shares.at(-1) ?? 0;
  if (last >= enough) return true;
  const before = Math.max(0, ...shares.slice(0, -patience));
  // At first no output is certain; with many inputs this lasts many sweeps.
  return before > 0 && Math.max(...shares.slice(-patience)) < before + leastGain;
}

interface Scale {
  readonly rows: Float32Array;
  readonly width: number;
  readonly pixels: number;
}

/** Coarsest first. */
function pyramidOf(rows: Float32Array, scales: number): Scale[] {
  const pyramid: Scale[] = [{ rows, width: seedWidth, pixels: seedWidth * seedHeight }];
  while (pyramid.length < scales) {
    const { rows: finer, width, pixels } = pyramid[0]!;
    pyramid.unshift({ rows: coarsened(finer, width), width: width / 2, pixels: pixels / 4 });
  }
  return pyramid;
}
