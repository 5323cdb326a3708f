// The optimisers' passes in WebAssembly with vectors of four floats, where the host allows them.
import { plainUpdateKernels } from './plainUpdateKernels.ts';
import type { UpdateKernels } from './updateKernels.ts';
import { wasmCode } from './wasmCode.ts';

/** The passes in WebAssembly, or `undefined` where the host refuses to compile them. @param memory a shared one. */
export function wasmUpdateKernels(memory: WebAssembly.Memory): UpdateKernels | undefined {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(wasmCode), (letter) => letter.charCodeAt(0)));
    const passes = new WebAssembly.Instance(module, { host: { memory } }).exports;
    return { ...(passes as unknown as Omit<UpdateKernels, 'floats'>), floats: new Float32Array(memory.buffer) };
  } catch {
    return undefined;
  }
}

/** The fastest passes of this host. */
export function fastestUpdateKernels(memory: WebAssembly.Memory): UpdateKernels {
  return wasmUpdateKernels(memory) ?? plainUpdateKernels(memory);
}
