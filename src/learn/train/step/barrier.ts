// Where threads wait for each other.

/** Spins before a thread goes to sleep: about 20 microseconds, as long as a wake-up takes. */
const spins = 2000;

const failure = 'another thread of the training has failed';

const [arrivedAt, roundAt, brokenAt] = [0, 1, 2] as const;

/** The shared memory that a barrier needs. */
export function barrierMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * 3);
}

/** No thread passes until all have arrived; reusable. */
export class Barrier {
  readonly #cells: Int32Array;
  readonly #count: number;

  /** @param memory from `barrierMemory`, the same for all. @param count threads that meet here. */
  constructor(memory: SharedArrayBuffer, count: number) {
    this.#cells = new Int32Array(memory);
    this.#count = count;
  }

  /** Waits for all others; blocks the thread. @throws {Error} when one of them has failed. */
  wait(): void {
    const cells = this.#cells;
    const round = Atomics.load(cells, roundAt);
    // After the round was read: breaking the barrier from here on changes it.
    if (Atomics.load(cells, brokenAt) !== 0) throw new Error(failure);
    if (Atomics.add(cells, arrivedAt, 1) + 1 === this.#count) {
      Atomics.store(cells, arrivedAt, 0);
      Atomics.add(cells, roundAt, 1);
      Atomics.notify(cells, roundAt);
    } else {
      for (let spin = 0; spin < spins && Atomics.load(cells, roundAt) === round; spin++);
      while (Atomics.load(cells, roundAt) === round) Atomics.wait(cells, roundAt, round);
    }
    if (Atomics.load(cells, brokenAt) !== 0) throw new Error(failure);
  }

  /** Releases all threads at once, with an error: for a thread that will never arrive. */
  break(): void {
    Atomics.store(this.#cells, brokenAt, 1);
    Atomics.add(this.#cells, roundAt, 1);
    Atomics.notify(this.#cells, roundAt);
  }
}
