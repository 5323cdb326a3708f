// The columns of a comparison's tables, on the page and on the terminal alike.
import { percent } from '../../evaluate/reportHtml.ts';
import type { SystemResult } from './systemResult.ts';
import { trials } from './trials.ts';

/** One column. */
export interface Column {
  readonly title: string;
  value(result: SystemResult): string;
}

/** Accuracy and cost. */
export const comparisonColumns: readonly Column[] = [
  { title: 'right', value: ({ test }) => percent(test.accuracy) },
  { title: 'interval', value: ({ test }) => test.interval.map((end) => percent(end)).join(' to ') },
  { title: 'in first two', value: ({ test }) => percent(test.topTwo) },
  { title: 'learning', value: ({ time }) => seconds(time.learning) },
  { title: 'a character', value: ({ time }) => `${time.reading.toPrecision(2)} ms` },
  { title: 'size', value: ({ bytes }) => amount(bytes) },
  { title: 'memory', value: ({ memory }) => amount(memory.peak - memory.before) },
];

/** Right answers under each trial. */
export const trialColumns: readonly Column[] = [
  ...['clean', ...trials.map(({ name }) => name)].map(
    (name): Column => ({
      title: name,
      value: ({ trials: found }) => (found[name] === undefined ? '' : percent(found[name].accuracy, 1)),
    }),
  ),
  { title: 'pairs read', value: ({ touching }) => percent(touching.bothFirst, 1) },
  { title: 'pairs refused', value: ({ touching }) => percent(touching.refused, 1) },
];

/** A time as people read it. */
function seconds(value: number): string {
  if (value < 60) return `${value.toPrecision(value < 1 ? 1 : 2)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Bytes as people read them. */
function amount(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
