// What is said of recipes, held against the schemas that read them: the JSON schema that ships, the shipped recipes,
// docs/recipes.md.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, recipeJsonSchema } from '../../scripts/documents/recipeJsonSchema.ts';
import { parseNetwork } from '../../src/engine/floor.ts';
import { isCommitteeRecipe, parseCommitteeRecipe, parseRecipe } from '../../src/learn/floor.ts';
import { recipesFolder } from '../../src/platform/node/floor.ts';
import { root } from './project.ts';

const schema = recipeJsonSchema();
const schemaFile = join(recipesFolder, 'recipe.schema.json');
const page = readFileSync(join(root, 'docs/recipes.md'), 'utf8');

const read = (json: unknown, source: string): unknown =>
  isCommitteeRecipe(json) ? parseCommitteeRecipe(json, source) : parseRecipe(json, source);

describe('recipes/recipe.schema.json', () => {
  it('is made from the schemas as they stand (npx tsx scripts/documents/recipeSchema.ts)', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(schema);
  });

  const files = readdirSync(recipesFolder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(recipesFolder, file))
    .filter((file) => file.endsWith('.json') && !/logs[\\/]|about\.json$|\.schema\.json$/.test(file));

  it.each(files)('%s names it, and reads as without the name', (file) => {
    const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const { $schema, ...rest } = json;
    expect(join(dirname(file), String($schema))).toBe(schemaFile);
    expect(JSON.stringify(read(json, file))).toBe(JSON.stringify(read(rest, file)));
    expect(read(json, file)).not.toHaveProperty('$schema');
  });
});

/** A key of an object in the schema. */
interface Key {
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** Every object in the schema of recipes, with its keys, by the name that the page gives it. */
function objectsOf(): Map<string, Map<string, Key>> {
  const found = new Map<string, Map<string, Key>>();
  const visit = (name: string, at: JsonSchema): void => {
    if (at.$ref !== undefined) {
      // A layer and a network are described once, wherever they stand.
      const target = at.$ref.replace('#/$defs/', '');
      const named = target === 'activation' ? undefined : target;
      if (named !== undefined && !found.has(named)) visit(named, schema.$defs![target]!);
      return;
    }
    for (const option of at.anyOf ?? []) visit(name, option);
    for (const option of at.oneOf ?? []) visit(`${name} ${String(option.properties!.type!.const)}`, option);
    if (at.items !== undefined && !Array.isArray(at.items)) visit(name, at.items as JsonSchema);
    if (typeof at.additionalProperties === 'object') visit(name, at.additionalProperties);
    if (at.properties === undefined) return;
    const keys = new Map<string, Key>();
    found.set(name, keys);
    for (const [key, value] of Object.entries(at.properties)) {
      keys.set(key, { required: at.required?.includes(key) ?? false, schema: value });
      visit(name === 'recipe' ? key : `${name}.${key}`, value);
    }
  };
  visit('recipe', { $ref: '#/$defs/recipe' });
  visit('committee', { $ref: '#/$defs/committee' });
  return found;
}

/** The page's tables: of each object that a heading names, its rows by key. */
function tablesOf(): Map<string, Map<string, readonly string[]>> {
  const tables = new Map<string, Map<string, readonly string[]>>();
  let names: string[] = [];
  for (const line of page.split('\n')) {
    if (line.startsWith('#')) names = [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
    const cells = line.startsWith('| `')
      ? line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim())
      : undefined;
    if (cells === undefined) continue;
    for (const name of names) {
      const rows = tables.get(name) ?? new Map<string, readonly string[]>();
      tables.set(name, rows.set(cells[0]!.slice(1, -1), cells));
    }
  }
  return tables;
}

/** Names and bounds that a value may have, as the page writes them. */
function limitsOf(at: JsonSchema & { readonly minimum?: number; readonly maximum?: number }): string[] {
  if (at.$ref === '#/$defs/activation') return ['(#activations)'];
  const own = [
    ...(at.enum ?? []).map((value) => `\`"${value}"\``),
    ...(at.const === undefined ? [] : [`\`"${at.const}"\``]),
    ...[at.minimum, at.maximum]
      .filter((bound) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER)
      .map((bound) => bound!.toLocaleString('en')),
  ];
  const inner = [...(at.anyOf ?? []), ...(at.items === undefined ? [] : [at.items].flat())] as JsonSchema[];
  return [...own, ...inner.filter(({ properties }) => properties === undefined).flatMap(limitsOf)];
}

describe('docs/recipes.md', () => {
  const objects = objectsOf();
  const tables = tablesOf();

  it('has a table for every object of the schema, and no other', () => {
    expect(objects.size).toBeGreaterThan(30);
    expect([...tables.keys()].sort()).toEqual([...objects.keys()].sort());
  });

  it.each([...objects.keys()])('%s: every key, and no other, with what may stand there', (name) => {
    const [keys, rows] = [objects.get(name)!, tables.get(name)!];
    expect([...rows.keys()].sort()).toEqual([...keys.keys()].sort());
    for (const [key, { required, schema: value }] of keys) {
      const [, type, standard] = rows.get(key)!;
      expect(standard === 'required', `${key}: required`).toBe(required);
      // Sizes and paddings of layers are stated once, above their tables.
      const stated = /^(two sizes|padding: )/.test(type!) ? [] : limitsOf(value);
      for (const limit of stated) expect(type, key).toContain(limit);
    }
  });

  it('has a row for every activation', () => {
    const rows = [...page.slice(page.indexOf('### Activations')).matchAll(/^\| `"(\w+)"` \|/gm)].map(
      ([, name]) => name,
    );
    expect(rows).toEqual(schema.$defs!.activation!.enum);
  });

  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text!) as object);

  it.each(examples)('example %# is read', (example) => {
    expect('layers' in example ? parseNetwork(example, 'example') : read(example, 'example')).toBeDefined();
  });
});
