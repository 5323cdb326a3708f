// The split that every system of a comparison is trained and tested on. Each process opens it separately; all get the
// same.
import { existsSync } from 'node:fs';
import { type Alphabet, expandAlphabet, UsageError } from '../../../core/floor.ts';
import {
  concatSamples,
  type Dataset,
  isSetName,
  limitSamples,
  materialize,
  relabel,
  type Samples,
  splitSamples,
  viewOf,
} from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';

/** Which samples are compared on. */
export interface ComparisonDataOptions {
  /**
   * A set with parts train and test: `mnist` stands for `mnist:train` and `mnist:test`. Or one part, file or folder to
   * divide.
   */
  readonly data: string;
  /** Other data to test on. */
  readonly test?: string;
  /** Test on samples held back from the training data: to choose settings by. */
  readonly heldBack: boolean;
  /** Only samples of these classes. */
  readonly classes?: Alphabet;
  /** Most training samples, drawn class by class. */
  readonly train: number;
  /** Most test samples. */
  readonly limit?: number;
  readonly seed: number;
}

/** The two parts. */
export interface ComparisonData {
  readonly train: Samples;
  readonly test: Dataset;
}

/** Share held back to test on, for data without its own test part. */
const heldShare = 0.2;

/**
 * Opens the parts.
 *
 * @throws {UsageError} when the test part has classes that the training part lacks, or a part has none of the classes
 * asked for.
 */
export async function openComparisonData(options: ComparisonDataOptions): Promise<ComparisonData> {
  const { data, test, heldBack, classes, train: most, limit, seed } = options;
  const { training, testing } = partsOf(data, test, heldBack);
  const kept = classes === undefined ? undefined : new Set(expandAlphabet(classes));
  const open = async (name: string): Promise<Samples> => {
    const dataset = await openDataset(name);
    return kept === undefined ? dataset : relabel(dataset, (label) => (kept.has(label) ? label : undefined));
  };
  const whole = await open(training);
  const parts =
    testing === undefined
      ? splitSamples(whole, { validation: heldShare, seed })
      : { train: whole, validation: await open(testing) };
  const chosen = limit === undefined ? parts.validation : limitSamples(parts.validation, limit, seed);
  const tested = materialize(chosen);
  const { labels } = viewOf(whole).dataset;
  return {
    train: limitSamples(parts.train, most, seed),
    // Classes match by their texts.
    test: sameLabels(labels, tested.labels) ? tested : concatSamples([tested], { labels, name: tested.name }),
  };
}

/** Names of the data to open: training data, and test data unless the training data is divided. */
function partsOf(
  data: string,
  test: string | undefined,
  heldBack: boolean,
): { readonly training: string; readonly testing?: string } {
  if (heldBack && test !== undefined) {
    throw new UsageError(`--held-back, --test: expected one of them, received both (--test ${test})`);
  }
  // A file or folder of that name comes before a set.
  if (!isSetName(data) || existsSync(data)) return { training: data, ...(test !== undefined && { testing: test }) };
  const training = `${data}:train`;
  if (heldBack) return { training };
  return { training, testing: test ?? `${data}:test` };
}

function sameLabels(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((label, index) => label === other[index]);
}
