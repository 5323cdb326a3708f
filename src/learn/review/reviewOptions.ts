// Options of a review, as plain data.
import { UsageError } from '../../core/floor.ts';
import type { SavedReview } from './savedReview.ts';

/** How questions are ordered; the last two serve to compare the first with. */
export const reviewOrders = ['leastCertain', 'random', 'given'] as const;

/** Name of an order. */
export type ReviewOrder = (typeof reviewOrders)[number];

/** How `reviewSession` asks. */
export interface ReviewOptions {
  /** Class texts in the order of the probabilities. */
  readonly labels: readonly string[];
  /** Asking ends when the expected share of errors among all readings is at or below this, 0 <= targetError < 1. */
  readonly targetError: number;
  /** Whether to learn from the answers; default true. */
  readonly adapt?: boolean;
  /** Default `leastCertain`. */
  readonly order?: ReviewOrder;
  /** Seed of a random order, and of the choice of what is learnt from besides the answers; default 0. */
  readonly seed?: number;
  /** A saved session to continue; the readings must include all that it has answers to. */
  readonly saved?: SavedReview;
}

/** @throws {UsageError} naming the option that is out of range. */
export function checkReviewOptions({ targetError, order = 'leastCertain' }: ReviewOptions): void {
  if (!(targetError >= 0 && targetError < 1)) {
    throw new UsageError(`review, target error: expected a share from 0 to below 1, received ${targetError}`);
  }
  if (!reviewOrders.includes(order)) {
    throw new UsageError(`review, order: expected ${reviewOrders.join(' or ')}, received "${String(order)}"`);
  }
}
