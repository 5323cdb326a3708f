// The claim of multiscale training, measured: less work than training at full size directly, to the same accuracy.
import type { Samples } from '../../../samples/floor.ts';
import { multiscaleSettings, seedSamples } from './multiscale.ts';
import { coarsened, seedWidth } from './seedInput.ts';
import { activationsOf, runNetwork, type SigmoidNetwork } from './sigmoidNetwork.ts';
import { type ScaleSettings, type SeedSamples, trainScales } from './trainScales.ts';

/** A network after a sweep. */
export interface MultiscalePoint {
  /** Width of its input. */
  readonly width: number;
  /** Sweep at this width, from 1. */
  readonly sweep: number;
  /** Multiply-adds so far; the same on every machine. */
  readonly multiplyAdds: number;
  /** Time of training so far, without measuring. */
  readonly milliseconds: number;
  /** Share of right training samples in the sense of the source: one output above 0.9, the others below 0.1. */
  readonly right: number;
  /** Share of the validation samples whose class has the greatest output. */
  readonly accuracy: number;
}

/** Both ways from random weights to a network of 20x28 inputs. */
export interface MultiscaleCurves {
  readonly multiscale: readonly MultiscalePoint[];
  readonly direct: readonly MultiscalePoint[];
}

/** Options of the comparison. */
export interface MultiscaleCurveOptions {
  readonly seed: number;
  /** Milliseconds on some clock. */
  readonly now: () => number;
  /** Settings of the multiscale training; the direct one has the same hidden units. */
  readonly settings?: ScaleSettings;
  /**
   * Learning rate of the direct training; default 1, which was better than 0.03, 0.12 and 0.36; see
   * `multiscaleSettings`.
   */
  readonly directRate?: number;
  /** Most sweeps of the direct training; default 60. */
  readonly directSweeps?: number;
}

/** Trains both ways, with the same seed on the same samples, and tests each network after every sweep. */
export function multiscaleCurves(
  train: Samples,
  validation: Samples,
  { seed, now, settings = multiscaleSettings, directRate = 1, directSweeps = 60 }: MultiscaleCurveOptions,
): MultiscaleCurves {
  const [taught, asked] = [seedSamples(train), seedSamples(validation)];
  const direct = { ...settings, scales: 1, rate: directRate, sweeps: [directSweeps] };
  return {
    multiscale: curveOf(taught, asked, settings, seed, now),
    direct: curveOf(taught, asked, direct, seed, now),
  };
}

/** Work after which a curve first reaches an accuracy; undefined: it never does. */
export function workToReach(curve: readonly MultiscalePoint[], accuracy: number): MultiscalePoint | undefined {
  return curve.find((point) => point.accuracy >= accuracy);
}

function curveOf(
  taught: SeedSamples,
  asked: SeedSamples,
  settings: ScaleSettings,
  seed: number,
  now: () => number,
): MultiscalePoint[] {
  const points: MultiscalePoint[] = [];
  let asking = 0;
  const start = now();
  trainScales(taught, settings, seed, undefined, ({ network, width, sweep, right, multiplyAdds }) => {
    const before = now();
    const accuracy = accuracyOf(network, width, asked);
    points.push({ width, sweep, multiplyAdds, milliseconds: before - start - asking, right, accuracy });
    asking += now() - before;
  });
  return points;
}

function accuracyOf(network: SigmoidNetwork, width: number, { rows: finest, targets, count }: SeedSamples): number {
  let rows = finest;
  for (let own = seedWidth; own > width; own /= 2) rows = coarsened(rows, own);
  const activations = activationsOf(network);
  const { outputs } = activations;
  let right = 0;
  for (let row = 0; row < count; row++) {
    runNetwork(network, rows, row, activations);
    if (outputs.indexOf(Math.max(...outputs)) === targets[row]) right++;
  }
  return right / count;
}
