// Labelled pictures in memory: what every reader of data makes and every consumer of data takes.
import type { Ink, Picture } from '../../picture/floor.ts';

/** Who wrote the samples, and the strokes that they were drawn from, where that is known. */
export interface SampleOrigins {
  /** `[count]`, a number for the writer of each sample; 0: not given. */
  readonly writers?: Uint16Array;
  /** Whose numbering `writers` follow: in samples of the same one, the same number is the same person. Default: their own. */
  readonly writerSet?: string;
  /** `[count]`, of samples joined from several sets the number of the set that each is from. */
  readonly sets?: Uint8Array;
  /** `[count]`, the strokes that each picture was drawn from, where samples were opened by their strokes. */
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

/** Labelled pictures as they were found, of any size and polarity, before any framing. */
export interface LabelledPictures extends SampleOrigins {
  /** Where they come from, as the user names it. */
  readonly name: string;
  /** Class texts; a target is an index into them. */
  readonly labels: readonly string[];
  /** The pictures, each of a size of its own. */
  readonly pictures: readonly Picture[];
  /** `[count]`, the class of each picture. */
  readonly targets: Uint16Array;
  /** Where each picture came from (a file's path, or `file#index`), for error messages and galleries. */
  readonly sources: readonly string[];
}
