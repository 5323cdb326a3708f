// The columns of a comparison's tables. Page, terminal and documentation share them.
import { percent } from '../../learn/floor.ts';
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
  { title: 'trained on', value: ({ training }) => samplesOf(training) },
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

/** Errors that remain when the least certain answers are refused: points of the rejection curve. */
export const rejectionColumns: readonly Column[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].map((refused) => ({
  title: `${100 * refused} % refused`,
  value: ({ rejection }) => {
    // Answers of one margin cannot be separated: this takes the point that keeps least among those that keep enough.
    const point = rejection.findLast(({ coverage }) => coverage >= 1 - refused - 1e-9);
    return point === undefined ? '' : percent(point.error);
  },
}));

/** Classes that are each other turned upside down: features that ignore rotation confuse them. */
const turnedClasses = ['69', 'MW', 'nu', 'bq', 'dp'];

/** Columns of the pairs in the data: the share of two such classes' pictures that is read as the other class. */
export function turnedColumns(labels: readonly string[]): Column[] {
  return turnedClasses.flatMap((pair): Column[] => {
    const [one, other] = [labels.indexOf(pair[0]!), labels.indexOf(pair[1]!)];
    if (one < 0 || other < 0) return [];
    const value = ({ test: { confusion } }: SystemResult): string => {
      const asked = [...confusion[one]!, ...confusion[other]!].reduce((sum, count) => sum + count, 0);
      return asked === 0 ? '' : percent((confusion[one]![other]! + confusion[other]![one]!) / asked, 1);
    };
    return [{ title: `${pair[0]} for ${pair[1]}`, value }];
  });
}

/**
 * A system's description, its published results, and why it learnt from fewer samples than the others, where it did.
 */
export function aboutSystem({ description, published, training }: SystemResult): {
  readonly what: string;
  readonly figure: string;
} {
  return {
    what: training.note === null ? description : `${description} Trained on ${samplesOf(training)}: ${training.note}.`,
    figure: published === null ? 'nothing comparable' : `${published.text} (${published.source})`,
  };
}

function samplesOf({ count, offered }: SystemResult['training']): string {
  return count === offered ? String(count) : `${count} of ${offered}`;
}

/** A time, formatted for people. */
function seconds(value: number): string {
  if (value < 60) return `${value.toPrecision(value < 1 ? 1 : 2)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Bytes, formatted for people. */
function amount(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
