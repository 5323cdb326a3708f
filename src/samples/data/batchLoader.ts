// Batches for training and evaluation, in reused buffers. Knows no distortion and no tensors.
import { randomStream, shuffle, UsageError } from '../../core/floor.ts';
import { BalancedOrder } from './balancedOrder.ts';
import { type DatasetView, type Samples, viewOf } from './datasetView.ts';

/** How {@link BatchLoader} deals out samples. */
export interface BatchOptions {
  /** Samples a batch, at least 1. */
  readonly batchSize: number;
  /** Seed of the orders of all epochs; not needed where `shuffled` is false. */
  readonly seed?: number;
  /** Whether each epoch has its own order; default true. */
  readonly shuffled?: boolean;
  /**
   * Whether every class gives equally many samples to an epoch (`true`), and each joined set its part of every class
   * (`'sets'`); default false. See {@link BalancedOrder}.
   */
  readonly balanced?: boolean | 'sets';
}

/** A batch. Its arrays are the loader's own and are overwritten by the next batch: copy what you keep. */
export interface Batch {
  /** Number of the batch within its epoch, from 0. */
  readonly step: number;
  /** Samples in it: `batchSize`, or fewer in the last batch of an epoch. */
  readonly count: number;
  /** `[count, rows * columns]`, one byte per pixel. */
  readonly images: Uint8Array;
  /** `[count]`, the class of each picture. */
  readonly targets: Uint16Array;
  /** `[count]`, each picture's position in the data set. */
  readonly indices: Uint32Array;
}

/**
 * Deals out samples in batches: every sample once an epoch, or every class equally often.
 *
 * The order of an epoch is a pure function of seed and epoch, so a run can resume at any epoch and step without a
 * replay. One loader serves one epoch at a time: its buffers are shared by all its batches.
 */
export class BatchLoader {
  readonly view: DatasetView;
  readonly batchSize: number;
  /** Batches per epoch; the last may be short. */
  readonly stepsPerEpoch: number;
  readonly #seed: number | undefined;
  readonly #balanced: BalancedOrder | undefined;
  readonly #images: Uint8Array;
  readonly #targets: Uint16Array;
  /** The order of the last epoch requested in shards. */
  #ordered: { readonly epoch: number; readonly order: Uint32Array } | undefined;

  /**
   * @throws {UsageError} when there is no sample, the batch size is not a whole number of at least 1, the seed is
   * missing, or a balanced order is not shuffled.
   */
  constructor(samples: Samples, options: BatchOptions) {
    const { batchSize, seed, shuffled = true, balanced = false } = options;
    this.view = viewOf(samples);
    const { dataset, indices } = this.view;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new UsageError(`batches of ${dataset.name}: expected a size of at least 1, received ${batchSize}`);
    }
    if (indices.length === 0) {
      throw new UsageError(`batches of ${dataset.name}: expected at least one sample, received none`);
    }
    if (shuffled && seed === undefined) {
      throw new UsageError(`batches of ${dataset.name}: expected a seed for shuffled batches, received none`);
    }
    if (balanced !== false && !shuffled) {
      throw new UsageError(
        `batches of ${dataset.name}: expected balanced batches to be shuffled, received an order to keep`,
      );
    }
    this.batchSize = batchSize;
    this.stepsPerEpoch = Math.ceil(indices.length / batchSize);
    this.#seed = shuffled ? seed : undefined;
    this.#balanced = balanced ? new BalancedOrder(this.view, seed!, balanced === 'sets') : undefined;
    const room = Math.min(batchSize, indices.length);
    this.#images = new Uint8Array(room * dataset.width * dataset.height);
    this.#targets = new Uint16Array(room);
  }

  /**
   * The data set's positions in the order in which an epoch deals them out; a new array, or the view's own if not
   * shuffled.
   */
  order(epoch: number): Uint32Array {
    if (this.#seed === undefined) return this.view.indices;
    const samples = this.#balanced?.samples(epoch) ?? this.view.indices.slice();
    return shuffle(samples, randomStream(this.#seed, 'shuffle', epoch));
  }

  /**
   * The batches of an epoch.
   *
   * @param epoch whole number from 0.
   * @param fromStep first batch, 0 to `stepsPerEpoch`: where a resumed run continues.
   * @throws {UsageError} when `fromStep` is beyond the epoch.
   */
  *epoch(epoch: number, fromStep = 0): Generator<Batch, void, undefined> {
    if (!Number.isInteger(fromStep) || fromStep < 0 || fromStep > this.stepsPerEpoch) {
      throw new UsageError(
        `batches of ${this.view.dataset.name}: expected a first step from 0 to ${this.stepsPerEpoch}, received ${fromStep}`,
      );
    }
    const order = this.order(epoch);
    for (let step = fromStep; step < this.stepsPerEpoch; step++) {
      yield this.#fill(step, order.subarray(step * this.batchSize, (step + 1) * this.batchSize));
    }
  }

  /** Samples in a batch of an epoch: `batchSize`, or fewer in the last. @param step 0 to `stepsPerEpoch - 1`. */
  samplesIn(step: number): number {
    return Math.min(this.batchSize, this.view.indices.length - step * this.batchSize);
  }

  /**
   * A shard of a batch: what one worker of several takes of it. Every sample of a batch is in exactly one of its
   * shards.
   *
   * @param step batch of the epoch, 0 to `stepsPerEpoch - 1`.
   * @param shard 0 to `shards - 1`; it is empty where the batch has fewer samples than shards.
   */
  shard(epoch: number, step: number, shard: number, shards: number): Batch {
    if (this.#ordered?.epoch !== epoch) this.#ordered = { epoch, order: this.order(epoch) };
    const batch = this.#ordered.order.subarray(step * this.batchSize, (step + 1) * this.batchSize);
    const [first, end] = [shardStart(shard, shards, batch.length), shardStart(shard + 1, shards, batch.length)];
    return this.#fill(step, batch.subarray(first, end));
  }

  #fill(step: number, indices: Uint32Array): Batch {
    const { dataset } = this.view;
    const pixels = dataset.width * dataset.height;
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]!;
      this.#images.set(dataset.images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
      this.#targets[i] = dataset.targets[index]!;
    }
    const count = indices.length;
    return {
      step,
      count,
      images: this.#images.subarray(0, count * pixels),
      targets: this.#targets.subarray(0, count),
      indices,
    };
  }
}

/**
 * First sample of a shard of a batch; the shards of a batch differ by at most one sample. @param shard 0 to `shards`,
 * which is the end.
 */
export function shardStart(shard: number, shards: number, samples: number): number {
  return Math.floor((shard * samples) / shards);
}
