// The kernels in WebAssembly with vectors of four floats, where the host allows them: the same answers as the plain
// ones up to rounding (sums are float32 here). Depthwise convolution is the plain one, over the same memory.
import type { Kernels } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { wasmCode } from './wasmCode.ts';
import { packWasmConvolution } from './wasmConvolution.ts';
import { packWasmDense } from './wasmDense.ts';
import type { WasmFunctions } from './wasmFunctions.ts';
import { wasmMaxPool } from './wasmMaxPool.ts';
import { newWasmMemory } from './wasmMemory.ts';

/** The module, compiled once; `undefined` where that was refused, `null` before the first try. */
let compiled: WebAssembly.Module | undefined | null = null;

function compile(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(wasmCode), (letter) => letter.charCodeAt(0)));
  } catch {
    // No WebAssembly, none with vectors, or a content security policy without 'wasm-unsafe-eval': plain kernels then.
    return undefined;
  }
}

/**
 * The WebAssembly kernels, or `undefined` where the host lacks WebAssembly or its vectors, or refuses to compile.
 *
 * The module is compiled at the first call, which takes about a millisecond, and kept.
 */
export function wasmKernels(): Kernels | undefined {
  if (compiled === null) compiled = compile();
  const module = compiled;
  return module === undefined ? undefined : { ...plainKernels, name: 'wasm', forNetwork: () => ownKernels(module) };
}

/** The kernels with a memory of their own; plain ones where the host has no memory of that kind left. */
function ownKernels(module: WebAssembly.Module): Kernels {
  try {
    const memory = newWasmMemory();
    const { exports } = new WebAssembly.Instance(module, { host: { memory: memory.memory } });
    const functions = exports as unknown as WasmFunctions;
    return {
      name: 'wasm',
      allocate: (length) => memory.floats(memory.take(4 * length), length),
      reserve: memory.reserve,
      packConvolution: (weights, activation, claim) =>
        packWasmConvolution(functions, memory, weights, activation, claim),
      packDense: (weights, depth, units, bias, activation, claim) =>
        packWasmDense(functions, memory, weights, depth, units, bias, activation, claim),
      maxPool: (channels, geometry) => wasmMaxPool(functions, channels, geometry),
    };
  } catch {
    return plainKernels;
  }
}

/** The fastest kernels that this host has. */
export function fastestKernels(): Kernels {
  return wasmKernels() ?? plainKernels;
}
