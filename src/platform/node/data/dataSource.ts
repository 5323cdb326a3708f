// What a form of labelled data is to the rest of Ductus: the names that mean it, and what is behind a name.
// One file each in `sources`; `namedData.ts` makes what they give.
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
   * @throws {UsageError} when the name is of this form and means nothing, such as a part that a set does not have.
   * @throws {MissingError} when a file that the name stands for is not there.
   */
  find(where: string): Promise<NamedData | undefined>;
  /** The sets that can be named without a path and are there; absent where there is none by nature. */
  listed?(): Promise<ListedSets>;
}

/** Labelled data that a name means, not yet read. */
export type NamedData = PictureArray | LooseSamples;

/** What all data has. */
interface DataFacts {
  /** The same for every name of the same samples, be it of their pictures or of their strokes. */
  readonly identity: string;
  /** What is known of the terms of use; absent where the files say nothing. */
  readonly terms?: string;
  /** How raw pictures are framed to be looked at; as MNIST's where absent. */
  readonly shown?: Framing;
  /** All samples as a recogniser would frame them, in memory that threads can share. */
  framed(frame: Framing, onProgress?: DataProgress): Promise<FramedData>;
  /** All samples as single pictures, as they were found. Strokes are drawn as MNIST's, and stand beside as `inks`. */
  pictures(onProgress?: DataProgress): Promise<LabelledPictures>;
}

/** Pictures of one size in one array, which a network may take as they stand. */
export interface PictureArray extends DataFacts {
  readonly form: 'array';
  /** How they are taken unless it is said otherwise: `framed`, network inputs as they stand, or `raw`. */
  readonly framing: 'framed' | 'raw';
  /** The array as it is stored. */
  stored(): Promise<Dataset>;
}

/** Pictures of many sizes, or strokes: to be framed before a network sees them. */
export interface LooseSamples extends DataFacts {
  readonly form: 'pictures' | 'strokes';
  readonly framing: 'raw';
}

/** Samples framed for a network. */
export interface FramedData {
  readonly dataset: Dataset;
  /** Those in which no ink was found; they are not in the data set. */
  readonly empty: readonly EmptySample[];
}

/** A sample in which no ink was found. */
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
  /** By name: with the set's name, `name:part`, each is data. */
  readonly parts: Readonly<Record<string, ListedPart>>;
  /** How many people wrote it; null: not known. */
  readonly writers: number | null;
  readonly terms: string;
  /** Of a set in the data folder the file that describes it, and all that this says. */
  readonly described?: { readonly file: string; readonly description: DatasetDescription };
}

/** What there is of a part. */
export interface ListedPart {
  readonly count: number;
  readonly pictures: boolean;
  /** Whether there are strokes. */
  readonly ink: boolean;
}

/** The sets of a form. */
export interface ListedSets {
  readonly sets: readonly ListedSet[];
  /** Files that mean to describe one and are damaged, each with what is wrong. */
  readonly damaged: readonly { readonly file: string; readonly problem: string }[];
}
