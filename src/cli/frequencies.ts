// `--frequencies` of the commands that read: how often each class occurs where the pictures come from, from a file, from a labelled set,
// or estimated from the pictures themselves.
import { Option } from 'commander';
import { FormatError } from '../core/floor.ts';
import type { AnswerProbabilities, Frequencies } from '../read/floor.ts';
import { formatPercent, printNote } from './output.ts';

/** The word for frequencies that are estimated from the pictures to read. */
export const estimated = 'estimate';

/** Largest file of frequencies that is read; ours: 100,000 classes have less. */
const maxFileBytes = 8 * 1024 ** 2;

/** How many classes a note lists; ours. */
const listed = 8;

/** `--frequencies`. */
export function frequenciesOption(): Option {
  return new Option(
    '--frequencies <source>',
    'how often each class occurs, which decides between look-alikes such as 0 and O: estimate, from these pictures themselves ' +
      '(30 or more); or a labelled set of the same kind (crohme:train); or a file.json of counts, {"0": 120, "O": 3}',
  );
}

/**
 * The frequencies that the option asks for.
 *
 * @param labels the model's classes.
 * @param read answers to the pictures at hand without frequencies; asked for `estimate` alone.
 * @returns undefined where they are to be estimated and nothing was found to read.
 * @throws {FormatError} when the file is not of that form. {UsageError} when there is no such set.
 */
export async function frequenciesFrom(
  source: string,
  labels: readonly string[],
  read: () => Promise<readonly AnswerProbabilities[]>,
): Promise<Frequencies | undefined> {
  if (source === estimated) {
    const { estimateFrequencies } = await import('../read/floor.ts');
    const answers = await read();
    if (answers.every(({ empty }) => empty)) return undefined;
    const shares = estimateFrequencies(answers, labels);
    const pictures = answers.filter(({ empty }) => !empty).length;
    printNote(`Frequencies estimated from ${pictures} pictures: ${mostFrequent(shares)}.`);
    return shares;
  }
  return source.toLowerCase().endsWith('.json') ? readFrequencies(source) : countedIn(source, labels);
}

async function readFrequencies(file: string): Promise<Frequencies> {
  const { readFileBounded } = await import('../platform/node/floor.ts');
  const v = await import('valibot');
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

/** Counts of a labelled set, of each class of the model one more: none is impossible because a sample lacks it (Laplace's rule). */
async function countedIn(name: string, labels: readonly string[]): Promise<Frequencies> {
  const { openDataset } = await import('../platform/node/floor.ts');
  const set = await openDataset(name);
  const counts = new Map(labels.map((label) => [label, 1]));
  for (const target of set.targets) {
    const label = set.labels[target]!;
    if (counts.has(label)) counts.set(label, counts.get(label)! + 1);
  }
  return Object.fromEntries(counts);
}

function mostFrequent(shares: Frequencies): string {
  const ranked = Object.entries(shares).sort(([, left], [, right]) => right - left);
  const some = ranked.slice(0, listed).map(([label, share]) => `${label} ${formatPercent(share)}`);
  return ranked.length > listed ? `${some.join(', ')}, and others` : some.join(', ');
}
