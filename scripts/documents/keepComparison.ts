// Keeps a finished comparison of all systems in the repository: its JSON, in docs/comparison, and from it the page
// beside it and the tables of docs/comparison.md. Without a folder it makes both again from the JSON that is kept. Run:
// npx ductus compare --train 60000, then npx tsx scripts/documents/keepComparison.ts runs/compare-mnist-60000
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { classifierKinds } from '../../src/classic/floor.ts';
import { comparisonFiles, measuringHost } from '../../src/platform/node/floor.ts';
import { docs, keptComparison, readComparison, writeComparisonDocument } from './comparisonDocument.ts';

const [folder] = parseArgs({ allowPositionals: true }).positionals;
if (folder !== undefined) {
  const { results, failures } = await readComparison(join(folder, comparisonFiles.json));
  const missing = classifierKinds(measuringHost())
    .map(({ name }) => name)
    .filter((name) => !results.some(({ system }) => system === name));
  if (missing.length > 0) {
    const why = failures.map(({ system, message }) => `; ${system}: ${message}`).join('');
    console.error(`${folder}: expected all systems, ${missing.join(', ')} are missing${why}`);
    process.exit(1);
  }
  await mkdir(docs('comparison'), { recursive: true });
  await copyFile(join(folder, comparisonFiles.json), docs(`comparison/${keptComparison}.json`));
  console.log(`docs/comparison/${keptComparison}.json`);
}
await writeComparisonDocument();
console.log(`docs/comparison.md, docs/comparison/${keptComparison}.html`);
