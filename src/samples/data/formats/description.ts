// The description of a stored data set, `<name>.json`: what it is, which parts it has, and the names of its files.
// Reads no file itself; platform/node/data/readers/storedSets.ts does. docs/data.md describes the form for makers of
// such sets.
import * as v from 'valibot';
import { FormatError, parseWith, schemaOf } from '../../../core/floor.ts';

/** Content of a set's `<name>.json`. Other fields are allowed and left alone. */
export interface DatasetDescription {
  /** As in its file names. */
  readonly name: string;
  readonly title: string;
  /** Class texts; the number of a label is an index into them. */
  readonly classes: readonly string[];
  /** Rows and columns of the stored pictures. */
  readonly size: readonly [rows: number, columns: number];
  /** Samples of each part. */
  readonly splits: Readonly<Record<string, number>>;
  /** Number of writers; null: unknown. */
  readonly writers: number | null;
  /** In words, how the pictures were cut and scaled; see {@link isFramed}. */
  readonly framing: string;
  /** Whether the pictures are network inputs as they are, where `framing` would be misunderstood. */
  readonly framed?: boolean;
  /** What the files were made from. */
  readonly source: string;
  /** Who collected it, and how. */
  readonly original: string;
  /** What is known of the terms of use. */
  readonly terms: string;
  readonly notes: string;
  /** Names of the collections that a `-sources` file numbers. */
  readonly sources?: readonly string[];
}

/** File names of one part, each with gzip's ending, which may be missing on disk. */
export interface SplitFiles {
  readonly images: string;
  readonly labels: string;
  readonly writers: string;
  readonly sources: string;
  readonly ink: string;
}

/** Most classes of a set: targets are 16-bit. */
const mostClasses = 0x10000;
/** Most parts, samples of a part, and characters of a text, far above any set: bounds for untrusted files. */
const mostSplits = 100;
const mostSamples = 2 ** 31;
const longestText = 100_000;
/** Largest side of a stored picture, in pixels. */
const largestSide = 4096;

const namePattern = /^[A-Za-z0-9][\w.-]{0,63}$/;
const splitPattern = /^[A-Za-z0-9][\w-]{0,31}$/;
const text = v.pipe(v.string(), v.maxLength(longestText));
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestSide));
const texts = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1, 'expected a text, received an empty one'), v.maxLength(longestText))),
  v.minLength(1),
  v.maxLength(mostClasses),
  v.check((list) => new Set(list).size === list.length, 'expected a list of different texts, received one twice'),
);

const described = schemaOf<DatasetDescription>()(
  v.object({
    name: v.pipe(v.string(), v.regex(namePattern, 'expected 1 to 64 letters, digits, _ . -')),
    title: text,
    classes: texts,
    size: v.tuple([side, side]),
    splits: v.pipe(
      v.record(
        v.pipe(v.string(), v.regex(splitPattern, 'expected 1 to 32 letters, digits, _ -')),
        v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(mostSamples)),
      ),
      v.check((splits) => Object.keys(splits).length > 0, 'expected at least one part, received none'),
      v.check((splits) => Object.keys(splits).length <= mostSplits, `expected at most ${mostSplits} parts`),
    ),
    writers: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))), null),
    framing: text,
    framed: v.exactOptional(v.boolean()),
    source: v.optional(text, ''),
    original: v.optional(text, ''),
    terms: v.optional(text, 'none stated'),
    notes: v.optional(text, ''),
    sources: v.exactOptional(texts),
  }),
);

/** Fields that are not listed are kept as they are. */
const schema = v.looseObject(described.entries);

/**
 * The description of a set from the text of its file.
 *
 * `name`, `title`, `classes`, `size`, `splits` and `framing` are required; the others are optional.
 *
 * @param file the file, for messages.
 * @throws {FormatError} naming the file and the first wrong field.
 */
export function parseDescription(json: string, file: string): DatasetDescription {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new FormatError(
      `${file}: reading a data set's description: expected JSON, received: ${(error as Error).message}`,
    );
  }
  return parseWith(schema, value, file, 'description of a data set');
}

/** Whether a text can be the name of a set or of a part of one. */
export function isSetName(name: string): boolean {
  return namePattern.test(name);
}

/**
 * Whether a set's pictures are network inputs as they are, framed as MNIST's: ink in 20x20, centred in 28x28.
 *
 * `framed` decides. Where it is missing, pictures of 28x28 are framed if their `framing` mentions `MNIST` or `20x20`.
 * All others are raw: tight boxes, other sizes, 28x28 cut in another way.
 */
export function isFramed({ framed, framing, size }: DatasetDescription): boolean {
  return framed ?? (size[0] === 28 && size[1] === 28 && /\bMNIST\b|\b20 ?x ?20\b/i.test(framing));
}

/** File names of one part of a set, next to its description. */
export function splitFiles(name: string, split: string): SplitFiles {
  const file = (kind: string): string => `${name}-${split}-${kind}.gz`;
  return {
    images: file('images.idx3'),
    labels: file('labels.idx1'),
    writers: file('writers.idx1'),
    sources: file('sources.idx1'),
    ink: file('ink.ndjson'),
  };
}
