// Writes recipes/recipe.schema.json. To be run again whenever a key of a recipe or a network changes: npx tsx
// scripts/documents/recipeSchema.ts
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipeJsonSchema } from './recipeJsonSchema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = join(root, 'recipes/recipe.schema.json');
writeFileSync(file, JSON.stringify(recipeJsonSchema(), undefined, 2));
const { status } = spawnSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', file], { stdio: 'inherit' });
process.exit(status ?? 1);
