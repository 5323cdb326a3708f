// What `ductus evaluate` prints for a model of letters: the shipped digits model, some of whose classes are renamed to
// letters that look like them, on real digits. Its S then is a five: wrong, and within a group of look-alikes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedBy, runDuctus } from '../../../test/runDuctus.ts';
import type { LetterMetrics } from '../../learn/floor.ts';
import { modelCardOf, readOnnx, withModelCard, writeOnnx } from '../../onnx/floor.ts';
import { loadModel } from '../../platform/node/floor.ts';

let folder: string;
let letters: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-letters-'));
  letters = join(folder, 'letters.onnx');
  const model = readOnnx((await loadModel('digits')).bytes);
  const labels = ['0', 'I', 'Z', '3', '4', 'S', 'G', '7', '8', 'g'];
  writeFileSync(letters, writeOnnx(withModelCard(model, { ...modelCardOf(model)!, labels })));
});
afterAll(() => rmSync(folder, { recursive: true }));

const evaluate = (...args: string[]): Promise<string> => printedBy(['evaluate', '--data', 'mnist:train', ...args]);
const some = ['--limit', '300'];

describe('ductus evaluate of a model with letters', () => {
  it('holds case, merged classes and look-alikes in its JSON, and draws them in its report', {
    tags: ['slow'],
  }, async () => {
    const report = join(folder, 'letters.html');
    const printed = await evaluate(...some, '--model', letters, '--allow-unknown', '--json', '--report', report);
    const {
      letters: found,
      count,
      correct,
    } = JSON.parse(printed) as {
      letters: LetterMetrics;
      count: number;
      correct: number;
    };
    expect(found.top[1].right).toBe(correct);
    // Half of the classes are unknown to it, and it is wrong on them.
    expect(found.top[1].share).toBeLessThan(0.6);
    // Nearly all of these errors are of a digit and its letter.
    expect(found.ambiguity.errors).toBe(count - correct);
    expect(found.ambiguity.share).toBeGreaterThan(0.9);
    expect(found.ambiguity.forgiven.share).toBeGreaterThan(0.95);
    // A five is no S, whatever the case, and not in one of the 47 classes with it.
    expect(found.caseFolded.right).toBe(correct);
    expect(found.merged.right).toBe(correct);
    expect(found.macro.classes).toBe(10);
    const five = found.groups.findIndex(({ classes }) => classes.join('') === '5S');
    expect(found.groups[five]).toMatchObject({ right: 0 });
    expect(found.groups[five]!.within).toBe(found.confusion[five]![five]);

    const { document } = parseHTML(readFileSync(report, 'utf8'));
    const section = document.querySelector('[aria-labelledby="letters"]')!;
    expect(section.querySelector('svg')).not.toBeNull();
    expect(section.textContent).toContain('5/S');
    expect([...section.querySelectorAll('table')]).toHaveLength(2);
  });

  it('prints them, the confusion by group as a line a group', { tags: ['slow'] }, async () => {
    const printed = await evaluate(...some, '--model', letters, '--allow-unknown');
    expect(printed).toMatch(/\nlook-alikes forgiven +(9\d|100)\.\d\d % +\d\d\.\d\d % to \d+\.\d\d % +\d+ of 300\n/);
    expect(printed).toMatch(/\nerrors by look-alikes +\d+\.\d\d % .* of \d+ errors\n/);
    expect(printed).toMatch(/\n5\/S +\d+ +0 +\d+/);
  });

  it('says nothing of letters for a model of digits', { tags: ['slow'] }, async () => {
    expect(JSON.parse(await evaluate(...some, '--json'))).not.toHaveProperty('letters');
  });

  it('leaves out, and counts, what an alphabet excludes', { tags: ['slow'] }, async () => {
    const reader = ['--data', 'mnist:train', '--model', letters, '--alphabet', '0,3,4'];
    const { stdout, stderr } = await runDuctus(['evaluate', 'listing', '5', ...reader, '--json']);
    const { listing } = JSON.parse(stdout) as { listing: { label: string }[] };
    for (const { label } of listing) expect('034').toContain(label);
    expect(stderr).toMatch(/^Left out: \d+ pictures of classes outside of the alphabet\.\n$/);
    const printed = await evaluate(...some, '--model', letters, '--alphabet', '0,3,4');
    expect(printed).toMatch(
      /\(framed, alphabet 0,3,4, 4\d{4} pictures outside of it left out\): (9\d|100)\.\d\d % of 300 right/,
    );
    expect(printed).not.toContain('letters:');
    await expect(evaluate('--model', letters, '--alphabet', 'letters')).rejects.toThrow(
      /--alphabet: expected classes of mnist:train/,
    );
  });
});
