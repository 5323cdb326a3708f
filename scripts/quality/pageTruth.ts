// Truth files of pages: where each character stands, and what it is.
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { FormatError } from '../../src/core/floor.ts';

const schema = v.array(
  v.object({
    file: v.string(),
    boxes: v.array(
      v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number(), label: v.string() }),
    ),
  }),
);

/** Pages and their boxes, in the order of the file. @throws {FormatError} when it is no such list. */
export async function readPageTruth(file: string): Promise<v.InferOutput<typeof schema>> {
  const truth = v.safeParse(schema, JSON.parse(await readFile(file, 'utf8')));
  if (!truth.success) throw new FormatError(`${file}: ${truth.issues[0].message}`);
  return truth.output;
}
