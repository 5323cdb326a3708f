// What a review promises, on real digits: by a weak recogniser that is honest, and by the shipped one on a hand that it
// was not made for.
// @module-tag slow
import { beforeAll, describe, expect, it } from 'vitest';
import { bluntHand, capturedReadings, type KnownReadings, weakReadings } from '../../../test/reviewReadings.ts';
import { ShapeError, UsageError } from '../../core/floor.ts';
import type { ReviewOrder } from './reviewOptions.ts';
import { type ReviewCurve, type ReviewPoint, simulateReview } from './simulateReview.ts';

let weak: KnownReadings;
let blunt: KnownReadings;
beforeAll(async () => {
  weak = await weakReadings(1500);
  blunt = await capturedReadings(600, bluntHand);
});

function simulate(
  { items, truth, labels }: KnownReadings,
  order: ReviewOrder,
  adapt: boolean,
  upTo = 0.2,
): ReviewCurve {
  return simulateReview(items, truth, { labels, targetError: 0.05, order, adapt, upTo });
}

/** The last point of a curve up to a share. */
const at = ({ points }: ReviewCurve, share: number): ReviewPoint =>
  points.findLast((point) => point.share <= share + 1e-9)!;

describe('a simulated review', () => {
  it('expects the errors that are there: within 15 %, from no question to every fifth', () => {
    const curve = simulate(weak, 'leastCertain', false);
    expect(curve.points[0]).toMatchObject({ asked: 0, share: 0 });
    expect(curve.points.at(-1)).toMatchObject({ asked: 300, share: 0.2 });
    for (const { error, expectedError } of curve.points) {
      expect(expectedError / error).toBeGreaterThan(0.85);
      expect(expectedError / error).toBeLessThan(1.15);
    }
  });

  it('finds with the least certain first 2.5 times the errors that other orders find, and half of all in a fifth', () => {
    const found = (curve: ReviewCurve): number => curve.points[0]!.errors - curve.points.at(-1)!.errors;
    const certain = found(simulate(weak, 'leastCertain', false));
    expect(certain).toBeGreaterThan(0.5 * at(simulate(weak, 'given', false, 0.01), 0).errors);
    for (const order of ['random', 'given'] as const) {
      expect(certain).toBeGreaterThan(2.5 * found(simulate(weak, order, false)));
    }
  });

  it('does no harm where there is nothing to learn', () => {
    const [without, adapted] = [false, true].map((adapt) => simulate(weak, 'leastCertain', adapt));
    for (const [index, { errors }] of adapted!.points.entries()) {
      expect(errors).toBeLessThanOrEqual(without!.points[index]!.errors + 0.01 * weak.items.length);
    }
  });

  it('learns a foreign hand: less than half the errors are left after every tenth question, by any order', {
    tags: ['slow'],
  }, () => {
    for (const order of ['leastCertain', 'random'] as const) {
      const [without, adapted] = [false, true].map((adapt) => simulate(blunt, order, adapt, 0.1));
      expect(without!.points[0]!.error).toBeGreaterThan(0.2);
      expect(at(adapted!, 0.1).errors).toBeLessThan(0.5 * at(without!, 0.1).errors);
    }
  });

  it('learns how sure it may be: on a foreign hand it ends near the target, where it would have ended at twice as many errors', {
    tags: ['slow'],
  }, () => {
    const [without, adapted] = [false, true].map((adapt) => simulate(blunt, 'leastCertain', adapt, 0.3));
    expect(without!.end!.error).toBeGreaterThan(0.09);
    expect(adapted!.end!.error).toBeLessThan(0.06);
    expect(adapted!.end!.share).toBeLessThan(without!.end!.share);
    expect(adapted!.reached!.error).toBeLessThanOrEqual(0.05);
  });

  it('refuses what does not fit', () => {
    const { items, truth, labels } = weak;
    const options = { labels, targetError: 0.05, upTo: 0.2 };
    expect(() => simulateReview(items, truth.slice(1), options)).toThrow(ShapeError);
    expect(() => simulateReview(items, truth, { ...options, upTo: 0 })).toThrow(UsageError);
    expect(() => simulateReview(items, ['x', ...truth.slice(1)], { ...options, order: 'given' })).toThrow(
      /received "x"/,
    );
  });
});
