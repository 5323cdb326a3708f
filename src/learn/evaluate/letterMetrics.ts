// The figures of a classifier that knows letters, beyond `metrics.ts`: accuracy with case ignored, with classes merged
// as in EMNIST, and with look-alikes merged.
import { alphabets } from '../../core/floor.ts';
import { emnistSplits } from '../../samples/floor.ts';
import { lookAlikesOf } from './lookAlikes.ts';
import type { Metrics } from './metrics.ts';
import { answerOf, type Predictions, truthOf } from './predictions.ts';
import { wilsonInterval } from './statistics/wilsonInterval.ts';

/** How many pictures of a set are right. */
export interface RightShare {
  readonly right: number;
  readonly count: number;
  /** `right / count`, 0..1. */
  readonly share: number;
  /** Wilson's 95 % interval. */
  readonly interval95: readonly [low: number, high: number];
}

/** Figures of the pictures of one group of look-alikes, or of one class that looks like no other. */
export interface GroupMetrics {
  /** Class texts of the group that the classifier or the data has. */
  readonly classes: readonly string[];
  /** Why they look alike; absent for a single class. */
  readonly reason?: string;
  readonly count: number;
  readonly right: number;
  /** Read as another class of the group. */
  readonly within: number;
  /** Read as a class of another group. */
  readonly elsewhere: number;
  /** Nothing found. */
  readonly empty: number;
}

/** Figures of a classifier with letters. An empty answer is wrong in all of them. */
export interface LetterMetrics {
  /** The true class is among the one, two or three most probable classes. */
  readonly top: Readonly<Record<'1' | '2' | '3', RightShare>>;
  /** Mean of the recalls of the classes that have pictures, so that a frequent class counts no more than a rare one. */
  readonly macro: {
    readonly share: number;
    readonly classes: number;
    /** `sqrt(sum p (1 - p) / n) / classes`: the standard error of a mean of independent shares. */
    readonly standardError: number;
  };
  /** The answer and the true class are the same letter, capital or small. */
  readonly caseFolded: RightShare;
  /**
   * Over the 47 classes of EMNIST's merged divisions, with probabilities summed within a merged class before the
   * choice.
   */
  readonly merged: RightShare;
  /** The share of errors between look-alikes. */
  readonly ambiguity: {
    readonly errors: number;
    /** Errors whose answer looks like the true class. */
    readonly within: number;
    /** `within / errors`; null where there is no error. */
    readonly share: number | null;
    readonly interval95: readonly [low: number, high: number] | null;
    /** Right, or wrong within a group of look-alikes. */
    readonly forgiven: RightShare;
  };
  /** The groups with a class of the classifier or the data, in the order of their first classes. */
  readonly groups: readonly GroupMetrics[];
  /** Rows and columns: `groups`, true and answered. Empty answers are in no column. */
  readonly confusion: readonly (readonly number[])[];
}

const letters: ReadonlySet<string> = new Set<string>(alphabets.letters);
const folded: ReadonlySet<string> = new Set(emnistSplits.bymerge.merged);

/** Whether a classifier of these classes knows letters. */
export function knowsLetters(labels: readonly string[]): boolean {
  return labels.some((label) => letters.has(label));
}

/** The class of EMNIST's merged divisions for a class of 62: C for both C and c, but A and a stay separate. */
export function mergedClassOf(label: string): string {
  const capital = label.toUpperCase();
  return letters.has(label) && folded.has(capital) ? capital : label;
}

/**
 * Computes the figures that letters need. Classes that the classifier lacks count by their texts: a classifier of
 * capitals that answers A to an a is wrong, and right with case folded.
 *
 * @param predictions the predictions that `figures` were computed from.
 */
export function letterMetrics(predictions: Predictions, figures: Metrics): LetterMetrics {
  const { labels, unknownLabels = [], targets } = predictions;
  const { count } = figures;
  const texts = [...labels, ...unknownLabels];
  const groups = groupsOf(texts);
  const groupOf = texts.map((text) => groups.findIndex(({ classes }) => classes.includes(text)));
  const confusion = groups.map(() => new Array<number>(groups.length).fill(0));
  const counts = groups.map(() => ({ count: 0, right: 0, within: 0, elsewhere: 0, empty: 0 }));
  const mergedAnswer = summedChoice(predictions, mergedClassOf);
  let [caseFolded, merged] = [0, 0];
  for (let sample = 0; sample < count; sample++) {
    const own = groupOf[targets[sample]!]!;
    const row = counts[own]!;
    row.count++;
    const answer = answerOf(predictions, sample);
    if (answer < 0) {
      row.empty++;
      continue;
    }
    confusion[own]![groupOf[answer]!]!++;
    if (answer === targets[sample]) row.right++;
    else if (groupOf[answer] === own) row.within++;
    else row.elsewhere++;
    const truth = truthOf(predictions, sample);
    if (fold(labels[answer]!) === fold(truth)) caseFolded++;
    if (mergedAnswer(sample) === mergedClassOf(truth)) merged++;
  }
  const errors = count - figures.correct;
  const within = counts.reduce((sum, group) => sum + group.within, 0);
  const top = (k: '2' | '3'): RightShare => rightShare(Math.round((figures.topK[k] ?? 0) * count), count);
  return {
    top: { 1: rightShare(figures.correct, count), 2: top('2'), 3: top('3') },
    macro: macroOf(figures),
    caseFolded: rightShare(caseFolded, count),
    merged: rightShare(merged, count),
    ambiguity: {
      errors,
      within,
      share: errors === 0 ? null : within / errors,
      interval95: errors === 0 ? null : wilsonInterval(within, errors),
      forgiven: rightShare(figures.correct + within, count),
    },
    groups: groups.map((group, index) => ({ ...group, ...counts[index]! })),
    confusion,
  };
}

/** Groups of look-alikes that contain any of the classes, restricted to these classes. */
function groupsOf(texts: readonly string[]): Pick<GroupMetrics, 'classes' | 'reason'>[] {
  const groups = new Map<string, Pick<GroupMetrics, 'classes' | 'reason'>>();
  for (const text of texts) {
    const { classes, reason } = lookAlikesOf(text);
    const own = classes.filter((label) => texts.includes(label));
    groups.set(own[0]!, { classes: own, ...(own.length > 1 && reason !== undefined && { reason }) });
  }
  return [...groups.values()];
}

/** The most probable merged class of a picture, its probability the sum of its classes'; the first of equals. */
function summedChoice(
  { labels, probabilities }: Predictions,
  mergedOf: (label: string) => string,
): (sample: number) => string {
  const classes = [...new Set(labels.map(mergedOf))];
  const places = labels.map((label) => classes.indexOf(mergedOf(label)));
  return (sample) => {
    const sums = new Float64Array(classes.length);
    for (const [index, place] of places.entries()) sums[place]! += probabilities[sample * labels.length + index]!;
    let best = 0;
    for (let index = 1; index < sums.length; index++) if (sums[index]! > sums[best]!) best = index;
    return classes[best]!;
  };
}

function macroOf({ perClass }: Metrics): LetterMetrics['macro'] {
  const there = perClass.filter(({ count }) => count > 0);
  const shares = there.map(({ correct, count }) => correct / count);
  const variance = there.reduce((sum, { count }, index) => sum + (shares[index]! * (1 - shares[index]!)) / count, 0);
  return {
    share: shares.reduce((sum, share) => sum + share, 0) / there.length,
    classes: there.length,
    standardError: Math.sqrt(variance) / there.length,
  };
}

function rightShare(right: number, count: number): RightShare {
  return { right, count, share: right / count, interval95: wilsonInterval(right, count) };
}

/** Only letters have a case here: Unicode's case mapping of other texts would merge more than case. */
function fold(label: string): string {
  return letters.has(label) ? label.toUpperCase() : label;
}
