// Labelled pictures in memory: the result of every reader of data and the input of every consumer.
import type { Ink, Picture } from '../../picture/floor.ts';

/** Writers, sets and strokes of the samples, where known. */
export interface SampleOrigins {
  /** `[count]`, the writer's number of each sample; 0: unknown. */
  readonly writers?: Uint16Array;
  /**
   * Name of the numbering of `writers`: with the same name, the same number is the same person. Default: a numbering of
   * their own.
   */
  readonly writerSet?: string;
  /** `[count]`, for samples joined from several sets: the number of each sample's set. */
  readonly sets?: Uint8Array;
  /** `[count]`, the strokes of each picture, where samples were opened as strokes. */
  readonly inks?: readonly Ink[];
}

/** Labelled pictures of one size, framed for a network: ink 255 on 0. */
export interface Dataset extends SampleOrigins {
  /** Where it comes from, as the user names it: `mnist:train`. */
  readonly name: string;
  /** Class texts; a target is an index into them. */
  readonly labels: readonly string[];
  /** Columns of each picture. */
  readonly width: number;
  /** Rows of each picture. */
  readonly height: number;
  /** Number of samples. */
  readonly count: number;
  /** `[count, row, column]`, one byte a pixel. */
  readonly images: Uint8Array;
  /** `[count]`, the class of each picture. */
  readonly targets: Uint16Array;
}

/** Labelled pictures as found, of any size and polarity, before framing. */
export interface LabelledPictures extends SampleOrigins {
  /** Where they come from, as the user names it. */
  readonly name: string;
  /** Class texts; a target is an index into them. */
  readonly labels: readonly string[];
  /** The pictures, each with its own size. */
  readonly pictures: readonly Picture[];
  /** `[count]`, the class of each picture. */
  readonly targets: Uint16Array;
  /** Source of each picture (a file's path, or `file#index`), for error messages and galleries. */
  readonly sources: readonly string[];
}
