// docs/architecture.md names real files, draws the floors that there are, and walks in at most ten stops.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './project.ts';

const mostStops = 10;
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** What stands in the root: a piece of code that begins with one of these and a slash is a path. */
const top = new Set(readdirSync(root));

/** Paths that a page names as code; `src/learn/index.ts`, but not `ductus/learn` or `npm run check`. */
function pathsIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([\w.@-]+\/[\w./@-]*)`/g)]
    .map(([, path]) => path!)
    .filter((path) => top.has(path.split('/')[0]!) || /\.(tsx?|json|md|onnx)$/.test(path));
}

/** Numbered lists below the headings of the third level, with the path at the begin of each stop. */
function walksIn(markdown: string): { readonly title: string; readonly stops: (string | undefined)[] }[] {
  return markdown
    .split(/^### /m)
    .slice(1)
    .map((part) => ({
      title: part.split('\n')[0]!,
      stops: [...(part.split(/^## /m)[0] ?? '').matchAll(/^\d+\. (?:`([^`]+)`)?/gm)].map(([, path]) => path),
    }));
}

/** The floors below `src`: each has a private face. */
function floorsOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = `${folder}/${name}`;
      return existsSync(join(root, path, 'tsconfig.json')) ? [path] : floorsOf(path);
    });
}

describe('docs/architecture.md', () => {
  it('names only paths that exist', () => {
    const paths = pathsIn(page);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('draws every floor, and no other', () => {
    const drawing = /^```\n([\s\S]*?)^```$/m.exec(page)![1]!;
    const drawn = drawing.split('\n').flatMap((line) => /^src\/\S+/.exec(line) ?? []);
    expect(drawn.sort()).toEqual(floorsOf('src').sort());
  });

  it(`has three walks of at most ${mostStops} stops, each at a file`, () => {
    const walks = walksIn(page);
    expect(walks.map(({ title }) => title)).toEqual([
      'From the pad to the answer',
      'From a file to a gradient',
      'From a page to text',
    ]);
    for (const { title, stops } of walks) {
      expect(stops.length, title).toBeGreaterThan(2);
      expect(stops.length, title).toBeLessThanOrEqual(mostStops);
      for (const stop of stops) expect(stop, title).toMatch(/^[\w./-]+\.tsx?$/);
    }
  });
});

describe('what the checks look at', () => {
  it('is a path, real or not, and nothing else', () => {
    expect(pathsIn('`src/no/such.ts` `nn/config.ts` `ductus/learn` `npm run a/b` `test/house`')).toEqual([
      'src/no/such.ts',
      'nn/config.ts',
      'test/house',
    ]);
  });

  it('is every stop of a walk, one without a file too', () => {
    const text = '### Walk\n\n1. `a.ts` does.\n2. Nowhere.\n\n### Other\n\n## End\n\n1. `no.ts`\n';
    expect(walksIn(text)).toEqual([
      { title: 'Walk', stops: ['a.ts', undefined] },
      { title: 'Other', stops: [] },
    ]);
  });
});
