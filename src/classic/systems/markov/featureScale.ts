// Features of many pictures as rows, each feature brought to mean 0 and deviation 1 so that one floor suits the
// variances of all.
import type { Dataset } from '../../../samples/floor.ts';
import type { VectorRows } from '../../parts/kMeans.ts';
import { characterFeatures, featureCount } from './characterFeatures.ts';

/** Pictures between two calls of `progress`: some tens of milliseconds. */
const picturesPerLook = 64;
/** Least deviation: smaller ones count as this. All features are shares or lengths from 0 to 1. */
export const leastDeviation = 1e-3;

/** Mean and deviation of each feature over the training samples. */
export interface FeatureScale {
  /** `[feature]`. */
  readonly mean: Float32Array;
  /** `[feature]`, at least {@link leastDeviation}. */
  readonly deviation: Float32Array;
}

/**
 * Features of some pictures.
 *
 * @param indices of the pictures in the data set.
 * @param progress takes the finished share; may throw.
 */
export function featureRows(
  { width, height, images }: Pick<Dataset, 'width' | 'height' | 'images'>,
  indices: ArrayLike<number>,
  progress: (share: number) => void = () => {},
): VectorRows {
  const pixels = width * height;
  const data = new Float32Array(indices.length * featureCount);
  for (let row = 0; row < indices.length; row++) {
    if (row % picturesPerLook === 0) progress(row / indices.length);
    const from = indices[row]! * pixels;
    characterFeatures({ width, height, pixels: images.subarray(from, from + pixels) }, data, row * featureCount);
  }
  return { count: indices.length, size: featureCount, data };
}

/** Mean and deviation of the features of some rows, at least one. */
export function featureScale({ count, size, data }: VectorRows): FeatureScale {
  const sums = new Float64Array(size);
  for (let at = 0; at < data.length; at++) sums[at % size]! += data[at]!;
  const mean = Float32Array.from(sums, (sum) => sum / count);
  const squares = new Float64Array(size);
  for (let at = 0; at < data.length; at++) squares[at % size]! += (data[at]! - mean[at % size]!) ** 2;
  return { mean, deviation: Float32Array.from(squares, (sum) => Math.max(leastDeviation, Math.sqrt(sum / count))) };
}

/** Standardises rows in place: `(x - mean) / deviation`. */
export function standardize({ size, data }: VectorRows, { mean, deviation }: FeatureScale): void {
  for (let at = 0; at < data.length; at++) data[at] = (data[at]! - mean[at % size]!) / deviation[at % size]!;
}
