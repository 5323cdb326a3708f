// Packs weights for the WebAssembly kernels, which read eight filters at a time.
import type { Claim } from './kernels.ts';
import { roundedBytes, type WasmMemory } from './wasmMemory.ts';

/** Filters (or units) of a block: two vectors; the same number as `tileFilters` in scripts/build/kernelText.ts. */
const blockFilters = 8;

/** Addresses of `[filter block][tap][8]` and `[filter block][8]`; the last block is filled up with zeros. */
export interface PackedBlocks {
  readonly weights: number;
  readonly bias: number;
}

/**
 * @param bias one number a filter, the first at `biasStart`.
 * @param weight the weight of a filter for a tap.
 */
export function packBlocks(
  memory: WasmMemory,
  claim: Claim,
  filters: number,
  depth: number,
  bias: Float32Array,
  biasStart: number,
  weight: (filter: number, tap: number) => number,
): PackedBlocks {
  const padded = Math.ceil(filters / blockFilters) * blockFilters;
  claim(roundedBytes(4 * padded * depth) + roundedBytes(4 * padded));
  const weightAddress = memory.keep(4 * padded * depth);
  const biasAddress = memory.keep(4 * padded);
  memory.floats(biasAddress, padded).set(bias.subarray(biasStart, biasStart + filters));
  const values = memory.floats(weightAddress, padded * depth);
  for (let filter = 0; filter < filters; filter++) {
    const start = Math.floor(filter / blockFilters) * depth * blockFilters + (filter % blockFilters);
    for (let tap = 0; tap < depth; tap++) values[start + tap * blockFilters] = weight(filter, tap);
  }
  return { weights: weightAddress, bias: biasAddress };
}
