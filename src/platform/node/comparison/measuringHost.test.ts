import { expect, it } from 'vitest';
import { measuringHost } from './measuringHost.ts';

const megabyte = 2 ** 20;

/** Allocates this much memory, writes to every page, and releases it. */
function take(megabytes: number): number {
  return Buffer.alloc(megabytes * megabyte, 1).length;
}

it('counts what was taken since the peak was forgotten, and where the system allows it nothing before', {
  tags: ['slow'],
}, () => {
  const host = measuringHost();
  take(300);
  const before = host.memory();
  host.forgetPeak();
  const forgets = process.platform === 'linux';
  if (forgets) expect(host.peakMemory() - before).toBeLessThan(60 * megabyte);
  take(200);
  expect(host.peakMemory() - before).toBeGreaterThan(180 * megabyte);
  if (forgets) expect(host.peakMemory() - before).toBeLessThan(260 * megabyte);
});
