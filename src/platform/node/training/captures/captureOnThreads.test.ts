import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../../../core/floor.ts';
import { captureDataset, captureNamed, limitSamples } from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { captureOnThreads } from './captureOnThreads.ts';

const digits = limitSamples(await openDataset('mnist:train'), 450, 1);
const options = { captures: [captureNamed('bitmap').config], variants: 1, seed: 3 };

describe('captureOnThreads', () => {
  it('captures as one thread does, bit for bit, and tells how far it is', { tags: ['slow'] }, async () => {
    const alone = captureDataset(digits, options);
    const told: number[] = [];
    const together = await captureOnThreads(digits, { ...options, threads: 2, onProgress: (done) => told.push(done) });
    expect(together!.count).toBe(alone.count);
    expect(Buffer.from(together!.images).equals(alone.images)).toBe(true);
    expect([...together!.targets]).toEqual([...alone.targets]);
    expect(together!.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(told).toEqual([150, 300, 450]);
  });

  it('stops when told to, and says when there is nothing to see', { tags: ['slow'] }, async () => {
    expect(await captureOnThreads(digits, { ...options, cancelled: () => true })).toBeUndefined();
    const images = new Uint8Array(digits.dataset.images.length);
    const blank = { dataset: { ...digits.dataset, images }, indices: digits.indices.subarray(0, 3) };
    const plain = [{ size: [28, 28], margin: [0, 0] }] as const;
    await expect(captureOnThreads(blank, { ...options, captures: plain })).rejects.toThrow(FormatError);
    const wrong = [{ size: [28, 28], margin: [0, 99] }] as const;
    await expect(captureOnThreads(blank, { ...options, captures: wrong })).rejects.toThrow(UsageError);
  });
});
