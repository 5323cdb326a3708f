// The finder on made-up pages.
import { expect, it } from 'vitest';
import { markedBlocks } from './readmeBlocks.ts';

it('takes the marked blocks and no other, with their lines', () => {
  const page = [
    '# Title',
    '```sh',
    '<!-- test -->',
    'npm install ductus',
    '```',
    '<!-- test -->',
    '',
    '```ts',
    `import { a } from 'ductus';`,
    '',
    'a();',
    '```',
    'Text.',
    '<!--test-->',
    '~~~sh',
    'echo "```"',
    '~~~',
  ].join('\n');
  expect(markedBlocks(page)).toEqual([
    { language: 'ts', code: `import { a } from 'ductus';\n\na();`, line: 8 },
    { language: 'sh', code: 'echo "```"', line: 15 },
  ]);
});

it('finds nothing on a page without marks', () => {
  expect(markedBlocks('# Title\n\n```sh\nfalse\n```\n')).toEqual([]);
});

it.each([
  ['a mark without a block', '<!-- test -->\nText\n', /line 2: expected a code block/],
  ['a mark at the end', 'Text\n<!-- test -->\n', /page ends/],
  ['a block that is not closed', '<!-- test -->\n```ts\nx\n', /line 2: .*never closed/],
  ['a language that cannot be run', '<!-- test -->\n```python\nx\n```\n', /line 2: .*'python'/],
])('refuses %s', (_what, page, message) => {
  expect(() => markedBlocks(page)).toThrow(message);
});
