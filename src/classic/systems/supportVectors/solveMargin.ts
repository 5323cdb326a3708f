// Sequential minimal optimisation: finds the support vectors of two classes, two multipliers at a time. Knows no
// pictures, only rows of a kernel matrix with `K(x, x) = 1`.
import type { KernelRows } from './kernelCache.ts';

/** The problem. */
export interface MarginProblem {
  /** +1 or -1 of each sample. */
  readonly signs: Int8Array;
  /** C, above 0: the largest multiplier of a sample. */
  readonly cost: number;
  /** Largest tolerated violation of the optimality conditions; default 0.001, as in LIBSVM. */
  readonly tolerance?: number;
}

/** The decision `sum of weights[k] K(x, x_k) - offset`; above 0 it is for +1. */
export interface MarginSolution {
  /** `alpha[k] signs[k]`, `[count]`; not 0 for the support vectors. */
  readonly weights: Float64Array;
  readonly offset: number;
  readonly iterations: number;
}

/** Steps between two checks for cancellation: a few milliseconds. */
const stepsPerLook = 256;
/** Curvatures below this count as this, as in LIBSVM: two equal samples have none. */
const leastCurvature = 1e-12;
/** More steps per sample than this mean an error (digits take less than one). */
const mostStepsPerSample = 10_000;

/**
 * Minimises `1/2 a'Qa - sum a` over `0 <= a <= C`, `sum a y = 0`, `Q[i][j] = y[i] y[j] K[i][j]`: the dual of a support
 * vector machine (Boser, Guyon and Vapnik 1992; SMO: Platt 1998), choosing pairs by second-order information (Fan, Chen
 * and Lin 2005, WSS 2).
 *
 * @param look called at intervals; may throw to stop.
 */
export async function solveMargin(
  rows: KernelRows,
  { signs, cost, tolerance = 0.001 }: MarginProblem,
  look: () => void = () => {},
): Promise<MarginSolution> {
  const count = signs.length;
  const alpha = new Float64Array(count);
  // y times the gradient of the objective, which is y (Qa - 1): at a = 0 it is -y.
  const slope = Float64Array.from(signs, (sign) => -sign);
  const mayRise = (k: number): boolean => (signs[k]! > 0 ? alpha[k]! < cost : alpha[k]! > 0);
  const mayFall = (k: number): boolean => (signs[k]! > 0 ? alpha[k]! > 0 : alpha[k]! < cost);
  /** A sample's distance from optimality, in the better of its two directions: its row is likely to be needed. */
  const wanted = (k: number): number => (mayRise(k) ? -slope[k]! : slope[k]!);
  let iterations = 0;
  for (; iterations < mostStepsPerSample * count; iterations++) {
    if (iterations % stepsPerLook === 0) look();
    let i = -1;
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < count; k++) {
      if (-slope[k]! > highest && mayRise(k)) {
        highest = -slope[k]!;
        i = k;
      }
      if (-slope[k]! < lowest && mayFall(k)) lowest = -slope[k]!;
    }
    if (highest - lowest < tolerance) break;
    const rowI = rows.kept(i) ?? (await rows.compute(i, wanted));
    let j = -1;
    let bestGain = 0;
    for (let k = 0; k < count; k++) {
      const violation = highest + slope[k]!;
      if (violation <= 0 || !mayFall(k)) continue;
      const gain = (violation * violation) / Math.max(leastCurvature, 2 - 2 * rowI[k]!);
      if (gain > bestGain) {
        bestGain = gain;
        j = k;
      }
    }
    const rowJ = rows.kept(j) ?? (await rows.compute(j, wanted));
    const curvature = Math.max(leastCurvature, 2 - 2 * rowI[j]!);
    const roomI = signs[i]! > 0 ? cost - alpha[i]! : alpha[i]!;
    const roomJ = signs[j]! > 0 ? alpha[j]! : cost - alpha[j]!;
    const step = Math.min((highest + slope[j]!) / curvature, roomI, roomJ);
    // At a bound exactly, so that `mayRise` and `mayFall` see it.
    alpha[i] = step === roomI ? (signs[i]! > 0 ? cost : 0) : alpha[i]! + signs[i]! * step;
    alpha[j] = step === roomJ ? (signs[j]! > 0 ? 0 : cost) : alpha[j]! - signs[j]! * step;
    for (let k = 0; k < count; k++) slope[k]! += step * (rowI[k]! - rowJ[k]!);
  }
  return { weights: alpha.map((value, k) => value * signs[k]!), offset: offsetOf(slope, mayRise, mayFall), iterations };
}

/**
 * Mean slope of the samples with multipliers between the bounds, which lie on the margin; where there is none, the
 * middle between the bounds that the others leave.
 */
function offsetOf(slope: Float64Array, mayRise: (k: number) => boolean, mayFall: (k: number) => boolean): number {
  let [sum, free] = [0, 0];
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  slope.forEach((value, k) => {
    if (mayRise(k) && mayFall(k)) {
      sum += value;
      free++;
    } else if (mayRise(k)) high = Math.min(high, value);
    else low = Math.max(low, value);
  });
  return free > 0 ? sum / free : (low + high) / 2;
}
