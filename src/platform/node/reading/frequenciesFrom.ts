// How often each class occurs where pictures come from: from a file, from a labelled set, or estimated from the
// pictures themselves.
import * as v from 'valibot';
import { FormatError } from '../../../core/floor.ts';
import { type AnswerProbabilities, estimateFrequencies, type Frequencies } from '../../../read/floor.ts';
import { openDataset } from '../data/data.ts';
import { readFileBounded } from '../files/files.ts';

/** The word for frequencies that are estimated from the pictures read. */
export const estimated = 'estimate';

/** Largest file of frequencies that is read: 100,000 classes have less. */
const maxFileBytes = 8 * 1024 ** 2;

/** Frequencies and their source. */
export interface FoundFrequencies {
  /** The source as given: `estimate`, a set or a file. */
  readonly source: string;
  /** By class text; counts or shares. */
  readonly classes: Frequencies;
  /** Number of pictures that they were estimated from; null where they were not estimated. */
  readonly pictures: number | null;
}

/**
 * Finds frequencies.
 *
 * @param source `estimate`, the name of a labelled set, or the path of a `.json` file of counts.
 * @param labels the model's classes.
 * @param read answers to the pictures at hand without frequencies; called only for `estimate`.
 * @returns undefined for `estimate` where nothing was found to read.
 * @throws {FormatError} when the file is not of that form. {UsageError} when there is no such set.
 */
export async function frequenciesFrom(
  source: string,
  labels: readonly string[],
  read: () => Promise<readonly AnswerProbabilities[]>,
): Promise<FoundFrequencies | undefined> {
  if (source === estimated) {
    const answers = await read();
    const pictures = answers.filter(({ empty }) => !empty).length;
    if (pictures === 0) return undefined;
    return { source, classes: estimateFrequencies(answers, labels), pictures };
  }
  const fromFile = source.toLowerCase().endsWith('.json');
  return { source, classes: await (fromFile ? readFrequencies(source) : countedIn(source, labels)), pictures: null };
}

async function readFrequencies(file: string): Promise<Frequencies> {
  const bytes = await readFileBounded(file, maxFileBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FormatError(`${file}: expected JSON of counts, {"0": 120, "O": 3}, received other text`, { cause });
  }
  const result = v.safeParse(v.record(v.string(), v.pipe(v.number(), v.finite(), v.minValue(0))), value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new FormatError(`${file}${path === null ? '' : `, class ${path}`}: ${issue.message}`);
}

/**
 * Counts of a labelled set, plus one for each class of the model: no class is impossible because a sample lacks it
 * (Laplace's rule).
 */
async function countedIn(name: string, labels: readonly string[]): Promise<Frequencies> {
  const set = await openDataset(name);
  const counts = new Map(labels.map((label) => [label, 1]));
  for (const target of set.targets) {
    const label = set.labels[target]!;
    if (counts.has(label)) counts.set(label, counts.get(label)! + 1);
  }
  return Object.fromEntries(counts);
}
