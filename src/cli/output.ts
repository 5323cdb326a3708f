// How every command prints: results on standard output, remarks and errors on standard error.
import { DuctusError, UsageError } from '../core/floor.ts';
import type { FoundFrequencies } from '../platform/node/floor.ts';

/** Exit codes; scripts rely on them. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Writes a line of result. */
export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a result as JSON on one line; scripts read these. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Writes a remark that is not a result: progress, a note, a warning. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Number of classes that a note lists. */
const listedClasses = 8;

/** Says which frequencies were estimated. Whoever names a file or a set knows its frequencies. */
export function noteFrequencies({ classes, pictures }: FoundFrequencies): void {
  if (pictures === null) return;
  const ranked = Object.entries(classes).sort(([, left], [, right]) => right - left);
  const some = ranked.slice(0, listedClasses).map(([label, share]) => `${label} ${formatPercent(share)}`);
  const most = ranked.length > listedClasses ? `${some.join(', ')}, and others` : some.join(', ');
  printNote(`Frequencies estimated from ${pictures} pictures: ${most}.`);
}

/**
 * A line on the terminal that counts up; none where standard error is a file or a pipe. @param what `pictures read`.
 */
export function countUp(what: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => {};
  return (done, total) => process.stderr.write(done < total ? `\r${done} of ${total} ${what}` : '\r\u001b[K');
}

/** The command line that was given, as a report or a card names it. */
export function givenCommand(): string {
  return `ductus ${process.argv.slice(2).join(' ')}`;
}

/** Writes an error on one line, without its stack; `DEBUG` adds the stack of errors that are bugs. */
export function printError(error: unknown): void {
  if (error instanceof DuctusError) {
    process.stderr.write(`error: ${error.message}\n`);
    return;
  }
  const text = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
  process.stderr.write(`error: unexpected: ${text}${process.env.DEBUG ? '' : ' (set DEBUG=1 for details)'}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

/** The exit code that an error means: 2 for wrong usage, otherwise 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

/**
 * A table of plain text: columns as wide as their widest cell, two spaces between them.
 *
 * @param rows the first is the head, with a rule under it.
 * @param right indices of columns to align right, as numbers should be.
 */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const [head, ...body] = rows;
  return [line(head!), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line)].join('\n');
}

/** Characters per line of the terminal; where output goes to a file or a pipe 80, as terminals once had. */
export function terminalWidth(): number {
  return process.stdout.columns ?? 80;
}

/** A share for people: `99.42 %`. Two decimals, because one picture of 10,000 is 0.01 %. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
