// Writes the results table of docs/results.md from the kept logs, and the README's table of models from their cards.
// Run: npx tsx scripts/documents/resultsTable.ts
import { writeModels } from './modelsMarkdown.ts';
import { writeResults } from './resultsMarkdown.ts';

await writeResults();
await writeModels();
