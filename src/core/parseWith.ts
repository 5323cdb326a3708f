// Reads plain data by a schema: one way from a wrong field to a clear error.
import * as v from 'valibot';
import { FormatError, UsageError } from './errors.ts';

/** Checks JSON against a schema. @throws {FormatError} with the source and the path of the first wrong field. */
export function parseWith<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  source: string,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  throw new FormatError(`${source}: ${what}${firstFault(result.issues)}`);
}

/** Checks a config that was made in code. @throws {UsageError} with the path of the first wrong field. */
export function checkWith(schema: v.GenericSchema, config: unknown, what: string): void {
  const result = v.safeParse(schema, config);
  if (!result.success) throw new UsageError(`${what}${firstFault(result.issues)}`);
}

interface Fault {
  /** Keys from the whole down to what is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

/** `, field a.b: what is wrong with it`, of the fault that says most: a misspelt key before what is missing for it. */
function firstFault(issues: readonly v.BaseIssue<unknown>[]): string {
  const faults = issues.flatMap((issue) => faultsOf(issue, []));
  const { path, message } = faults.find((fault) => /^unknown key .* did you mean/.test(fault.message)) ?? faults[0]!;
  return `${path.length === 0 ? '' : `, field ${path.join('.')}`}: ${message}`;
}

/** An issue, or in place of one with a choice of schemas that of the schema which was probably meant. */
function faultsOf(issue: v.BaseIssue<unknown>, above: readonly string[]): Fault[] {
  const path = [...above, ...(issue.path ?? []).map(({ key }) => String(key))];
  const whole = { path, message: issue.message };
  if (issue.issues === undefined) return [whole];
  // What was wrong further in was of the right kind as a whole; a text is likelier a misspelt name than an object.
  const inside = issue.issues.filter((option) => option.path !== undefined);
  if (inside.length > 0) return inside.flatMap((option) => faultsOf(option, path));
  const named = issue.issues.find(({ type, input }) => type === 'picklist' && typeof input === 'string');
  return named === undefined ? [whole] : faultsOf(named, path);
}
