// Reads parsed JSON by a schema: one way from a wrong field to a clear error.
import * as v from 'valibot';
import { FormatError } from './errors.ts';

/** Checks JSON against a schema. @throws {FormatError} with the source and the path of the first wrong field. */
export function parseWith<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  source: string,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new FormatError(`${source}: ${what}${path === null ? '' : `, field ${path}`}: ${issue.message}`);
}
