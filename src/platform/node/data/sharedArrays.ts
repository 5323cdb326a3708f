// Arrays in memory that threads share: each is there once, not once per thread.

type NumberArray<T> = new (buffer: SharedArrayBuffer) => T;

/** Bytes in shared memory, all 0. */
export function sharedBytes(count: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(count));
}

/** Numbers of 16 bits in shared memory, all 0: classes, writers. */
export function sharedNumbers(count: number): Uint16Array {
  return new Uint16Array(new SharedArrayBuffer(count * Uint16Array.BYTES_PER_ELEMENT));
}

/** The same numbers in shared memory; the array itself where it is shared already. */
export function inSharedMemory<T extends Uint8Array | Uint16Array | Uint32Array>(array: T, type: NumberArray<T>): T {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const copy = new type(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
