// Finds the code blocks of a Markdown page that promise to run as they stand: those right after a line `<!-- test -->`.
// Runs nothing itself.

/** Languages of a block that can be run. */
export type BlockLanguage = 'ts' | 'sh';

/** A fenced block that is marked to be run. */
export interface Block {
  readonly language: BlockLanguage;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

const marker = /^\s*<!--\s*test\s*-->\s*$/;
const fence = /^(`{3,}|~{3,})\s*(\S*)/;

/**
 * The marked blocks of a page, in order.
 *
 * @throws {Error} when a mark is not followed by a block, a block is not closed, or its language cannot be run: a mark
 * that is silently passed over would be a test that cannot fail.
 */
export function markedBlocks(markdown: string): Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  let marked = false;
  for (let i = 0; i < lines.length; i++) {
    const opening = fence.exec(lines[i]!);
    if (marked && !opening && lines[i]!.trim() !== '') {
      throw new Error(`line ${i + 1}: expected a code block after <!-- test -->, found '${lines[i]}'`);
    }
    if (opening) {
      const end = lines.findIndex((line, at) => at > i && line.startsWith(opening[1]!) && line.trim() === opening[1]);
      if (end < 0) throw new Error(`line ${i + 1}: a code block opens here and is never closed`);
      if (marked)
        blocks.push({
          language: languageOf(opening[2]!, i + 1),
          code: lines.slice(i + 1, end).join('\n'),
          line: i + 1,
        });
      marked = false;
      i = end;
    } else if (marker.test(lines[i]!)) {
      marked = true;
    }
  }
  if (marked) throw new Error('the page ends after <!-- test -->: expected a code block');
  return blocks;
}

function languageOf(name: string, line: number): BlockLanguage {
  if (name === 'ts' || name === 'sh') return name;
  throw new Error(`line ${line}: a block to be run is 'ts' or 'sh', this one is '${name}'`);
}
