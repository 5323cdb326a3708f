// Writes the results table of the README from the kept logs. Run: npx tsx scripts/documents/resultsTable.ts
import { writeReadme } from './resultsMarkdown.ts';

await writeReadme();
