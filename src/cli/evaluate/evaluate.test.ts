// What `ductus evaluate` says beyond accuracy, as scripts meet it, with the shipped model.
// @module-tag slow
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOnnx, network } from '../../../test/parity/handOnnx.ts';
import { type Ended, runDuctus } from '../../../test/runDuctus.ts';
import { writeOnnx } from '../../onnx/floor.ts';

let folder: string;
/** An untrained model whose card says nothing of a training. */
let hand: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-evaluate-'));
  hand = join(folder, 'hand.onnx');
  await writeFile(hand, writeOnnx(handOnnx(network('hand', [{ type: 'flatten' }, { type: 'dense', units: 10 }]))));
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: readonly string[]): Promise<Ended> => runDuctus(['evaluate', ...args]);

const some = ['--data', 'mnist:test', '--limit', '300'];
/** A model that was trained on MNIST alone, so that its held back part is at hand. */
const taughtByMnist = [...some, '--model', 'slim'];

describe('ductus evaluate', () => {
  it('chooses temperature and threshold on what training held back, and measures them on the test set', async () => {
    const report = join(folder, 'report.html');
    const args = [...taughtByMnist, '--calibrate-on', 'validation', '--target-error', '0.1%', '--against', hand];
    const [{ code, stdout, stderr }, { stdout: words }] = await Promise.all([
      evaluate(...args, '--json', '--report', report),
      evaluate(...args),
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.chosenOn).toBe('mnist:train, 5000 held back');
    expect(result.calibration.map(({ name }: { name: string }) => name)).toEqual(['none', 'model', 'refitted']);
    // The card's temperature was fitted on the same pictures: fitting again finds it again.
    const [, own, refitted] = result.calibration;
    expect(refitted.temperature / own.temperature).toBeCloseTo(1, 2);
    const { forError, byThreshold, curve } = result.rejection;
    expect(forError.chosen).toMatchObject({ count: 5000 });
    expect(forError.chosen.errors / forError.chosen.kept).toBeLessThanOrEqual(0.001);
    expect(forError.measured).toMatchObject({ count: 300, threshold: forError.chosen.threshold });
    expect(byThreshold.chosen.kept).toBe(4950);
    expect(curve.at(0)).toMatchObject({ kept: 300, errors: 300 - result.correct });
    const { bothRight, onlyFirst, onlySecond, bothWrong, midP } = result.comparison;
    expect(bothRight + onlyFirst + onlySecond + bothWrong).toBe(300);
    expect(bothRight + onlyFirst).toBe(result.correct);
    // A trained network against one that guesses.
    expect(midP).toBeLessThan(1e-30);
    expect(words).toMatch(/\nwithout the 1\.00 % least sure: \d\.\d\d % wrong \(\d+ of 297; 95 % interval/);
    expect(words).toMatch(/\nthreshold 0\.\d{4}, chosen as it leaves 0\.\d\d % wrong \(\d+ of \d+; .*: here rejects /);
    expect(words).toMatch(/\nfitted there +\d\.\d{3} /);
    expect(words).toMatch(/McNemar's test, two-sided: exact p = \d/);
    const page = await readFile(report, 'utf8');
    for (const part of [
      'Rejection of the least sure',
      'Comparison',
      'Fitted: on &quot;mnist:train, 5000 held back&quot;',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('lists its answers to the disputed pictures', async () => {
    const [text, json] = await Promise.all([evaluate('disputed'), evaluate('disputed', '--json')]);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/\n {4}947 {2}8 +8: 0, 9: 5, neither: 0 +\d +\d\d\.\d\d %\n/);
    expect(text.stdout).toContain('Northcutt, Athalye and Mueller 2021');
    const { disputed } = JSON.parse(json.stdout);
    expect(disputed).toHaveLength(15);
    expect(disputed.every(({ answer }: { answer: string }) => /^\d$/.test(answer))).toBe(true);
  });

  it.each([
    [
      'training data to choose on',
      [...some, '--calibrate-on', 'mnist:train'],
      /was not trained on, received its training data/,
    ],
    ['the measured pictures to choose on', [...some, '--calibrate-on', 'mnist:test'], /received 300 of the 300 again/],
    [
      'another part than was held back',
      [...taughtByMnist, '--calibrate-on', 'validation', '--split-seed', '9'],
      /tell it with --split-seed/,
    ],
    ['a threshold chosen where it is measured', [...some, '--target-error', '0.1%'], /--calibrate-on/],
    ['a share that is none', [...some, '--target-error', '2'], /Expected a share from 0 to below 1/],
    ['disputed pictures of other data', ['disputed', '--data', 'mnist:train'], /unknown option '--data'/],
    ['options before a subcommand', ['--model', 'slim', 'disputed'], /--model: expected behind the subcommand, ductus/],
    ['the option that was disputed', ['--disputed'], /--disputed: expected the subcommand, ductus evaluate disputed,/],
    ['the option that was draw', [...some, '--draw', '5'], /--draw: expected the subcommand, ductus evaluate draw,/],
    ['the option that was listing', ['--listing=3'], /--listing: expected the subcommand, ductus evaluate listing,/],
    [
      'frequencies of pictures beside others to choose on',
      [...some, '--frequencies', 'estimate', '--calibrate-on', 'validation'],
      /--frequencies: expected it without --calibrate-on/,
    ],
    ['no data', ['--limit', '3'], /required option '--data <path>' not specified/],
  ])('refuses %s', async (_, args, message) => {
    await expect(refusal(args)).resolves.toMatch(message);
  });

  it('refuses a model that does not tell what its training held back', async () => {
    await expect(refusal([...some, '--model', hand, '--calibrate-on', 'validation'])).resolves.toMatch(
      /whose card names none/,
    );
  });
});

/** What the command says when it refuses. */
async function refusal(args: readonly string[]): Promise<string> {
  const { code, stderr } = await evaluate(...args);
  return code === 2 ? stderr : `exit code ${code}`;
}
