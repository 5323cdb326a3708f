// The README shows `examples/draw/main.ts`, which the end-to-end tests run: what a reader copies is what was tested.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './project.ts';

/** Text of the first block that is fenced as `ts`, without the fences; undefined when the page has none. */
function firstTsBlock(markdown: string): string | undefined {
  return /^```ts\n(.*?)^```$/ms.exec(markdown)?.[1];
}

it("the README's first ts block is examples/draw/main.ts, byte for byte", () => {
  const block = firstTsBlock(readFileSync(join(root, 'README.md'), 'utf8'));
  expect(block, 'README.md: a block fenced as ts').toBeDefined();
  expect(block).toBe(readFileSync(join(root, 'examples/draw/main.ts'), 'utf8'));
});

it('finds the first ts block, and none where there is none', () => {
  expect(firstTsBlock('# A\n```sh\nls\n```\n```ts\na();\n\nb();\n```\n```ts\nc();\n```\n')).toBe('a();\n\nb();\n');
  expect(firstTsBlock('# A\n```sh\nls\n```\n```tsx\na();\n```\n```ts\nnever closed\n')).toBeUndefined();
});
