import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printedBy } from '../../../test/runDuctus.ts';
import type { ListedAnswer } from '../../learn/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { formatIdx, limitSamples, targetsOf } from '../../samples/floor.ts';

const list = (...args: string[]): Promise<string> => printedBy(['evaluate', 'listing', ...args]);

describe('ductus evaluate listing', () => {
  it('lists prediction, character and label of some pictures, the same for the same seed', {
    tags: ['slow'],
  }, async () => {
    const printed = await list('20', '--data', 'mnist:train', '--seed', '3', '--json');
    const { data, framing, listing } = JSON.parse(printed) as {
      listing: ListedAnswer[];
      data: string;
      framing: string;
    };
    expect({ data, framing }).toEqual({ data: 'mnist:train', framing: 'framed' });
    const chosen = limitSamples(await openDataset('mnist:train'), 20, 3);
    expect(listing.map(({ source }) => source)).toEqual([...chosen.indices].map((index) => `mnist:train#${index}`));
    expect(listing.map(({ label }) => label)).toEqual([...targetsOf(chosen)].map(String));
    for (const { prediction, character, label, confidence, right } of listing) {
      expect(character).toBe(String(prediction));
      expect(right).toBe(character === label);
      expect(confidence).toBeGreaterThan(0.1);
    }
    // The shipped model was trained on these: nineteen of twenty is far below what it does.
    expect(listing.filter(({ right }) => right).length).toBeGreaterThanOrEqual(19);
  });

  it('prints them above what the network saw', async () => {
    const printed = await list('4', '--data', 'mnist:train', '--seed', '3');
    const titles = [...printed.matchAll(/mnist:train#\d+/g)];
    expect(titles).toHaveLength(4);
    expect(printed).toMatch(/prediction \d, \d+\.\d\d %/);
    expect(printed).toMatch(/character {2}\d/);
    expect(printed).toMatch(/label {6}\d/);
    expect(printed).toMatch(/[█▀▄]{3,}/);
    expect(printed).not.toContain('wrong');
  });

  it('says which are wrong, and of which nothing was found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ductus-listing-'));
    const { images, targets } = await openDataset('mnist:train');
    // Two digits under the label of the next one, and a blank picture.
    const pixels = Uint8Array.from([...images.subarray(0, 2 * 784), ...new Uint8Array(784)]);
    const labels = Uint8Array.of((targets[0]! + 1) % 10, (targets[1]! + 1) % 10, 0);
    writeFileSync(join(folder, 'x-images.idx3'), formatIdx({ type: 'uint8', shape: [3, 28, 28], data: pixels }));
    writeFileSync(join(folder, 'x-labels.idx1'), formatIdx({ type: 'uint8', shape: [3], data: labels }));
    const printed = await list('3', '--data', join(folder, 'x-images.idx3'), '--framing', 'raw');
    rmSync(folder, { recursive: true });
    expect(printed.match(/\(wrong\)/g)).toHaveLength(3);
    expect(printed).toMatch(/prediction: nothing found.*character {2}none/s);
  });

  it('is refused together with what measures', async () => {
    await expect(list('3', '--data', 'mnist:test', '--limit', '5')).rejects.toThrow("unknown option '--limit'");
    await expect(list('0', '--data', 'mnist:test')).rejects.toThrow('whole number in 1..1000');
    await expect(list('3')).rejects.toThrow("required option '--data <path>' not specified");
  });
});
