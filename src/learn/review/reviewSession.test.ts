import { beforeAll, describe, expect, it } from 'vitest';
import { bluntHand, capturedReadings, type KnownReadings } from '../../../test/reviewReadings.ts';
import { ShapeError, UsageError } from '../../core/floor.ts';
import type { ReviewOptions } from './reviewOptions.ts';
import { type ReviewSession, reviewSession } from './reviewSession.ts';
import { parseSavedReview } from './savedReview.ts';

let known: KnownReadings;
beforeAll(async () => {
  known = await capturedReadings(250, bluntHand);
});

const open = (more: Partial<ReviewOptions> = {}): ReviewSession =>
  reviewSession(known.items, { labels: known.labels, targetError: 0.02, ...more });

/** All observable state of a session. */
const stateOf = (session: ReviewSession) => ({
  progress: session.progress,
  next: session.next(),
  results: session.results(),
  saved: session.save(),
});

/** The true answer to the question that is open. */
const answerTruly = (session: ReviewSession): void => session.answer(known.truth[session.next()!.item]!);

describe('reviewSession', () => {
  it('asks about the reading that is least certain, with the classes by their probabilities', () => {
    const session = open();
    const best = known.items.map(({ probabilities }) => Math.max(...Array.from(probabilities!)));
    const least = best.indexOf(Math.min(...best));
    const question = session.next()!;
    expect(question).toMatchObject({ item: least, id: known.items[least]!.id, label: question.alternatives[0]!.label });
    expect(question.confidence).toBeCloseTo(best[least]!, 6);
    expect(question.alternatives).toHaveLength(10);
    const confidences = question.alternatives.map(({ confidence }) => confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
  });

  it('expects as many errors as the confidences of what no person has answered leave, and ends at the target', {
    tags: ['slow'],
  }, () => {
    const session = open();
    for (;;) {
      const { expectedErrors, expectedError, done, asked, total } = session.progress;
      const open = session.results().filter(({ by }) => by === 'machine');
      expect(open).toHaveLength(total - asked);
      expect(expectedErrors).toBeCloseTo(
        open.reduce((sum, { confidence }) => sum + 1 - confidence, 0),
        9,
      );
      expect(expectedError).toBe(expectedErrors / total);
      expect(done).toBe(expectedError <= 0.02);
      expect(session.next() === undefined).toBe(done);
      if (done) break;
      answerTruly(session);
    }
    expect(session.progress.asked).toBeLessThan(known.items.length);
    expect(() => session.answer('1')).toThrow(UsageError);
    expect(() => session.skip()).toThrow(/after the end/);
  });

  it('keeps what a person says, and counts what was corrected', () => {
    const session = open();
    const corrections = Array.from({ length: 25 }, () => {
      const { item, label } = session.next()!;
      session.answer(known.truth[item]!);
      expect(session.results()[item]).toMatchObject({ label: known.truth[item], confidence: 1, by: 'person' });
      return label !== known.truth[item];
    });
    expect(session.progress).toMatchObject({ asked: 25, corrected: corrections.filter(Boolean).length });
  });

  it('takes back answers, and all that they taught, step by step', () => {
    const session = open();
    const states = [stateOf(session)];
    // Beyond three updates; every seventh question is skipped.
    for (let step = 1; step <= 38; step++) {
      if (step % 7 === 0) session.skip();
      else answerTruly(session);
      states.push(stateOf(session));
    }
    // Learning has changed answers that nobody was asked about.
    const relabelled = states[38]!.results.filter(({ by, label }, item) => {
      return by === 'machine' && label !== states[0]!.results[item]!.label;
    });
    expect(relabelled.length).toBeGreaterThan(5);
    for (const state of states.toReversed()) {
      expect(stateOf(session)).toEqual(state);
      expect(session.undo()).toBe(state !== states[0]);
    }
    // And forward again, to the same.
    for (let step = 1; step <= 12; step++) {
      if (step % 7 === 0) session.skip();
      else answerTruly(session);
      expect(stateOf(session)).toEqual(states[step]);
    }
  });

  it('goes on from what was saved, bit for bit', () => {
    const session = open();
    for (let step = 0; step < 23; step++) {
      if (step === 9) session.skip();
      else answerTruly(session);
    }
    const saved = parseSavedReview(JSON.stringify(session.save()), 'saved');
    const resumed = open({ saved });
    expect(stateOf(resumed)).toEqual(stateOf(session));
    for (let step = 0; step < 10; step++) {
      answerTruly(session);
      answerTruly(resumed);
      expect(stateOf(resumed)).toEqual(stateOf(session));
    }
    resumed.undo();
    session.undo();
    expect(stateOf(resumed)).toEqual(stateOf(session));
  });

  it('comes back to what was put off when the rest is at the target', () => {
    const session = open({ targetError: 0.1 });
    const first = session.next()!.item;
    session.skip();
    const second = session.next()!.item;
    expect(second).not.toBe(first);
    session.skip();
    expect(session.progress).toMatchObject({ asked: 0, skipped: 2 });
    while (session.next()!.item !== first) answerTruly(session);
    expect(session.progress.asked).toBeGreaterThan(10);
    session.skip();
    expect(session.next()!.item).toBe(second);
    answerTruly(session);
    // The remaining one is offered repeatedly, or was not needed.
    const left = session.next();
    if (left !== undefined) expect(left.item).toBe(first);
    else expect(session.progress.done).toBe(true);
  });

  it('asks first where nothing was found, and takes no character for an answer', () => {
    const items = [...known.items.slice(0, 30), { id: 'blank', probabilities: null }];
    const session = reviewSession(items, { labels: known.labels, targetError: 0 });
    expect(session.next()).toEqual({ item: 30, id: 'blank', label: null, confidence: 0, alternatives: [] });
    session.answer(null);
    expect(session.results()[30]).toEqual({ id: 'blank', label: null, confidence: 1, by: 'person' });
    expect(session.progress).toMatchObject({ asked: 1, corrected: 0 });
    const { item, id } = session.next()!;
    session.answer(null);
    expect(session.results()[item]).toEqual({ id, label: null, confidence: 1, by: 'person' });
    for (; session.next() !== undefined; ) answerTruly(session);
    expect(session.progress).toMatchObject({ asked: 31, expectedErrors: 0, done: true });
  });

  it('learns of more than a hundred classes only how sure it may be: what nobody was asked about keeps its label', () => {
    /** How many unasked readings have another label after some answers. */
    const relabelled = (session: ReviewSession): number => {
      const before = session.results();
      for (let step = 0; step < 38; step++) answerTruly(session);
      return session.results().filter(({ by, label }, item) => by === 'machine' && label !== before[item]!.label)
        .length;
    };
    const labels = [...known.labels, ...Array.from({ length: 91 }, (_, index) => `other ${index}`)];
    const items = known.items.map(({ id, probabilities }) => ({
      id,
      probabilities: Float32Array.from(labels, (_, index) => probabilities![index] ?? 0),
    }));
    expect(relabelled(reviewSession(items, { labels, targetError: 0.02 }))).toBe(0);
    expect(relabelled(open())).toBeGreaterThan(5);
  });

  it('asks in a random or the given order too', () => {
    const asked = (session: ReviewSession) =>
      Array.from({ length: 12 }, () => {
        const { item } = session.next()!;
        answerTruly(session);
        return item;
      });
    expect(asked(open({ order: 'given' }))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const random = asked(open({ order: 'random', seed: 3 }));
    expect(asked(open({ order: 'random', seed: 3 }))).toEqual(random);
    expect(asked(open({ order: 'random', seed: 4 }))).not.toEqual(random);
    expect(random).not.toEqual(asked(open()));
  });

  it.each<[string, () => unknown, typeof ShapeError, RegExp]>([
    ['a target that is no share', () => open({ targetError: 1 }), UsageError, /0 to below 1, received 1/],
    ['an unknown order', () => open({ order: 'best' as 'given' }), UsageError, /received "best"/],
    ['one class', () => reviewSession(known.items, { labels: ['1'], targetError: 0 }), UsageError, /two or more/],
    ['no readings', () => reviewSession([], { labels: known.labels, targetError: 0 }), UsageError, /at least one/],
    [
      'two of one name',
      () => reviewSession([known.items[0]!, known.items[0]!], { labels: known.labels, targetError: 0 }),
      UsageError,
      /twice/,
    ],
    [
      'too few probabilities',
      () => reviewSession([{ id: 'a', probabilities: [1] }], { labels: known.labels, targetError: 0 }),
      ShapeError,
      /expected 10 probabilities/,
    ],
    [
      'what is no probability',
      () => reviewSession([{ id: 'a', probabilities: [2, -1] }], { labels: ['0', '1'], targetError: 0 }),
      ShapeError,
      /sum to 1/,
    ],
    ['an answer that is no class', () => open().answer('x'), UsageError, /is a class .*received "x"/],
    [
      'saved answers to other readings',
      () => open({ saved: { format: 'ductus-review', version: 1, events: [{ id: 'elsewhere', label: '1' }] } }),
      UsageError,
      /with elsewhere/,
    ],
    [
      'saved answers of other classes',
      () => open({ saved: { format: 'ductus-review', version: 1, events: [{ id: known.items[0]!.id, label: 'Q' }] } }),
      UsageError,
      /received "Q"/,
    ],
    [
      'two saved answers to one',
      () =>
        open({
          saved: {
            format: 'ductus-review',
            version: 1,
            events: [
              { id: known.items[0]!.id, label: '1' },
              { id: known.items[0]!.id, skipped: true },
            ],
          },
        }),
      UsageError,
      /one answer to/,
    ],
  ])('refuses %s', (_, action, kind, message) => {
    expect(action).toThrow(kind);
    expect(action).toThrow(message);
  });
});
