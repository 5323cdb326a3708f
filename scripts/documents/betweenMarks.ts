// A part of a page that is written by a command: it stands between two marks, comments that readers do not see. What
// stands outside of them is written by hand and stays as it is.

/**
 * The page with this between the marks, an empty line about it.
 *
 * @param name of the page, for the error.
 * @throws {Error} when the page lacks a mark, has one twice or the second before the first.
 */
export function withBetween(page: string, name: string, begin: string, end: string, content: string): string {
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)];
  if (start < 0 || stop < start || page.indexOf(begin, start + 1) >= 0 || page.indexOf(end, stop + 1) >= 0) {
    throw new Error(`${name}: expected one mark ${begin} and, after it, one ${end}`);
  }
  return `${page.slice(0, start + begin.length)}\n\n${content}\n${page.slice(stop)}`;
}
