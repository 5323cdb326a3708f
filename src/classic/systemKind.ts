// The common shell of every system: it checks samples and pictures, reports progress, divides pictures into batches,
// saves and restores. A system defines only its description, its learning and its reading.
import { FormatError, ShapeError, UsageError } from '../core/floor.ts';
import type { OnnxTensor } from '../onnx/floor.ts';
import { type Samples, viewOf } from '../samples/floor.ts';
import type { Classifier, ClassifierKind, Prediction } from './classifier.ts';
import { checkTrainingSamples } from './parts/checkTrainingSamples.ts';
import { progressOf } from './parts/progressOf.ts';
import type { SavedClassifier } from './savedClassifier.ts';
import { SavedParts } from './savedParts.ts';

/** What a system gets beside its training samples. */
export interface Learning {
  /** Decides every random draw. */
  readonly seed: number;
  /** Takes the finished share of the work, 0..1. @throws {CancelledError} when the caller has cancelled. */
  readonly progress: (share: number) => void;
}

/** A system's learnt state as plain data: the system's part of a classifier's file. */
export interface Learnt {
  /** Settings and small results; survives JSON. */
  readonly settings: unknown;
  /** Everything large. */
  readonly tensors: readonly OnnxTensor[];
}

/** Reads pictures with the learnt state. */
export interface PictureReader {
  /** Most pictures per call; default: any number. */
  readonly batch?: number;
  /** Whether it writes `rejected`; default: no. */
  readonly rejects?: boolean;
  /**
   * Scores of some pictures.
   *
   * @param images `[count, row, column]`, at least one, whole pictures of the right size; read only.
   * @param scores `[count, classes]`, written; zeros before.
   * @param rejected `[count]`, 1 where it refuses to answer; zeros before.
   */
  read(images: Uint8Array, scores: Float32Array, rejected: Uint8Array): void | Promise<void>;
  /** Frees the engine's resources; absent where there are none. */
  dispose?(): Promise<void>;
}

/** A system of recognition without its shell. */
export interface System extends Omit<ClassifierKind, 'fit' | 'restore'> {
  /** Most pixels of a picture; default: any number. */
  readonly mostPixels?: number;
  /** @param samples checked by `checkTrainingSamples`. */
  learn(samples: Samples, learning: Learning): Learnt | Promise<Learnt>;
  /**
   * A reader with what {@link learn} returned, now or from a file.
   *
   * @throws {FormatError} when settings or tensors are not those of this system; they are not trusted.
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
