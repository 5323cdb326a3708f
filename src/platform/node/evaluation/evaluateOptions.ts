// What `evaluateModel` is asked for.
import type { ReadingOptions } from '../reading/readingOptions.ts';
import type { MeasuredPicturesOptions } from './measuredPictures.ts';

/** What to evaluate on what, and what else to find out. */
export interface EvaluateOptions extends ReadingOptions, MeasuredPicturesOptions {
  /** Go on when the data has classes that the model lacks; their pictures count as wrong. */
  readonly allowUnknown?: boolean;
  /** Another model, by name or path, to compare with on the same pictures. */
  readonly against?: string;
  /** Other pictures, to fit a temperature and choose thresholds on; `'validation'`: those that the model's training held back. */
  readonly calibrateOn?: string;
  /** Seed by which the held back part was drawn; default: the model's. */
  readonly splitSeed?: number;
  /** Choose, on the pictures of `calibrateOn`, the threshold that leaves at most this share of errors, 0..1. */
  readonly targetError?: number;
  /** Path of an HTML page to write, with charts and the worst errors. */
  readonly report?: string;
  /** What to name in that page as the command that made it. */
  readonly command?: string;
  /** Called with the number of pictures read, and of all to read, for each set of pictures anew. */
  readonly onProgress?: (done: number, total: number) => void;
}
