// What is said to readers is short: no sentence of the documents is over 30 words, and the README fits on a screen or
// two.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, root } from './project.ts';
import { sentencesOf } from './sentences.ts';

const mostWords = 30;
const mostReadmeBytes = 6500;

/** Turns of phrase that "Style" in CONTRIBUTING.md rules out, as far as a pattern can tell. */
const ruledOut = /\btaught by\b|[,;.] else\b|^such as\b|^of\b/i;

describe.each(documents())('%s', (file) => {
  const sentences = sentencesOf(readFileSync(join(root, file), 'utf8'));

  it(`has no sentence of more than ${mostWords} words`, () => {
    const long = sentences.filter(({ words }) => words > mostWords);
    expect(long.map(({ line, words, text }) => `${file}:${line}, ${words} words: ${text}`)).toEqual([]);
  });

  it('has none of the phrases that are ruled out', () => {
    // What CONTRIBUTING.md gives as an example to avoid is code.
    expect(
      sentences.filter(({ text }) => ruledOut.test(text)).map(({ line, text }) => `${file}:${line}: ${text}`),
    ).toEqual([]);
  });
});

it(`README.md has at most ${mostReadmeBytes} bytes`, () => {
  expect(readFileSync(join(root, 'README.md')).length).toBeLessThanOrEqual(mostReadmeBytes);
});

describe('sentencesOf', () => {
  it('joins lines, parts list items, and leaves out what is no sentence', () => {
    const page = [
      '# A title that is no sentence',
      'One, over',
      'two lines. Two (see `a b. C d` and [a b](x.md#y)). Is',
      '',
      '<!-- a comment. No. -->',
      '| a | table. Row. |',
      '```sh',
      'code. Code.',
      '```',
      'it 1.5 or et al. 2015? **Yes.** `code` begins one.',
      '- item one',
      '  goes on.',
      '2. item two',
    ].join('\n');
    expect(sentencesOf(page)).toEqual([
      { text: 'One, over two lines.', line: 2, words: 4 },
      { text: 'Two (see Code and a b).', line: 2, words: 6 },
      { text: 'Is', line: 2, words: 1 },
      { text: 'it 1.5 or et al. 2015?', line: 10, words: 6 },
      { text: 'Yes.', line: 10, words: 1 },
      { text: 'Code begins one.', line: 10, words: 3 },
      { text: 'item one goes on.', line: 11, words: 4 },
      { text: 'item two', line: 13, words: 2 },
    ]);
  });

  it('counts the words of a long one', () => {
    const sentence = `${Array.from({ length: mostWords + 1 }, (_, index) => `word${index}`).join(' ')}.`;
    expect(sentencesOf(`${sentence} Short - one.`).map(({ words }) => words)).toEqual([mostWords + 1, 2]);
  });

  it.each([
    'a model taught by MNIST',
    'It stops; else it fails',
    'Such as touch are parted',
    'Of letters few are read',
  ])('knows %s', (text) => {
    expect(text).toMatch(ruledOut);
  });
});
