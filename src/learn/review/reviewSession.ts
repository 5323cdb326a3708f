// A review: which readings a person is asked about, in what order, until when, and what the answers change. A state
// machine that knows no screen, file or clock; the command line and a page drive it.
import { UsageError } from '../../core/floor.ts';
import { checkReviewItems, type ReviewItem } from './reviewItem.ts';
import { reviewLearner } from './reviewLearner.ts';
import { checkReviewOptions, type ReviewOptions } from './reviewOptions.ts';
import type { ReviewEvent, SavedReview } from './savedReview.ts';

/** A class text with its probability, 0..1. */
export interface ReviewAlternative {
  readonly label: string;
  readonly confidence: number;
}

/** What a person is asked. */
export interface ReviewQuestion {
  /** Index of the reading. */
  readonly item: number;
  readonly id: string;
  /** The machine's answer; null: nothing was found. */
  readonly label: string | null;
  /** Its probability, by what has been learnt so far; 0 where nothing was found. */
  readonly confidence: number;
  /** All classes, most probable first; none where nothing was found. */
  readonly alternatives: readonly ReviewAlternative[];
}

/** How far it is. */
export interface ReviewProgress {
  /** All readings. */
  readonly total: number;
  /** Readings that a person has answered. */
  readonly asked: number;
  /** Answers that differ from the machine's when it asked. */
  readonly corrected: number;
  /** Readings skipped and not answered since. */
  readonly skipped: number;
  /** Errors expected among all readings: the sum of 1 - confidence over those that no person has answered. */
  readonly expectedErrors: number;
  /** Their share of all readings. */
  readonly expectedError: number;
  readonly targetError: number;
  /** Whether asking has ended: the expected error is at the target, or everything is answered. */
  readonly done: boolean;
}

/** The answer to a reading, and who gave it. */
export interface ReviewedLabel {
  readonly id: string;
  /** Null: no character. */
  readonly label: string | null;
  /** 1 where a person answered. */
  readonly confidence: number;
  readonly by: 'person' | 'machine';
}

/** A review under way. */
export interface ReviewSession {
  /** How far the review has come. */
  readonly progress: ReviewProgress;
  /** The question to ask now; undefined when asking has ended. */
  next(): ReviewQuestion | undefined;
  /**
   * Answers the question of `next`; the machine's own answer is a confirmation, which is learnt from as well.
   *
   * @param label a class text, or null for no character.
   * @throws {UsageError} when it is no class, or asking has ended.
   */
  answer(label: string | null): void;
  /**
   * Skips the question: it comes again when the other readings alone are at the target. @throws {UsageError} when
   * asking has ended.
   */
  skip(): void;
  /** Takes back the last answer or skip, and all that was learnt from it. @returns false when there was none. */
  undo(): boolean;
  /** The answers to all readings, in their order. */
  results(): ReviewedLabel[];
  /** The state to save: a session with the same readings and options that is given it is the same, bit for bit. */
  save(): SavedReview;
}

/** What a person did, to which reading, and the machine's answer to it. */
type Recorded = ReviewEvent & { readonly item: number; readonly machine: number };

/**
 * Opens a review of readings. A person sees the least certain first, until the expected remaining error is at a level
 * that the user sets. The session adapts to the answers (see `learn`) and ranks what is left again. Sources (words in
 * lines there, single characters here): Serrano, Sanchis and Juan, "Balancing error and supervision effort in
 * interactive-predictive handwriting recognition", 2010; Serrano, Gimenez, Civera, Sanchis and Juan, "Interactive
 * handwriting recognition with limited user effort", 2014.
 *
 * The expected error is `sum over unanswered readings of (1 - confidence) / all`; it is as honest as the confidences
 * are. The machine's answer is the most probable class, also for a committee that votes. The confidence is 0 where
 * nothing was found, so these readings come first.
 *
 * @throws {UsageError} when an option is out of range, or a saved session has answers to other readings or of other
 * classes.
 * @throws {ShapeError} when probabilities do not fit the classes.
 *
 * @example
 * ```ts
 * import { reviewSession } from 'ductus/learn';
 *
 * const readings = [
 *   { id: 'first.png', probabilities: [0.99, 0.01] },
 *   { id: 'second.png', probabilities: [0.6, 0.4] },
 * ];
 * const session = reviewSession(readings, { labels: ['1', '7'], targetError: 0.02 });
 * for (let question = session.next(); question !== undefined; question = session.next()) {
 *   session.answer('7'); // what a person says of question.id
 * }
 * console.log(session.results().map(({ label, by }) => `${label} by ${by}`)); // [ '1 by machine', '7 by person' ]
 * ```
 */
export function reviewSession(items: readonly ReviewItem[], options: ReviewOptions): ReviewSession {
  const { labels, targetError, saved } = options;
  checkReviewItems(items, labels);
  checkReviewOptions(options);
  const count = items.length;
  const learner = reviewLearner(items, options);
  const { answers, classes, doubts } = learner;
  const events: Recorded[] = [];

  const enough = (errors: number): boolean => errors <= targetError * count;

  function expectedErrors(): number {
    let sum = 0;
    for (const item of learner.ranking()) if (!answers.has(item)) sum += doubts[item]!;
    return sum;
  }

  /** Readings skipped and not answered since, the one skipped first in front. */
  function putOff(): Set<number> {
    const waiting = new Set<number>();
    for (const event of events) {
      waiting.delete(event.item);
      if ('skipped' in event) waiting.add(event.item);
    }
    return waiting;
  }

  /** The reading to ask about; undefined at the end. */
  function current(): number | undefined {
    const errors = expectedErrors();
    if (answers.size === count || enough(errors)) return undefined;
    const waiting = putOff();
    let others = errors;
    for (const item of waiting) others -= doubts[item]!;
    if (waiting.size > 0 && enough(others)) return [...waiting][0];
    return learner.ranking().find((item) => !answers.has(item) && !waiting.has(item)) ?? [...waiting][0];
  }

  function asked(): number {
    const item = current();
    if (item === undefined)
      throw new UsageError('review: expected a question to be open, received an answer after the end');
    return item;
  }

  function classIndex(label: string | null): number {
    const index = label === null ? -1 : labels.indexOf(label);
    if (index >= 0 || label === null) return index;
    throw new UsageError(`review: expected an answer that is a class (${labels.join(' ')}), received "${label}"`);
  }

  function record(event: ReviewEvent, item: number): void {
    const target = 'label' in event ? classIndex(event.label) : undefined;
    events.push({ ...event, item, machine: classes[item]! });
    if (target !== undefined) learner.add(item, target);
  }

  function replay({ events: past }: SavedReview): void {
    const positions = new Map(items.map(({ id }, item) => [id, item]));
    for (const event of past) {
      const item = positions.get(event.id);
      if (item === undefined) {
        throw new UsageError(`saved review: expected readings with ${event.id}, which it holds, received others`);
      }
      if (answers.has(item)) throw new UsageError(`saved review: expected one answer to ${event.id}, received more`);
      record(event, item);
    }
  }

  if (saved !== undefined) replay(saved);
  return {
    get progress() {
      const errors = expectedErrors();
      return {
        total: count,
        asked: answers.size,
        corrected: events.filter(({ item, machine }) => answers.has(item) && answers.get(item) !== machine).length,
        skipped: putOff().size,
        expectedErrors: errors,
        expectedError: errors / count,
        targetError,
        done: answers.size === count || enough(errors),
      };
    },
    next() {
      const item = current();
      if (item === undefined) return undefined;
      const { id } = items[item]!;
      if (classes[item]! < 0) return { item, id, label: null, confidence: 0, alternatives: [] };
      const probabilities = learner.probabilities(item);
      const alternatives = labels
        .map((label, index) => ({ label, confidence: probabilities[index]! }))
        .sort((a, b) => b.confidence - a.confidence);
      const label = labels[classes[item]!]!;
      return { item, id, label, confidence: probabilities[classes[item]!]!, alternatives };
    },
    answer(label) {
      const item = asked();
      record({ id: items[item]!.id, label }, item);
    },
    skip() {
      const item = asked();
      record({ id: items[item]!.id, skipped: true }, item);
    },
    undo() {
      const last = events.pop();
      if (last !== undefined && 'label' in last) learner.remove(last.item);
      return last !== undefined;
    },
    results() {
      return items.map(({ id }, item): ReviewedLabel => {
        const answer = answers.get(item);
        const index = answer ?? classes[item]!;
        const label = index < 0 ? null : labels[index]!;
        return {
          id,
          label,
          confidence: answer === undefined ? 1 - doubts[item]! : 1,
          by: answer === undefined ? 'machine' : 'person',
        };
      });
    },
    save() {
      const kept = events.map(
        (event): ReviewEvent =>
          'label' in event ? { id: event.id, label: event.label } : { id: event.id, skipped: true },
      );
      return { format: 'ductus-review', version: 1, events: kept };
    },
  };
}
