// The files of a review: the person's answers, kept after each, and the labels of all pictures at the end.
import { UsageError } from '../../../core/floor.ts';
import {
  maxSavedReview,
  parseSavedReview,
  type ReviewSession,
  reviewCsv,
  type SavedReview,
} from '../../../learn/floor.ts';
import { readFileBounded, writeFileAtomic } from '../files/files.ts';
import { exists } from '../files/isFile.ts';

/** The files of a review. */
export interface ReviewFiles {
  /** `labels.csv`: one row per picture. */
  readonly csv: string;
  /** `labels.json`: the same, with the reviewed data and the progress. */
  readonly json: string;
  /** `labels.session.json`: the answers, from which `--resume` continues. */
  readonly session: string;
}

/** The files of a review whose labels go to `out`. @throws {UsageError} when that is no name of a CSV file. */
export function reviewFiles(out: string): ReviewFiles {
  if (!out.toLowerCase().endsWith('.csv')) {
    throw new UsageError(`--out: expected the name of a CSV file, such as labels.csv, received ${out}`);
  }
  const stem = out.slice(0, -'.csv'.length);
  return { csv: out, json: `${stem}.json`, session: `${stem}.session.json` };
}

/**
 * The answers so far: those of the file when the review is resumed, none when it begins.
 *
 * @throws {UsageError} when it begins and there are answers already, which it would overwrite.
 * @throws {MissingError} when it is resumed and there are none.
 * @throws {FormatError} when the file is damaged.
 */
export async function openSession({ session }: ReviewFiles, resume: boolean): Promise<SavedReview | undefined> {
  if (resume)
    return parseSavedReview(new TextDecoder().decode(await readFileBounded(session, maxSavedReview)), session);
  if (!(await exists(session))) return undefined;
  throw new UsageError(
    `${session}: answers are kept there already; --resume goes on with them, another --out starts anew`,
  );
}

/** Keeps the answers so far. */
export async function keepSession({ session }: ReviewFiles, review: ReviewSession): Promise<void> {
  await writeFileAtomic(session, `${JSON.stringify(review.save())}\n`);
}

/** Writes the labels of all pictures. @param about the reviewed data and the models; goes into the JSON unchanged. */
export async function writeLabels({ csv, json }: ReviewFiles, review: ReviewSession, about: object): Promise<void> {
  const labels = review.results();
  await writeFileAtomic(csv, reviewCsv(labels));
  await writeFileAtomic(json, `${JSON.stringify({ ...about, ...review.progress, labels })}\n`);
}
