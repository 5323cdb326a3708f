// Takes the sentences out of a Markdown page, as a reader meets them. Tables, code blocks, headings and comments are no
// sentences; a piece of code inside a sentence is one word of it, and a link is its text.

/** A sentence, with the line on which its paragraph begins, from 1. */
export interface Sentence {
  readonly text: string;
  readonly line: number;
  /** Parts between spaces that hold a letter or a digit. */
  readonly words: number;
}

const fence = /^\s*(`{3,}|~{3,})/;
/** Lines that end a paragraph and belong to none: empty, table, heading, rule, comment. */
const apart = /^\s*($|\||#|-{3,}\s*$|<!--.*-->\s*$)/;
const listItem = /^\s*(?:[-*+]|\d+\.)\s+/;
/** An end of a sentence: its mark, what closes behind it, space, and the begin of another. After `al.` none ends. */
const end = /(?<=(?<!\bal)[.!?]["')\]]*)\s+(?=["'(]*[\p{Lu}\p{Lo}\p{N}])/u;

/** The sentences of a page, in order. */
export function sentencesOf(markdown: string): Sentence[] {
  return paragraphsOf(markdown).flatMap(({ text, line }) =>
    plainText(text)
      .split(end)
      .map((sentence) => ({ text: sentence, line, words: wordsOf(sentence) })),
  );
}

function paragraphsOf(markdown: string): { readonly text: string; readonly line: number }[] {
  const paragraphs: { text: string; line: number }[] = [];
  let open = false;
  let closing: string | undefined;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const mark = fence.exec(line)?.[1];
    if (closing !== undefined) {
      if (mark?.startsWith(closing)) closing = undefined;
    } else if (mark !== undefined || apart.test(line)) {
      closing = mark;
      open = false;
    } else if (open && !listItem.test(line)) {
      paragraphs.at(-1)!.text += ` ${line.trim()}`;
    } else {
      paragraphs.push({ text: line.replace(listItem, '').trim(), line: index + 1 });
      open = true;
    }
  }
  return paragraphs;
}

function plainText(markdown: string): string {
  return (
    markdown
      // With a capital, so that a sentence may begin with code.
      .replace(/(`+).+?\1/g, 'Code')
      .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<https?:[^>]*>/g, 'Link')
      .replace(/\*+/g, '')
  );
}

function wordsOf(sentence: string): number {
  return sentence.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}
