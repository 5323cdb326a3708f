// Labelled pictures in memory: what every reader of data makes and every consumer of data takes.
import type { Picture } from '../../picture/index.ts';

/** Labelled pictures of one size, framed for a network: ink 255 on 0. */
export interface Dataset {
  /** Where it comes from, as the user names it: `mnist:train`. */
  readonly name: string;
  /** Class texts; a target is an index into them. */
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** `[count, row, column]`, one byte a pixel. */
  readonly images: Uint8Array;
  /** `[count]`, the class of each picture. */
  readonly targets: Uint16Array;
}

/** Labelled pictures as they were found, of any size and polarity, before any framing. */
export interface LabelledPictures {
  readonly name: string;
  readonly labels: readonly string[];
  readonly pictures: readonly Picture[];
  /** `[count]`, the class of each picture. */
  readonly targets: Uint16Array;
  /** Where each picture came from (a file's path, or `file#index`), for error messages and galleries. */
  readonly sources: readonly string[];
}
