// Writes docs/api.md from the docstrings: every public name with its kind and the first sentence of what it is, a table
// an entry point. Run: npx tsx scripts/documents/apiDocument.ts. `test/house/apiDocument.test.ts` holds the page to
// what this gives.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryPoints, root } from '../../test/house/project.ts';
import { type PublicName, publicApi } from '../../test/house/publicApi.ts';

/** The page. */
export const apiPage: string = join(root, 'docs/api.md');

/** What the page says. */
export function apiDocument(): string {
  const sections = Object.keys(entryPoints()).map((entry) => {
    const names = publicApi().filter((name) => name.entry === entry);
    const rows = names.map((name) => `| \`${name.name}\` | ${name.kind} | ${firstSentence(name)} |`);
    return [`## ${entry}`, '', '| name | kind | what it is |', '| --- | --- | --- |', ...rows].join('\n');
  });
  return `# The public names\n\n${introduction}\n\n${sections.join('\n\n')}\n`;
}

const introduction = `Written by \`npx tsx scripts/documents/apiDocument.ts\` from the docstrings, which say more: parameters, units, errors, sources, and examples that run
in the tests. An editor shows them; they stand in the types of the package.`;

/** The first sentence of a docstring, in one line of a table. */
function firstSentence({ docs }: PublicName): string {
  const text = docs.replaceAll(/\s+/g, ' ');
  const [sentence] = /^.*?[.:](?=\s|$)/.exec(text) ?? [text];
  return sentence
    .replace(/:$/, '.')
    .replaceAll(/\{@link (\S+?)\}/g, '`$1`')
    .replaceAll('|', '\\|');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(apiPage, apiDocument());
