// The one shell of every system: it checks samples and pictures, reports progress, cuts pictures into batches, saves and restores.
// A system says only what it is, how it learns and how it reads.
import { FormatError, ShapeError, UsageError } from '../core/floor.ts';
import type { OnnxTensor } from '../onnx/floor.ts';
import { type Samples, viewOf } from '../samples/floor.ts';
import type { Classifier, ClassifierKind, Prediction } from './classifier.ts';
import { checkTrainingSamples } from './parts/checkTrainingSamples.ts';
import { progressOf } from './parts/progressOf.ts';
import type { SavedClassifier } from './savedClassifier.ts';
import { SavedParts } from './savedParts.ts';

/** What a system gets beside the samples that it learns from. */
export interface Learning {
  /** Decides everything that is drawn at random. */
  readonly seed: number;
  /** Takes the share of the work that is done, 0..1. @throws {CancelledError} when the caller wants no more. */
  readonly progress: (share: number) => void;
}

/** What a system has learnt, as plain data: the system's part of a classifier's file. */
export interface Learnt {
  /** Settings and small results; survives JSON. */
  readonly settings: unknown;
  /** Everything large. */
  readonly tensors: readonly OnnxTensor[];
}

/** Reads pictures by what was learnt. */
export interface PictureReader {
  /** Pictures of one call at most; default: any number. */
  readonly batch?: number;
  /** Whether it writes `rejected`; default: no. */
  readonly rejects?: boolean;
  /**
   * Scores of some pictures.
   *
   * @param images `[count, row, column]`, at least one, whole pictures of the right size; only read.
   * @param scores `[count, classes]`, written; zeros before.
   * @param rejected `[count]`, 1 where it refuses to answer; zeros before.
   */
  read(images: Uint8Array, scores: Float32Array, rejected: Uint8Array): void | Promise<void>;
  /** Frees what the engine holds; absent where it holds nothing. */
  dispose?(): Promise<void>;
}

/** A system of recognition without its shell. */
export interface System extends Omit<ClassifierKind, 'fit' | 'restore'> {
  /** Pixels of a picture at most; default: any number. */
  readonly mostPixels?: number;
  /** @param samples checked by `checkTrainingSamples`. */
  learn(samples: Samples, learning: Learning): Learnt | Promise<Learnt>;
  /**
   * Reads by what {@link learn} gave, now or out of a file.
   *
   * @throws {FormatError} when settings or tensors are not those of this system; they may be a stranger's.
   */
  open(saved: SavedParts): PictureReader | Promise<PictureReader>;
}

/** The kind of a system: the system in its shell. */
export function systemKind({ learn, open, mostPixels = Number.POSITIVE_INFINITY, ...about }: System): ClassifierKind {
  const { name } = about;
  const opened = async (saved: SavedClassifier, source: string): Promise<Classifier> =>
    new SystemClassifier(saved, await open(new SavedParts(saved, source)));
  return {
    ...about,
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      const { labels, width, height } = viewOf(samples).dataset;
      if (width * height > mostPixels) {
        throw new UsageError(`${name}: expected pictures of at most ${mostPixels} pixels, received ${width * height}`);
      }
      const progress = progressOf(name, options);
      progress(0);
      const learnt = await learn(samples, { seed: options.seed, progress });
      progress(1);
      return opened({ ...{ kind: name, labels, width, height }, ...learnt }, name);
    },
    async restore(saved, source) {
      const pixels = saved.width * saved.height;
      if (saved.kind !== name) throw new FormatError(`${source}: expected a classifier ${name}, found ${saved.kind}`);
      if (pixels > mostPixels) {
        throw new FormatError(`${source}: ${name}: expected pictures of at most ${mostPixels} pixels, found ${pixels}`);
      }
      return opened(saved, source);
    },
  };
}

class SystemClassifier implements Classifier {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #saved: SavedClassifier;
  readonly #reader: PictureReader;

  constructor(saved: SavedClassifier, reader: PictureReader) {
    this.kind = saved.kind;
    this.labels = saved.labels;
    this.width = saved.width;
    this.height = saved.height;
    this.#saved = saved;
    this.#reader = reader;
  }

  async predict(images: Uint8Array): Promise<Prediction> {
    const { kind, width, height } = this;
    const pixels = width * height;
    const classes = this.labels.length;
    const count = images.length / pixels;
    if (!Number.isInteger(count)) {
      throw new ShapeError(`${kind}: expected pictures of ${width}x${height} pixels, received ${images.length} bytes`);
    }
    const { batch = count, rejects = false } = this.#reader;
    const scores = new Float32Array(count * classes);
    const rejected = new Uint8Array(count);
    for (let from = 0; from < count; from += batch) {
      const to = Math.min(count, from + batch);
      await this.#reader.read(
        images.subarray(from * pixels, to * pixels),
        scores.subarray(from * classes, to * classes),
        rejected.subarray(from, to),
      );
    }
    return rejects ? { scores, rejected } : { scores };
  }

  save(): SavedClassifier {
    return this.#saved;
  }

  async dispose(): Promise<void> {
    await this.#reader.dispose?.();
  }
}
