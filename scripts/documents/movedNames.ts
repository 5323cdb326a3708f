// Writes into CHANGELOG.md where each public name of an earlier state is now, from the two lists of names.
// Run: npx tsx scripts/documents/movedNames.ts COMMIT
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../test/house/project.ts';
import { withBetween } from './betweenMarks.ts';

const snapshot = 'test/house/exports.snapshot';
const page = join(root, 'CHANGELOG.md');
const marks = [
  '<!-- moved names: written by npx tsx scripts/documents/movedNames.ts, not by hand -->',
  '<!-- end of moved names -->',
] as const;

/** Names that are another now, by the old one: the new one. */
const renamed: Readonly<Record<string, string>> = {};

/** Entry points and their names, from the text of a list. */
function parseList(text: string): { readonly entry: string; readonly name: string }[] {
  let entry = '';
  return text.split('\n').flatMap((line) => {
    const [, name] = /^ {2}\w+ (\S+)$/.exec(line) ?? [];
    if (name !== undefined) return [{ entry, name }];
    if (line !== '') entry = line;
    return [];
  });
}

function table(old: string, current: string): string {
  const now = parseList(current);
  const groups = new Map<string, string[]>();
  for (const { entry, name } of parseList(old)) {
    const places = now.filter((other) => other.name === (renamed[name] ?? name)).map((other) => other.entry);
    const place = places.includes(entry) ? entry : places[0];
    const group = `\`${entry}\` | ${place === undefined ? 'no longer public' : `\`${place}\``}`;
    const is = renamed[name] ?? name;
    const text = is === name || place === undefined ? `\`${name}\`` : `\`${name}\` as \`${is}\``;
    groups.set(group, [...(groups.get(group) ?? []), text]);
  }
  const rows = [...groups]
    .sort(([left], [right]) => Number(left.includes('no longer')) - Number(right.includes('no longer')))
    .map(([group, names]) => `| ${group} | ${names.join(', ')} |`);
  return ['| was in | is in | names |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

const commit = process.argv[2];
if (commit === undefined) throw new Error('expected the commit of the earlier state');
const old = execFileSync('git', ['show', `${commit}:${snapshot}`], { cwd: root, encoding: 'utf8' });
const content = table(old, readFileSync(join(root, snapshot), 'utf8'));
writeFileSync(page, withBetween(readFileSync(page, 'utf8'), page, ...marks, content));
