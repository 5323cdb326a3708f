// Keeps the log of finished trainings in the repository, as recipes/logs/<recipe>-<seed>.json, and writes the results
// table of docs/results.md anew. Run it on the machine that trained: it writes down which one that is. Run: npx tsx
// scripts/documents/keepLog.ts RUNFOLDER...
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFileAtomic } from '../../src/platform/node/floor.ts';
import { writeResults } from './resultsMarkdown.ts';
import { formatLog, logName, logsFolder, readRun, thisMachine } from './runLog.ts';

const { positionals: folders } = parseArgs({ allowPositionals: true });
if (folders.length === 0) {
  console.error('usage: npx tsx scripts/documents/keepLog.ts RUNFOLDER...');
  process.exit(2);
}
// All are read before one is written: a folder that is refused leaves nothing half done.
const logs = await Promise.all(folders.map((folder) => readRun(folder, thisMachine())));
await mkdir(logsFolder, { recursive: true });
for (const log of logs) {
  await writeFileAtomic(join(logsFolder, logName(log)), new TextEncoder().encode(formatLog(log)));
  console.log(`recipes/logs/${logName(log)}`);
}
await writeResults();
