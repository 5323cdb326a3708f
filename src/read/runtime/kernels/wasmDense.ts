// Dense layers for the WebAssembly kernels: packs the weights into their memory. The product itself is in
// scripts/build/kernelText.ts.
import { packDense } from './dense.ts';
import type { Activation, Claim, PackedDense } from './kernels.ts';
import { packBlocks } from './wasmBlocks.ts';
import type { WasmFunctions } from './wasmFunctions.ts';
import type { WasmMemory } from './wasmMemory.ts';

/** Packs weights `[depth, units]` as `[unit block][depth][8]`; input and output must lie in `memory`. */
export function packWasmDense(
  functions: WasmFunctions,
  memory: WasmMemory,
  weights: Float32Array,
  depth: number,
  units: number,
  bias: Float32Array,
  activation: Activation,
  claim: Claim,
): PackedDense {
  // Nothing to sum, or nothing to compute: not worth a case in the vector code.
  if (depth === 0 || units === 0) return packDense(weights, depth, units, bias, activation, claim);
  const packed = packBlocks(memory, claim, units, depth, bias, 0, (unit, tap) => weights[tap * units + unit]!);
  const floor = activation === 'relu' ? 0 : -Infinity;
  return {
    run(rows, input, output) {
      if (rows === 0) return;
      functions.dense(
        packed.weights,
        packed.bias,
        depth,
        units,
        input.byteOffset,
        rows,
        output.byteOffset,
        4 * units,
        floor,
      );
    },
  };
}
