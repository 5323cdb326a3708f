// The interface of every system in the comparison: a way of learning (a kind) and its result (a classifier). It knows
// framed pictures and classes, but no files, threads or tables. `classifierKinds.ts` lists the kinds.
import type { Engine } from '../engine/floor.ts';
import type { Samples } from '../samples/floor.ts';
import type { SavedClassifier } from './savedClassifier.ts';

/**
 * Meaning of a kind's scores. Higher is always more likely, and scores of one picture are comparable.
 *
 * - `probability`: of each class, 0..1, a row sums to 1.
 * - `logProbability`: their natural logarithms.
 * - `logLikelihood`: ln p(picture | class), up to a constant per picture.
 * - `negativeDistance`: of the picture to the class, 0 or less.
 * - `membership`: in the class, 0..1, a row need not sum to 1.
 * - `votes`: for the class, plus a part below 1 that ranks classes with equal votes.
 * - `output`: of a network's unit or a discriminant; it has no unit.
 */
export type ScoreMeaning =
  | 'probability'
  | 'logProbability'
  | 'logLikelihood'
  | 'negativeDistance'
  | 'membership'
  | 'votes'
  | 'output';

/** A result that a kind's authors, or others, have published. */
export interface PublishedFigure {
  /** The figure with its data: `3.1 % error on MNIST`. */
  readonly text: string;
  /** Authors, title, year; and whether the figure could be checked. */
  readonly source: string;
}

/** What a kind may use of the host: this floor sees no clock and no native code. */
export interface ClassifierHost {
  /** The engine; only kinds that compute with it request it, and only when they learn or load. */
  engine(): Promise<Engine>;
  /** Milliseconds on a monotonic clock. */
  now(): number;
}

/** How a kind learns. */
export interface FitOptions {
  /** Decides every random draw: the same samples and seed give the same classifier. */
  readonly seed: number;
  /** Called with the finished share of the work: never less than before, at the end 1. */
  readonly onProgress?: (share: number) => void;
  /** Checked often; when it turns true, learning ends with a {@link CancelledError}. */
  readonly cancelled?: () => boolean;
}

/** Answers to some pictures. */
export interface Prediction {
  /** `[count, classes]`, every one finite; {@link ClassifierKind.scores} says what they mean. */
  readonly scores: Float32Array;
  /** `[count]`, 1 where the classifier's own rule refuses to answer; absent: it has no such rule. */
  readonly rejected?: Uint8Array;
}

/** A trained classifier. */
export interface Classifier {
  /** Name of its kind. */
  readonly kind: string;
  /** Class texts; a class is an index into them. */
  readonly labels: readonly string[];
  /** Columns of its training pictures, and of those it reads. */
  readonly width: number;
  /** Rows of its training pictures, and of those it reads. */
  readonly height: number;
  /**
   * Scores of some pictures. The answer to a picture does not depend on the others.
   *
   * @param images `[count, row, column]`, one byte per pixel, ink 255 on 0; read only. No picture is allowed too.
   * @throws {ShapeError} when they are not a whole number of pictures.
   */
  predict(images: Uint8Array): Promise<Prediction>;
  /** Everything that is needed to answer elsewhere; `writeClassifier` makes a file of it. */
  save(): SavedClassifier;
  /** Frees the engine's resources; absent where there are none. */
  dispose?(): Promise<void>;
}

/** A way of learning to read pictures, with fixed settings: everything known of it before training. */
export interface ClassifierKind {
  /** Small letters, digits and hyphens; files and `ductus compare --systems` name it by this. */
  readonly name: string;
  /** One line that describes it, with its source. */
  readonly description: string;
  /** Absent: nothing comparable has been published. */
  readonly published?: PublishedFigure;
  /** What its scores mean. */
  readonly scores: ScoreMeaning;
  /** Its settings, as plain JSON. */
  readonly settings: object;
  /**
   * `import.meta.url` of the modules that decide what it learns and answers; they and their imports are its code. A
   * figure from other code or other settings does not count for this kind.
   */
  readonly modules: readonly string[];
  /**
   * Most samples that it can learn from in reasonable time, and the reason; the comparison gives it no more. Absent:
   * any number.
   */
  readonly most?: { readonly samples: number; readonly reason: string };
  /**
   * Learns from labelled pictures.
   *
   * @throws {UsageError} when they allow no learning: see `checkTrainingSamples`.
   * @throws {CancelledError} when it was cancelled.
   */
  fit(samples: Samples, options: FitOptions): Promise<Classifier>;
  /**
   * Restores what {@link Classifier.save} returned: the same answers, bit for bit.
   *
   * @param source the file, for the error.
   * @throws {FormatError} when settings or tensors are not those of this kind.
   */
  restore(saved: SavedClassifier, source: string): Promise<Classifier>;
}
