// @module-tag slow
import { describe, expect, it } from 'vitest';
import { printedBy, runDuctus } from '../../test/runDuctus.ts';
import type { TrainingProfile } from '../platform/node/floor.ts';

/** Profiles the smallest network that ships, on one thread. */
const profile = async (...args: string[]) =>
  JSON.parse(await printedBy(['profile', 'small', '--threads', '1', '--json', ...args])) as TrainingProfile & {
    readonly batch: number;
  };

describe('ductus profile', () => {
  it('times as many steps as it is asked to, of as many pictures', async () => {
    const [few, more] = [await profile('--batch', '8', '--steps', '2'), await profile('--batch', '16', '--steps', '3')];
    expect([few.batch, few.steps, more.batch, more.steps]).toEqual([8, 2, 16, 3]);
    // Arithmetic grows with the pictures, whatever time it takes: almost all of it belongs to convolutions and
    // products.
    const work = ({ gigaflops, stepMilliseconds }: TrainingProfile): number => gigaflops * stepMilliseconds;
    expect(work(more) / work(few)).toBeGreaterThan(1.8);
    expect(work(more) / work(few)).toBeLessThan(2.2);
  });

  it('prints a table for people, and refuses what it does not know', async () => {
    const printed = await printedBy(['profile', 'small', '--threads', '1', '--batch', '8', '--steps', '1']);
    expect(printed).toMatch(/^operator +ms a shard +share +GFLOP\/s +of roofline\n/);
    expect(printed).toMatch(/\nsmall, batch 8, one worker: a step takes \d+\.\d ms/);
    const refused = await runDuctus(['profile', 'smal']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
  });
});
