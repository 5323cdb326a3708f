// How models that know letters read writers whom they never saw: a row a test set, as docs/letters.md has it. The sets
// are in the data folder (docs/data.md). What the model is given beside the pictures stands beside the figure: their
// kind of character, how often each occurs, or only that they are one pile. Run: npx tsx
// scripts/quality/otherLetters.ts [--model characters-slim]...
import { parseArgs } from 'node:util';
import type { RightShare } from '../../src/learn/floor.ts';
import { type EvaluateOptions, evaluateModel } from '../../src/platform/node/index.ts';
import { markdownRow } from '../documents/markdownTable.ts';

/** Data, and what the model knows of it: options of `evaluateModel` by their words in the table. */
type Known = Pick<EvaluateOptions, 'alphabet' | 'frequencies'>;
const nothing: Known = {};
const pile: Known = { frequencies: 'estimate' };
const tests: readonly (readonly [data: string, given: string, options: Known])[] = [
  ['chars74k:test', 'nothing', nothing],
  ['chars74k:test', 'the pile', pile],
  ['students:test', 'capitals', { alphabet: 'upper' }],
  ['students:test', 'nothing', nothing],
  ['students:test', 'the pile', pile],
  ['crohme:test', 'nothing', nothing],
  ['crohme:test', 'the pile', pile],
  ['crohme:test', "crohme:train's frequencies", { frequencies: 'crohme:train' }],
  ['crohme:test:ink', 'nothing', nothing],
  ['crohme:test:ink', 'the pile', pile],
  ['crohme:test:ink', "crohme:train's frequencies", { frequencies: 'crohme:train' }],
  ['mnist:test', 'digits', { alphabet: 'digits' }],
  ['mnist:test', 'nothing', nothing],
  ['mnist:test', 'the pile', pile],
];

const { values } = parseArgs({ options: { model: { type: 'string', multiple: true, default: ['characters-slim'] } } });
const row = (cells: readonly string[]): void => console.log(markdownRow(cells));
const percent = (share: number): string => (100 * share).toFixed(2);
const simple = ({ share }: RightShare): string => percent(share);

for (const model of values.model) {
  const heads = ['right', 'among 2', 'among 3', 'mean of classes', 'case folded', '47 classes', 'look-alikes forgiven'];
  row([model, 'given', 'pictures', ...heads]);
  row(['---', '---', '---', ...heads.map(() => '---')]);
  for (const [data, given, options] of tests) {
    const { letters, correct, count } = await evaluateModel({ model, data, ...options });
    if (letters === undefined) {
      row([data, given, String(count), percent(correct / count), ...heads.slice(1).map(() => '')]);
      continue;
    }
    const { top, macro, caseFolded, merged, ambiguity } = letters;
    const [low, high] = top[1].interval95;
    row([
      ...[data, given, String(count)],
      `${simple(top[1])} (${percent(low)} to ${percent(high)})`,
      ...[simple(top[2]), simple(top[3]), percent(macro.share), simple(caseFolded), simple(merged)],
      simple(ambiguity.forgiven),
    ]);
  }
}
