// The options of `evaluateModel`.
import type { ReadingOptions } from '../reading/readingOptions.ts';
import type { MeasuredPicturesOptions } from './measuredPictures.ts';

/** What to evaluate, on which data, and what else to measure. */
export interface EvaluateOptions extends ReadingOptions, MeasuredPicturesOptions {
  /** Continue when the data has classes that the model lacks; their pictures count as wrong. */
  readonly allowUnknown?: boolean;
  /** Another model, by name or path, to compare with on the same pictures. */
  readonly against?: string;
  /**
   * Other pictures, for the temperature and the thresholds; `'validation'`: those that the model's training held back.
   */
  readonly calibrateOn?: string;
  /** Seed by which the held back part was drawn; default: the model's. */
  readonly splitSeed?: number;
  /** Choose, on the pictures of `calibrateOn`, the threshold that leaves at most this share of errors, 0..1. */
  readonly targetError?: number;
  /** Path of an HTML page to write, with charts and the worst errors. */
  readonly report?: string;
  /** Command line that made the page, which the page names. */
  readonly command?: string;
  /** Called with the number of pictures read and their total, anew for each set of pictures. */
  readonly onProgress?: (done: number, total: number) => void;
}
