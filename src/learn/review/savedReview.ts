// A review as plain data: a person's answers, in order. The rest of a session follows from them and the readings.
import * as v from 'valibot';
import { FormatError, parseWith, schemaOf, strictObject } from '../../core/floor.ts';

/** Something a person did. */
export type ReviewEvent =
  /** The person's answer; null: no character. */
  | { readonly id: string; readonly label: string | null }
  /** Put it off. */
  | { readonly id: string; readonly skipped: true };

/** What is saved of a session; survives JSON. */
export interface SavedReview {
  readonly format: 'ductus-review';
  readonly version: 1;
  readonly events: readonly ReviewEvent[];
}

/** Longest saved review that is read, in characters: a million answers with long paths. */
export const maxSavedReview: number = 2 ** 28;

const id = v.string();
const schema = schemaOf<SavedReview>()(
  strictObject({
    format: v.literal('ductus-review'),
    version: v.literal(1),
    events: v.array(
      v.union([strictObject({ id, label: v.nullable(v.string()) }), strictObject({ id, skipped: v.literal(true) })]),
    ),
  }),
);

/**
 * Reads the JSON of a saved review.
 *
 * @param source the file, for the error.
 * @throws {FormatError} when it is not JSON, not a saved review, of another version or too long.
 */
export function parseSavedReview(text: string, source: string): SavedReview {
  if (text.length > maxSavedReview) {
    throw new FormatError(`${source}: expected at most ${maxSavedReview} characters, received ${text.length}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${source}: expected a saved review as JSON: ${(cause as Error).message}`, { cause });
  }
  return parseWith(schema, value, source, 'saved review');
}
