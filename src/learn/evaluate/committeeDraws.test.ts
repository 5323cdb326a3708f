import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import { committeeDraws } from './committeeDraws.ts';
import type { Predictions } from './predictions.ts';

/** A member from its answers to pictures whose true class is 0: 0 is right, 1 and 2 are wrong. */
function member(answers: readonly number[], confidence = 0.8): Predictions {
  const probabilities = answers.flatMap((answer) =>
    [0, 1, 2].map((c) => (c === answer ? confidence : (1 - confidence) / 2)),
  );
  return { labels: ['a', 'b', 'c'], probabilities, targets: answers.map(() => 0) };
}

describe('committeeDraws', () => {
  it('lets every choice vote', () => {
    // By hand: 1, 2, 3 get three of four pictures right, and so do 1, 2, 4; 1, 3, 4 get two, and 2, 3, 4.
    const members = [member([0, 0, 0, 1]), member([0, 1, 0, 0]), member([1, 0, 0, 1]), member([1, 1, 1, 0])];
    const { members: alone, committees } = committeeDraws(members, 3, 'votes');
    expect(alone).toMatchObject({ count: 4, mean: (3 + 3 + 2 + 1) / 16 });
    expect(committees).toMatchObject({ count: 4, least: 0.5, greatest: 0.75 });
    expect(committees.mean).toBeCloseTo((0.75 + 0.75 + 0.5 + 0.5) / 4, 12);
  });

  it('goes by the rule: two sure members outweigh three unsure ones in the mean', () => {
    const members = [0.99, 0.99, 0.4, 0.4, 0.4].map((confidence, index) => member([index < 2 ? 0 : 1], confidence));
    expect(committeeDraws(members, 5, 'votes').committees.mean).toBe(0);
    expect(committeeDraws(members, 5, 'meanProbability').committees.mean).toBe(1);
  });

  it('counts pictures in which nothing was found as wrong', () => {
    const empty = [0, 1];
    const members = [0, 1].map(() => ({ ...member([0, 0]), empty }));
    expect(committeeDraws(members, 2, 'votes').committees.mean).toBe(0.5);
  });

  it('refuses too few members, too many choices, and other pictures', () => {
    const one = member([0]);
    expect(() => committeeDraws([one], 2, 'votes')).toThrow(UsageError);
    expect(() => committeeDraws([], 1, 'votes')).toThrow(/received 0/);
    expect(() =>
      committeeDraws(
        Array.from({ length: 40 }, () => one),
        10,
        'votes',
      ),
    ).toThrow(/at most 10000/);
    expect(() => committeeDraws([one, { ...one, targets: [1] }], 1, 'votes')).toThrow(/member 2/);
  });
});
