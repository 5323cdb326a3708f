import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError, UsageError } from '../../core/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import { vote } from './vote.ts';

// Quarters and eighths, so that sums are exact and ties are ties.
const member = (...probabilities: number[]): Float32Array => Float32Array.from(probabilities);

describe('vote', () => {
  it('most votes win, however sure the others are', () => {
    const ballot = vote([member(0.5, 0.25, 0.25), member(0.5, 0.25, 0.25), member(0, 1, 0)]);
    expect(ballot).toMatchObject({
      winner: 0,
      ranking: [0, 1, 2],
      votes: [2, 1, 0],
      tied: false,
      decidedBy: 'majority',
    });
    expect(ballot.shares).toEqual(Float32Array.of(2 / 3, 1 / 3, 0));
  });

  it('two classes with equal votes: the confidences of all members decide', () => {
    const ballot = vote([member(0.5, 0.375, 0.125), member(0.125, 0.75, 0.125)]);
    expect(ballot).toMatchObject({
      winner: 1,
      votes: [1, 1, 0],
      confidences: [0.625, 1.125, 0.25],
      tied: true,
      decidedBy: 'confidence',
    });
  });

  it('the confidence of members that voted for another class counts', () => {
    // One vote each for 0, 1 and 2; class 2 has the surest vote, class 0 the highest sum.
    const ballot = vote([member(0.5, 0.25, 0.25), member(0.375, 0.5, 0.125), member(0.375, 0, 0.625)]);
    expect(ballot).toMatchObject({ winner: 0, ranking: [0, 2, 1], votes: [1, 1, 1], tied: true });
  });

  it('a class that is not tied for the most votes cannot win by confidence', () => {
    const ballot = vote([
      member(0.5, 0, 0.5 - 0.125, 0.125),
      member(0.5, 0, 0.375, 0.125),
      member(0, 0.625, 0.25, 0.125),
      member(0, 0.625, 0.25, 0.125),
      member(0, 0, 1, 0),
    ]);
    expect(ballot.confidences[2]).toBeGreaterThan(ballot.confidences[1]!);
    expect(ballot).toMatchObject({
      winner: 1,
      ranking: [1, 0, 2, 3],
      votes: [2, 2, 1, 0],
      tied: true,
      decidedBy: 'confidence',
    });
  });

  it('equal votes and equal confidences: the lower index', () => {
    const ballot = vote([member(0, 0.25, 0.75), member(0, 0.75, 0.25)]);
    expect(ballot).toMatchObject({ winner: 1, ranking: [1, 2, 0], tied: true, decidedBy: 'index' });
  });

  it('a member undecided between two classes votes for the lower index', () => {
    expect(vote([member(0.25, 0.375, 0.375)])).toMatchObject({ winner: 1, votes: [0, 1, 0], tied: false });
  });

  it('all five for different classes: the confidences of all members decide among all five', () => {
    const ballot = vote([
      member(0.5, 0.125, 0.125, 0.125, 0.125),
      member(0.25, 0.5, 0.25, 0, 0),
      member(0, 0.375, 0.625, 0, 0),
      member(0, 0, 0.25, 0.75, 0),
      member(0, 0, 0.125, 0, 0.875),
    ]);
    expect(ballot.confidences).toEqual([0.75, 1, 1.375, 0.875, 1]);
    // Equal sums below the winner (classes 1 and 4, one vote each) go by the index.
    expect(ballot).toMatchObject({
      winner: 2,
      ranking: [2, 1, 4, 3, 0],
      votes: [1, 1, 1, 1, 1],
      decidedBy: 'confidence',
    });
  });

  it('two against two of five with equal confidences: the lower index, not the surest vote', () => {
    const ballot = vote([
      member(0.5, 0.25, 0.25),
      member(0.5, 0.25, 0.25),
      member(0.25, 0.625, 0.125),
      member(0.375, 0.5, 0.125),
      member(0.25, 0.25, 0.5),
    ]);
    expect(ballot.confidences).toEqual([1.875, 1.875, 1.25]);
    expect(ballot).toMatchObject({ winner: 0, votes: [2, 2, 1], tied: true, decidedBy: 'index' });
  });

  it('more votes than any other win without half of them: two of five, the rest alone', () => {
    const ballot = vote([
      member(0.5, 0.5, 0, 0),
      member(0.5, 0.5, 0, 0),
      member(0, 1, 0, 0),
      member(0, 0.25, 0.75, 0),
      member(0, 0.25, 0, 0.75),
    ]);
    expect(ballot).toMatchObject({ winner: 0, votes: [2, 1, 1, 1], tied: false, decidedBy: 'majority' });
  });

  it('a committee of one is that one, and of one class has no choice', () => {
    expect(vote([member(0.25, 0.75)])).toMatchObject({ winner: 1, votes: [0, 1], decidedBy: 'majority' });
    expect(vote([member(1), member(1)])).toMatchObject({ winner: 0, votes: [2], decidedBy: 'majority' });
  });

  it('equal means go to the lower index', () => {
    for (const rule of ['meanProbability', 'meanLogit'] as const) {
      const ballot = vote([member(0, 0.25, 0.75), member(0, 0.75, 0.25)], rule);
      expect(ballot).toMatchObject({ winner: 1, ranking: [1, 2, 0], tied: false, decidedBy: 'index' });
      expect(vote([member(0, 0.25, 0.75)], rule).decidedBy).toBe('mean');
    }
  });

  it('a tie below the winner is not a tie, and is ranked by confidence too', () => {
    const ballot = vote([member(1, 0, 0), member(1, 0, 0), member(0, 0.5, 0.25), member(0.25, 0.125, 0.625)]);
    expect(ballot).toMatchObject({ winner: 0, ranking: [0, 2, 1], votes: [2, 1, 1], tied: false });
  });

  it('mean probability and mean logit can decide otherwise than votes', () => {
    const members = [member(0.5, 0.375, 0.125), member(0.5, 0.375, 0.125), member(0, 0.875, 0.125)];
    expect(vote(members, 'votes').winner).toBe(0);
    expect(vote(members, 'meanProbability')).toMatchObject({ winner: 1, tied: false, votes: [2, 1, 0] });
    expect(vote(members, 'meanLogit').winner).toBe(1);
    const mean = vote(members, 'meanProbability').shares;
    expect(mean[1]).toBeCloseTo((0.375 + 0.375 + 0.875) / 3, 6);
    const geometric = vote([member(0.25, 0.75), member(0.0625, 0.9375)], 'meanLogit').shares;
    const [left, right] = [Math.sqrt(0.25 * 0.0625), Math.sqrt(0.75 * 0.9375)];
    expect(geometric[0]).toBeCloseTo(left / (left + right), 6);
  });

  it('a probability of 0 does not make a mean of logits undefined', () => {
    const { shares, winner } = vote([member(0, 1), member(1, 0)], 'meanLogit');
    expect([...shares]).toEqual([0.5, 0.5]);
    expect(winner).toBe(0);
  });

  it('shares sum to 1, votes to the number of members, and order of members does not matter', () => {
    const members = fc.integer({ min: 1, max: 6 }).chain((classes) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: classes, maxLength: classes }), {
        minLength: 1,
        maxLength: 5,
      }),
    );
    fc.assert(
      fc.property(members, fc.constantFrom<VotingRule>('votes', 'meanProbability', 'meanLogit'), (eighths, rule) => {
        const all = eighths.map((row) => Float32Array.from(row, (value) => value / 8));
        const ballot = vote(all, rule);
        expect(ballot.votes.reduce((sum, count) => sum + count, 0)).toBe(all.length);
        expect(ballot.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
        expect([...ballot.ranking].sort((a, b) => a - b)).toEqual([...ballot.ranking.keys()]);
        expect(ballot.ranking[0]).toBe(ballot.winner);
        if (rule === 'votes') {
          expect(ballot.votes[ballot.winner]).toBe(Math.max(...ballot.votes));
          expect(vote([...all].reverse(), rule)).toEqual(ballot);
        }
      }),
      { seed: 8 },
    );
  });

  it('refuses nobody, members that differ and what is no probability', () => {
    expect(() => vote([])).toThrow(UsageError);
    expect(() => vote([member(1, 0), member(1)])).toThrow(ShapeError);
    expect(() => vote([member()])).toThrow(ShapeError);
    expect(() => vote([member(Number.NaN, 1)])).toThrow(/received NaN from member 0/);
    expect(() => vote([member(1.5, 0)])).toThrow(UsageError);
    expect(() => vote([member(1)], 'loudest' as VotingRule)).toThrow(/voting rule.*"loudest"/);
  });
});
