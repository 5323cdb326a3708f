// The value of a review, with a person simulated by the true labels: remaining error against the share of questions.
import { ShapeError, UsageError } from '../../core/floor.ts';
import type { ReviewItem } from './reviewItem.ts';
import { type ReviewOptions, type ReviewOrder, reviewOrders } from './reviewOptions.ts';
import { type ReviewSession, reviewSession } from './reviewSession.ts';

/** A point of the curve. */
export interface ReviewPoint {
  /** Readings answered, and their share of all. */
  readonly asked: number;
  readonly share: number;
  /** Readings that are still wrong, and their share of all. */
  readonly errors: number;
  readonly error: number;
  /** The share that was expected to be wrong. */
  readonly expectedError: number;
}

/** A simulated review. */
export interface ReviewCurve {
  readonly order: ReviewOrder;
  readonly adapt: boolean;
  /** Points by growing share, from no question on. */
  readonly points: readonly ReviewPoint[];
  /** Where the review would have ended; null: not within the curve. */
  readonly end: ReviewPoint | null;
  /** The first point whose true error is at the target; null: none within the curve. It is known only afterwards. */
  readonly reached: ReviewPoint | null;
}

/** How to simulate. */
export interface ReviewSimulationOptions extends Omit<ReviewOptions, 'saved'> {
  /** Share of the readings to ask about at most, above 0 to 1. */
  readonly upTo: number;
}

/** Steps of a curve: at a share of 20 % each is 0.4 %, and a chart can still show every point. */
const steps = 50;

/**
 * Simulates a review with a person who knows every label and never errs, past the target up to a share of the readings.
 *
 * @param truth `[count]`, the true class texts; null: no character.
 * @throws {ShapeError} when there are not as many labels as readings.
 * @throws {UsageError} as `reviewSession` does, for an `upTo` out of range, or when the truth has an unknown class.
 *
 * @example
 * ```ts
 * import { simulateReview } from 'ductus/learn';
 *
 * const readings = [
 *   { id: 'first.png', probabilities: [0.99, 0.01] },
 *   { id: 'second.png', probabilities: [0.6, 0.4] },
 * ];
 * const { points } = simulateReview(readings, ['1', '7'], { labels: ['1', '7'], targetError: 0.02, upTo: 1 });
 * console.log(points.map(({ asked, errors }) => [asked, errors])); // [ [ 0, 1 ], [ 1, 0 ], [ 2, 0 ] ]
 * ```
 */
export function simulateReview(
  items: readonly ReviewItem[],
  truth: readonly (string | null)[],
  options: ReviewSimulationOptions,
): ReviewCurve {
  const { upTo, targetError, adapt = true, order = 'leastCertain' } = options;
  if (truth.length !== items.length) {
    throw new ShapeError(`review: expected ${items.length} true labels, received ${truth.length}`);
  }
  if (!(upTo > 0 && upTo <= 1)) {
    throw new UsageError(`review, share to ask about: expected a number above 0 up to 1, received ${upTo}`);
  }
  const session = reviewSession(items, { ...options, targetError: 0 });
  const count = items.length;
  const last = Math.max(1, Math.round(upTo * count));
  const wanted = new Set(Array.from({ length: steps + 1 }, (_, step) => Math.round((step / steps) * last)));
  const measure = (asked: number, expectedError: number): ReviewPoint => {
    const errors = session.results().filter(({ label }, item) => label !== truth[item]).length;
    return { asked, share: asked / count, errors, error: errors / count, expectedError };
  };
  const points: ReviewPoint[] = [];
  let end: ReviewPoint | null = null;
  for (let asked = 0; ; asked++) {
    const { expectedError } = session.progress;
    const ends = end === null && expectedError <= targetError;
    if (wanted.has(asked) || ends) {
      const point = measure(asked, expectedError);
      if (wanted.has(asked)) points.push(point);
      if (ends) end = point;
    }
    const question = asked < last ? session.next() : undefined;
    if (question === undefined) break;
    session.answer(truth[question.item]!);
  }
  const reached = points.find(({ error }) => error <= targetError) ?? null;
  return { order, adapt, points, end, reached };
}

/**
 * Simulates a review in every order, without adaptation and, unless `adapt` is false, with it.
 *
 * @param onCurve called before each simulation with what is simulated.
 * @returns the curves, sorted by order; within an order the one without adaptation comes first.
 * @throws as {@link simulateReview}.
 */
export function simulateReviews(
  items: readonly ReviewItem[],
  truth: readonly (string | null)[],
  options: Omit<ReviewSimulationOptions, 'order'>,
  onCurve?: (curve: Pick<ReviewCurve, 'order' | 'adapt'>) => void,
): ReviewCurve[] {
  const adaptations = (options.adapt ?? true) ? [false, true] : [false];
  return reviewOrders.flatMap((order) =>
    adaptations.map((adapt) => {
      onCurve?.({ order, adapt });
      return simulateReview(items, truth, { ...options, order, adapt });
    }),
  );
}

/** Answers a session's questions by the true class texts until it has no more. */
export function answerByTruth(session: ReviewSession, truth: readonly (string | null)[]): void {
  for (let question = session.next(); question !== undefined; question = session.next()) {
    session.answer(truth[question.item]!);
  }
}
