// The memory of one network's WebAssembly kernels: packed weights first, for good, and behind them what one batch size
// needs. It grows only at load and for a larger batch, since growing detaches every view that has been handed out.
import { maximumNetworkBytes } from '../limits.ts';

const pageBytes = 65536;

/** Every piece begins on a cache line; the first line stays empty, so that no address is 0. */
const alignment = 64;

/** Room for the rounding of pieces, on top of what the budget allows. */
const slackBytes = 16 * 2 ** 20;

/** Bytes that a piece really takes. */
export function roundedBytes(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** Hands out pieces of one WebAssembly memory, each by its address. */
export interface WasmMemory {
  readonly memory: WebAssembly.Memory;
  /** A zeroed piece that stays, before the first `reserve`; fill it through `view` at once. */
  keep(bytes: number): number;
  /** Makes room for `bytes` of pieces and takes back all that `take` gave; views from before must not be used again. */
  reserve(bytes: number): void;
  /** A zeroed piece of the reserved room. */
  take(bytes: number): number;
  /** A piece as floats. */
  floats(address: number, length: number): Float32Array;
  /** A piece as whole numbers. */
  integers(address: number, length: number): Int32Array;
}

/** @throws {RangeError} when the host has no memory to give. */
export function newWasmMemory(): WasmMemory {
  const memory = new WebAssembly.Memory({
    initial: 1,
    maximum: Math.ceil((maximumNetworkBytes + slackBytes) / pageBytes),
  });
  let kept = alignment;
  let taken = alignment;
  function provide(end: number): void {
    const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
    if (missing > 0) memory.grow(missing);
  }
  return {
    memory,
    keep(bytes) {
      const address = kept;
      kept += roundedBytes(bytes);
      taken = kept;
      provide(kept);
      return address;
    },
    reserve(bytes) {
      taken = kept;
      provide(kept + roundedBytes(bytes));
    },
    take(bytes) {
      const address = taken;
      taken += roundedBytes(bytes);
      new Uint8Array(memory.buffer, address, bytes).fill(0);
      return address;
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    integers: (address, length) => new Int32Array(memory.buffer, address, length),
  };
}
