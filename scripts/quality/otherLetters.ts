// How models that know letters read writers whom they never saw: a row a test set, as docs/letters.md has it. The sets are in the data
// folder (docs/data.md); what the model is
// told of a set stands beside the figure: its kind of character, as a form or a switch of the page would tell it; how often each occurs; or
// nothing but that the pictures are one pile.
// Run: npx tsx scripts/quality/otherLetters.ts [--model characters-slim]...
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { LetterMetrics, RightShare } from '../../src/learn/floor.ts';
import { markdownRow } from '../documents/markdownTable.ts';

/** Data, and what the model is told of it: options of `ductus evaluate` by their words in the table. */
const nothing: readonly string[] = [];
const pile = ['--frequencies', 'estimate'];
const tests: readonly (readonly [data: string, told: string, options: readonly string[]])[] = [
  ['chars74k:test', 'nothing', nothing],
  ['chars74k:test', 'the pile', pile],
  ['students:test', 'capitals', ['--alphabet', 'upper']],
  ['students:test', 'nothing', nothing],
  ['students:test', 'the pile', pile],
  ['crohme:test', 'nothing', nothing],
  ['crohme:test', 'the pile', pile],
  ['crohme:test', "crohme:train's frequencies", ['--frequencies', 'crohme:train']],
  ['crohme:test:ink', 'nothing', nothing],
  ['crohme:test:ink', 'the pile', pile],
  ['crohme:test:ink', "crohme:train's frequencies", ['--frequencies', 'crohme:train']],
  ['mnist:test', 'digits', ['--alphabet', 'digits']],
  ['mnist:test', 'nothing', nothing],
  ['mnist:test', 'the pile', pile],
];

const { values } = parseArgs({ options: { model: { type: 'string', multiple: true, default: ['characters-slim'] } } });
const cli = fileURLToPath(new URL('../../bin/ductus.js', import.meta.url));
const row = (cells: readonly string[]): void => console.log(markdownRow(cells));
const percent = (share: number): string => (100 * share).toFixed(2);
const simple = ({ share }: RightShare): string => percent(share);

for (const model of values.model) {
  const heads = ['right', 'among 2', 'among 3', 'mean of classes', 'case folded', '47 classes', 'look-alikes forgiven'];
  row([model, 'told', 'pictures', ...heads]);
  row(['---', '---', '---', ...heads.map(() => '---')]);
  for (const [data, told, options] of tests) {
    const text = execFileSync(
      process.execPath,
      [cli, 'evaluate', '--model', model, '--data', data, ...options, '--json'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        maxBuffer: 2 ** 28,
      },
    );
    const { letters, correct, count } = JSON.parse(text) as { letters?: LetterMetrics; correct: number; count: number };
    if (letters === undefined) {
      row([data, told, String(count), percent(correct / count), ...heads.slice(1).map(() => '')]);
      continue;
    }
    const { top, macro, caseFolded, merged, ambiguity } = letters;
    const [low, high] = top[1].interval95;
    row([
      ...[data, told, String(count)],
      `${simple(top[1])} (${percent(low)} to ${percent(high)})`,
      ...[simple(top[2]), simple(top[3]), percent(macro.share), simple(caseFolded), simple(merged)],
      simple(ambiguity.forgiven),
    ]);
  }
}
