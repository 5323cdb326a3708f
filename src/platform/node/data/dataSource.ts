// The interface of a form of labelled data: the names that mean it, and the data behind a name.
// Each form has one file in `sources`; `namedData.ts` makes their data.
import type { Framing } from '../../../picture/floor.ts';
import type { Dataset, DatasetDescription, LabelledPictures } from '../../../samples/floor.ts';

/** Called while pictures are read or framed, with the number done and the total. */
export type DataProgress = (done: number, total: number) => void;

/** A form in which labelled data is kept. */
export interface DataSource {
  /** The names that mean it, as a sentence lists them: `mnist:train, mnist:test`, `an IDX images file`. */
  readonly names: string;
  /**
   * What a name means; no sample is read yet.
   *
   * @returns undefined when the name means something else.
   * @throws {UsageError} when the name is of this form and means nothing, for example a part that a set lacks.
   * @throws {MissingError} when a file that the name stands for is not there.
   */
  find(where: string): Promise<NamedData | undefined>;
  /** The sets that are there and need no path; absent where a form has none by nature. */
  listed?(): Promise<ListedSets>;
}

/** Labelled data that a name means, not yet read. */
export type NamedData = PictureArray | LooseSamples;

/** Properties of all data. */
interface DataFacts {
  /** The same for every name of the same samples, of their pictures or of their strokes. */
  readonly identity: string;
  /** What is known of the terms of use; absent where the files say nothing. */
  readonly terms?: string;
  /** How raw pictures are framed for display; as MNIST's where absent. */
  readonly shown?: Framing;
  /** All samples as a recogniser would frame them, in memory that threads can share. */
  framed(frame: Framing, onProgress?: DataProgress): Promise<FramedData>;
  /** All samples as single pictures, unframed. Strokes are drawn as MNIST's, and also returned as `inks`. */
  pictures(onProgress?: DataProgress): Promise<LabelledPictures>;
}

/** Pictures of one size in one array, which a network may take unchanged. */
export interface PictureArray extends DataFacts {
  readonly form: 'array';
  /** Their default kind: `framed`, network inputs unchanged, or `raw`. */
  readonly framing: 'framed' | 'raw';
  /** The stored array. */
  stored(): Promise<Dataset>;
}

/** Pictures of many sizes, or strokes: they are framed before a network sees them. */
export interface LooseSamples extends DataFacts {
  readonly form: 'pictures' | 'strokes';
  readonly framing: 'raw';
}

/** Samples framed for a network. */
export interface FramedData {
  readonly dataset: Dataset;
  /** Samples without ink; they are not in the data set. */
  readonly empty: readonly EmptySample[];
}

/** A sample without ink. */
export interface EmptySample {
  /** Where it comes from: a file, `set:part#5`. */
  readonly source: string;
  /** Text of its class. */
  readonly label: string;
}

/** A set that can be named without a path. */
export interface ListedSet {
  readonly name: string;
  readonly classes: readonly string[];
  /** Rows and columns of its pictures. */
  readonly size: readonly [rows: number, columns: number];
  /** Parts by name; `name:part` with the set's name is data. */
  readonly parts: Readonly<Record<string, ListedPart>>;
  /** Number of writers; null: not known. */
  readonly writers: number | null;
  readonly terms: string;
  /** The description of a set in the data folder: its file and its content. */
  readonly described?: { readonly file: string; readonly description: DatasetDescription };
}

/** The content of a part. */
export interface ListedPart {
  readonly count: number;
  readonly pictures: boolean;
  /** Whether there are strokes. */
  readonly ink: boolean;
}

/** The sets of a form. */
export interface ListedSets {
  readonly sets: readonly ListedSet[];
  /** Damaged descriptions of sets, each with its fault. */
  readonly damaged: readonly { readonly file: string; readonly problem: string }[];
}
