// Links inside the project lead somewhere: to a file that exists, and to a heading that it has.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, root } from './project.ts';

/** Targets of a page's links and pictures that are no addresses on the web; what stands in code is none. */
function linksIn(markdown: string): string[] {
  const text = markdown.replace(/^(`{3,})[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^\w+:/.test(target));
}

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** Why a link from a page leads nowhere; undefined when it leads somewhere. */
function deadEnd(page: string, link: string): string | undefined {
  const [path, anchor] = link.split('#');
  const target = path === '' ? page : posix.join(posix.dirname(page), path!);
  if (!existsSync(join(root, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined) return undefined;
  const found = anchorsIn(readFileSync(join(root, target), 'utf8')).includes(anchor);
  return found ? undefined : `${page}: ${link}: no such heading`;
}

const pages = [...documents(), 'recipes/logs/README.md'];

it.each(pages)('%s: its links lead somewhere', (page) => {
  const links = linksIn(readFileSync(join(root, page), 'utf8'));
  expect(links.flatMap((link) => deadEnd(page, link) ?? [])).toEqual([]);
});

it('docs/README.md leads to every document', () => {
  const index = 'docs/README.md';
  const reached = linksIn(readFileSync(join(root, index), 'utf8')).map((link) =>
    posix.join('docs', link.split('#')[0]!),
  );
  expect(documents().filter((page) => page !== index && !reached.includes(page))).toEqual([]);
});

describe('a link', () => {
  it('is found in text, and not in code or on the web', () => {
    const page = '[a](b.md#c) ![d](e.png) `[f](g.md)` [h](https://i.org)\n```md\n[j](k.md)\n```\n';
    expect(linksIn(page)).toEqual(['b.md#c', 'e.png']);
  });
  it('that leads nowhere is reported', () => {
    expect(deadEnd('docs/data.md', '../README.md#limits')).toBeUndefined();
    expect(deadEnd('docs/data.md', 'nothing.md')).toContain('no such file');
    expect(deadEnd('README.md', '#nothing')).toContain('no such heading');
  });
  it("knows a heading's anchor", () => {
    expect(anchorsIn("## Other people's `hands`, 3 x 3: all")).toEqual(['other-peoples-hands-3-x-3-all']);
  });
});
