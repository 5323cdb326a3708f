// Rows of a kernel matrix, which SMO needs repeatedly: the engine computes them in blocks, and they are kept while
// there is room.
import { type Engine, input, type Program, type TensorBuffer, tensorBuffer, toOnnx } from '../../../engine/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import type { PictureRows } from '../../parts/pictureRows.ts';
import { gaussianKernel } from './gaussianKernel.ts';

/** Rows computed at a time: a single one would cost as much memory traffic as all of these. */
const blockRows = 64;

/** Kernel rows of a set of pictures among themselves. */
export interface KernelRows {
  readonly count: number;
  /**
   * Row i, `[count]`, if it is cached; not to be changed. A returned row stays valid over the next `compute`, no
   * longer.
   */
  kept(i: number): Float32Array | undefined;
  /**
   * Row i, computed with others.
   *
   * @param wanted says how likely another row is to be needed soon: the higher, the sooner.
   */
  compute(i: number, wanted: (row: number) => number): Promise<Float32Array>;
}

/** A cache of kernel rows. It keeps the most recently used ones. */
export class KernelCache implements KernelRows {
  readonly count: number;
  readonly #pictures: PictureRows;
  readonly #program: Program;
  readonly #rows = new Map<number, Float32Array>();
  readonly #mostRows: number;
  readonly #input: TensorBuffer & { readonly data: Uint8Array };
  readonly #output: TensorBuffer & { readonly data: Float32Array };

  private constructor(pictures: PictureRows, program: Program, bytes: number) {
    this.count = pictures.count;
    this.#pictures = pictures;
    this.#program = program;
    this.#mostRows = Math.max(blockRows, Math.floor(bytes / (4 * pictures.count)));
    this.#input = tensorBuffer([blockRows, pictures.pixels], 'uint8');
    this.#output = tensorBuffer([blockRows, pictures.count], 'float32');
  }

  /** @param bytes for the rows; at least one block is kept. */
  static async open(engine: Engine, pictures: PictureRows, gamma: number, bytes: number): Promise<KernelCache> {
    const kernel = gaussianKernel(input('images', [blockRows, pictures.pixels], 'uint8'), pictures, gamma);
    const model = writeOnnx(toOnnx({ kernel }, { name: 'kernel-rows' }));
    return new KernelCache(pictures, await engine.compile(model, { threads: 1 }), bytes);
  }

  kept(i: number): Float32Array | undefined {
    const row = this.#rows.get(i);
    if (row === undefined) return undefined;
    // Removed and inserted again, it is the youngest: a Map keeps insertion order.
    this.#rows.delete(i);
    this.#rows.set(i, row);
    return row;
  }

  async compute(i: number, wanted: (row: number) => number): Promise<Float32Array> {
    const { images, pixels, count } = this.#pictures;
    const block = [i, ...this.#likely(i, wanted)];
    for (const [position, row] of block.entries()) {
      this.#input.data.set(images.subarray(row * pixels, (row + 1) * pixels), position * pixels);
    }
    await this.#program.run({ images: this.#input }, { kernel: this.#output });
    for (const [position, row] of block.entries()) {
      this.#rows.set(row, this.#room(this.#output.data.subarray(position * count, (position + 1) * count)));
    }
    return this.kept(i)!;
  }

  /** A copy of a row; without room, in the memory of the least recently used one. */
  #room(values: Float32Array): Float32Array {
    if (this.#rows.size < this.#mostRows) return values.slice();
    const [oldest, row] = this.#rows.entries().next().value!;
    this.#rows.delete(oldest);
    row.set(values);
    return row;
  }

  /** The most wanted rows among those that are not cached. */
  #likely(i: number, wanted: (row: number) => number): number[] {
    // At most half of a small cache: the previously returned row is still in use.
    const most = Math.min(blockRows, Math.floor(this.#mostRows / 2)) - 1;
    const missing: { row: number; want: number }[] = [];
    for (let row = 0; row < this.count; row++) {
      if (row !== i && !this.#rows.has(row)) missing.push({ row, want: wanted(row) });
    }
    missing.sort((one, other) => other.want - one.want || one.row - other.row);
    return missing.slice(0, most).map(({ row }) => row);
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
