// The process of one compared system: it receives what to measure, reports its progress, writes its files and ends.
import { classifierKindNamed, measureSystem } from '../../../classic/floor.ts';
import { writeFileAtomic } from '../files/files.ts';
import { openComparisonData } from './comparisonData.ts';
import { measuringHost } from './measuringHost.ts';
import type { SystemReply, SystemRequest } from './systemMessages.ts';

/** Sends a message to the parent and waits until it is sent: a channel closed at once would lose the last message. */
function reply(message: SystemReply): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

process.on('message', (request: SystemRequest) => {
  measure(request)
    .catch((error: unknown) =>
      reply({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
    )
    .finally(() => process.disconnect());
});
// The parent is gone: nobody needs the answer.
process.on('disconnect', () => process.exit());

async function measure({ system, data, trialCount, key, resultFile, modelFile }: SystemRequest): Promise<void> {
  const host = measuringHost();
  const kind = classifierKindNamed(system, host);
  const { train, test } = await openComparisonData(data);
  let told = 0;
  const { result, file } = await measureSystem(
    kind,
    {
      ...{ train, test, seed: data.seed, trialCount },
      onProgress(stage, share) {
        // Four times a second is enough for a bar; a tiny network would report thousands of steps.
        if (share < 1 && host.now() - told < 250) return;
        told = host.now();
        void reply({ type: 'progress', stage, share });
      },
    },
    host,
  );
  await writeFileAtomic(modelFile, file);
  await writeFileAtomic(resultFile, `${JSON.stringify({ key, result }, undefined, 1)}\n`);
  await reply({ type: 'measured', result });
}
