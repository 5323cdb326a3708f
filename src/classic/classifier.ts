// What every system of the comparison is: a way of learning (a kind), and what it has learnt (a classifier). It knows framed
// pictures and classes; of files, threads and tables it knows nothing. `classifierKinds.ts` lists the kinds.
import type { Engine } from '../engine/floor.ts';
import type { Samples } from '../samples/floor.ts';
import type { SavedClassifier } from './savedClassifier.ts';

/**
 * What the scores of a kind are. Higher is always more likely, and scores of one picture may be compared with each other.
 *
 * - `probability`: of each class, 0..1, a row sums to 1.
 * - `logProbability`: their natural logarithms.
 * - `logLikelihood`: ln p(picture | class), up to a constant a picture.
 * - `negativeDistance`: of the picture to the class, 0 or less.
 * - `membership`: in the class, 0..1, a row need not sum to 1.
 * - `votes`: for the class, with a part below 1 that ranks classes of equally many.
 * - `output`: of a network's unit or a discriminant, of no unit.
 */
export type ScoreMeaning =
  | 'probability'
  | 'logProbability'
  | 'logLikelihood'
  | 'negativeDistance'
  | 'membership'
  | 'votes'
  | 'output';

/** What its authors, or others, have published of a kind. */
export interface PublishedFigure {
  /** The figure with the data that it is for: `3.1 % error on MNIST`. */
  readonly text: string;
  /** Authors, title, year; and whether the figure could be checked. */
  readonly source: string;
}

/** What a kind may use of the host: this floor sees no clock and no native code. */
export interface ClassifierHost {
  /** The engine; asked for only by kinds that compute with it, and only when they learn or load. */
  engine(): Promise<Engine>;
  /** Milliseconds on some clock that only goes forward. */
  now(): number;
}

/** How a kind learns. */
export interface FitOptions {
  /** Decides everything that is drawn at random: the same samples and seed give the same classifier. */
  readonly seed: number;
  /** Told the share of the work that is done, never less than before, at the end 1. */
  readonly onProgress?: (share: number) => void;
  /** Looked at often; when it turns true, learning ends with a {@link CancelledError}. */
  readonly cancelled?: () => boolean;
}

/** Answers to some pictures. */
export interface Prediction {
  /** `[count, classes]`, every one finite; what they are says {@link ClassifierKind.scores}. */
  readonly scores: Float32Array;
  /** `[count]`, 1 where the classifier has a rule of its own by which it refuses to answer, and it applies; absent: it has none. */
  readonly rejected?: Uint8Array;
}

/** What has been learnt. */
export interface Classifier {
  /** Name of its kind. */
  readonly kind: string;
  /** Class texts; a class is an index into them. */
  readonly labels: readonly string[];
  /** Columns of the pictures that it learned from and reads. */
  readonly width: number;
  /** Rows of the pictures that it learned from and reads. */
  readonly height: number;
  /**
   * Scores of some pictures. The answer to a picture does not depend on those beside it.
   *
   * @param images `[count, row, column]`, one byte a pixel, ink 255 on 0; only read. None is allowed.
   * @throws {ShapeError} when they are not a whole number of pictures.
   */
  predict(images: Uint8Array): Promise<Prediction>;
  /** All that is needed to go on answering elsewhere; `writeClassifier` makes a file of it. */
  save(): SavedClassifier;
  /** Frees what the engine holds; absent where it holds nothing. */
  dispose?(): Promise<void>;
}

/** A way of learning to read pictures, with its settings fixed: all that is known of it before it has seen one. */
export interface ClassifierKind {
  /** Small letters, digits and hyphens; files and `ductus compare --systems` name it by this. */
  readonly name: string;
  /** One line of what it is, with its source. */
  readonly description: string;
  /** Absent: nothing comparable has been published. */
  readonly published?: PublishedFigure;
  /** What its scores mean. */
  readonly scores: ScoreMeaning;
  /** What was chosen when it was made, as plain JSON. */
  readonly settings: object;
  /**
   * `import.meta.url` of the modules that decide what it learns and answers; with all that they import they are its code. A figure of
   * other code or other settings is none of this kind.
   */
  readonly modules: readonly string[];
  /** The most samples that it can learn from in reasonable time, and why; the comparison gives it no more. Absent: any number. */
  readonly most?: { readonly samples: number; readonly reason: string };
  /**
   * Learns from labelled pictures.
   *
   * @throws {UsageError} when nothing can be learnt from them: see `checkTrainingSamples`.
   * @throws {CancelledError} when it was cancelled.
   */
  fit(samples: Samples, options: FitOptions): Promise<Classifier>;
  /**
   * What {@link Classifier.save} gave, at work again: the same answers, bit for bit.
   *
   * @param source the file, for the error.
   * @throws {FormatError} when settings or tensors are not those of this kind.
   */
  restore(saved: SavedClassifier, source: string): Promise<Classifier>;
}
