// Large dense layers exchange the two factors of their kernel's gradient instead of the gradient.
import type { NetworkConfig, ParameterSpec } from '../../../engine/floor.ts';
import { placeAuxiliary, placeLayers } from '../../../engine/floor.ts';

/** Rows of a kernel that `UpdateKernels.outer` computes at a time, and columns of one of its tiles. */
export const outerRows = 4;
const outerColumns = 8;

/** Below this, copying a gradient costs less than a step's barriers. */
const leastElements = 65_536;

/**
 * The gradient of a dense kernel, `dW = x^T dy`, is computed where it is used when the batch is at most this large.
 * Workers then exchange only its two factors: half a megabyte instead of 13 for each shard, for the report's hidden
 * layer at batch 32. That saves about 14 passes over memory but computes with vectors of four. The report's network
 * went from 1,530 to 1,740 images/s at batch 32 (2 cores, Zen 5). At batch 128 it went from 2,310 to 2,250, and still
 * saves 120 MiB of memory.
 */
const largestBatch = 128;

/** The parameters of a network whose gradients are exchanged as factors. */
export function factoredParameters(network: NetworkConfig, batch: number): ParameterSpec[] {
  if (batch > largestBatch) return [];
  const layers = [...placeLayers(network), ...placeAuxiliary(network).flatMap((output) => output.layers)];
  return layers
    .filter(({ config }) => config.type === 'dense')
    .flatMap(({ parameters }) => parameters)
    .filter(({ shape }) => {
      const [rows, columns] = shape as readonly [number, number];
      return (
        shape.length === 2 && rows * columns >= leastElements && rows % outerRows === 0 && columns % outerColumns === 0
      );
    });
}
