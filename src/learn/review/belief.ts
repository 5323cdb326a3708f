// What the machine believes of readings, and how a person's answers change it. Only the arithmetic of a review's
// adaptation; `reviewSession.ts` chooses the questions.
import type { ClassScores } from './classScores.ts';
import { addProduct, softmaxInPlace, softmaxRegression } from './softmaxRegression.ts';

/**
 * What was learnt from answers: probabilities are `softmax(sharpness * (logits + x W))` where W is trusted, otherwise
 * `softmax(sharpness * logits)`. Before the first answers they are the recogniser's own, with sharpness 1.
 */
export interface Belief {
  /** W, `[classes + 1, classes]`; undefined: nothing learnt yet. */
  readonly layer: Float64Array | undefined;
  /** Whether W has predicted answers better than the recogniser. */
  readonly trusted: boolean;
  /** One over the temperature. */
  readonly sharpness: number;
}

/** An answer to learn from. */
export interface Lesson {
  /** Row of the scores. */
  readonly item: number;
  /** The true class. */
  readonly target: number;
  /** The belief when the answer came. */
  readonly belief: Belief;
}

/** Nothing learnt yet. */
export const firstBelief: Belief = { layer: undefined, trusted: false, sharpness: 1 };

/**
 * Inverse prior variance of each element of W. This and the next four were chosen by the errors left after equal
 * numbers of questions. The data were digits of MNIST's training set that the network had not seen, as they are and
 * captured as other hands; the training parts of USPS and optdigits; and the readings of a weak recogniser. See
 * `scripts/quality/reviewQuality.ts`.
 */
const penalty = 0.3;

/**
 * From this confidence on, a machine's answer that nobody checked is learnt from as if it were true; see {@link learn}.
 */
const confident = 0.9;

/**
 * Most such answers. With none, ten answers on the hardest pictures spoil what was right; 200 or 1000 make little
 * difference.
 */
const mostConfident = 500;

/**
 * How much more probable, in nats, W must have made the answers before it is trusted: 20 times, "strong" (Kass and
 * Raftery 1995).
 */
const evidence = Math.log(20);

/** Prior deviation of the sharpness about 1. */
const sharpnessDeviation = 0.1;

/**
 * Most classes for which W is learnt: its elements, and so the time, grow with their square; 100 classes take seconds.
 */
const mostClasses = 100;

/**
 * Where the sharpness is searched. Not above 1: hard pictures read better than expected say little about the easy ones,
 * and the promised error should rather be too large.
 */
const sharpnessRange = [0.1, 1] as const;

/** Halvings of that range, more than the bits of a float64. */
const halvings = 60;

/**
 * Learns from answers, in three steps.
 *
 * First one more layer on the recogniser's logits (matrix scaling: Guo et al. 2017; Dirichlet calibration: Kull et al.
 * 2019), which starts as the identity and is held near it by a penalty: it corrects the confusions that this hand
 * causes. It learns from the answers and from what the machine is sure of, as Serrano and others (2010) adapt to partly
 * supervised text. The answers alone would be only the hardest pictures.
 *
 * Then whether to trust it: only where it has made the answers more probable than the recogniser did, each before it
 * came (the prequential principle: Dawid 1984). On the hand that the recogniser was trained for there is nothing to
 * learn, and a layer would only do harm.
 *
 * Then the sharpness, also by what was believed of each answer before it came. It changes no answer, only how many
 * errors are expected: a recogniser is overconfident on a foreign hand, and on what it has just learnt.
 *
 * Unlike a retraining of the network, it needs only the recogniser's probabilities, takes milliseconds, and gives the
 * same bits for the same answers.
 *
 * @param lessons all answers so far, without those to readings in which nothing was found.
 * @param pool rows that nobody was asked about, in the order in which sure ones are used.
 * @param before the present belief, whose layer decides what is sure.
 */
export function learn(scores: ClassScores, lessons: readonly Lesson[], pool: Iterable<number>, before: Belief): Belief {
  const layer = scores.classes > mostClasses ? undefined : layerOf(scores, lessons, pool, before.layer);
  const trusted = layer !== undefined && gainOf(scores, lessons) > evidence;
  return { layer, trusted, sharpness: sharpnessOf(scores, lessons, trusted) };
}

/** Probabilities of the classes of one reading. @param row `[classes]`, written to. */
export function probabilitiesOf(scores: ClassScores, item: number, belief: Belief, row: Float64Array): void {
  logitsOf(scores, item, belief.trusted ? belief.layer : undefined, row);
  softmaxInPlace(row, belief.sharpness);
}

/** Index of the largest, the first of equals. */
export function largestOf(row: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < row.length; index++) if (row[index]! > row[best]!) best = index;
  return best;
}

function logitsOf(
  { classes, logits, inputs }: ClassScores,
  item: number,
  layer: Float64Array | undefined,
  row: Float64Array,
): void {
  for (let index = 0; index < classes; index++) row[index] = logits[item * classes + index]!;
  if (layer !== undefined) addProduct(row, inputs, item * (classes + 1), layer, classes);
}

function layerOf(
  scores: ClassScores,
  lessons: readonly Lesson[],
  pool: Iterable<number>,
  before: Float64Array | undefined,
): Float64Array {
  const { classes } = scores;
  const rows = lessons.map(({ item }) => item);
  const targets = lessons.map(({ target }) => target);
  const row = new Float64Array(classes);
  let taken = 0;
  for (const item of pool) {
    if (taken === mostConfident) break;
    logitsOf(scores, item, before, row);
    softmaxInPlace(row);
    const answer = largestOf(row);
    if (row[answer]! < confident) continue;
    rows.push(item);
    targets.push(answer);
    taken++;
  }
  const pick = (values: Float64Array, width: number): Float64Array => {
    const picked = new Float64Array(rows.length * width);
    rows.forEach((item, at) => {
      picked.set(values.subarray(item * width, (item + 1) * width), at * width);
    });
    return picked;
  };
  const samples = { inputs: pick(scores.inputs, classes + 1), offsets: pick(scores.logits, classes), targets, classes };
  return softmaxRegression(samples, penalty);
}

/** How much more probable than the recogniser the earlier layers made the answers, in nats. */
function gainOf(scores: ClassScores, lessons: readonly Lesson[]): number {
  const row = new Float64Array(scores.classes);
  const logProbability = ({ item, target }: Lesson, layer?: Float64Array): number => {
    logitsOf(scores, item, layer, row);
    const own = row[target]!;
    const largest = row[largestOf(row)]!;
    return own - largest - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  };
  return lessons.reduce((sum, lesson) => sum + logProbability(lesson, lesson.belief.layer) - logProbability(lesson), 0);
}

/**
 * The most probable sharpness b: the zero of the slope of `sum of -ln softmax(b z)[target] + (b - 1)^2 / 2
 * deviation^2`; the slope only grows.
 */
function sharpnessOf(scores: ClassScores, lessons: readonly Lesson[], trusted: boolean): number {
  const { classes } = scores;
  const rows = lessons.map(({ item, belief }) => {
    const row = new Float64Array(classes);
    logitsOf(scores, item, trusted ? belief.layer : undefined, row);
    return row;
  });
  const powers = new Float64Array(classes);
  const slope = (sharpness: number): number => {
    let sum = (sharpness - 1) / sharpnessDeviation ** 2;
    rows.forEach((row, lesson) => {
      const { target } = lessons[lesson]!;
      powers.set(row);
      softmaxInPlace(powers, sharpness);
      for (let index = 0; index < classes; index++) sum += powers[index]! * (row[index]! - row[target]!);
    });
    return sum;
  };
  let [low, high]: [number, number] = [...sharpnessRange];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
