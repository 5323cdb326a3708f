// Which writers are held back, so that the validation part has only hands that training never saw. split.ts divides by
// it.
import { randomStream, shuffle, UsageError } from '../../core/floor.ts';
import { classCounts, type Samples, targetsOf, viewOf, writersOf } from './datasetView.ts';

/** A writer's samples, counted. */
interface Hand {
  readonly writer: number;
  readonly count: number;
  /** Samples of each class. */
  readonly classes: ReadonlyMap<number, number>;
}

/**
 * Marks with 1 the samples of writers who are held back. Whole writers are drawn in a random order; each is held back
 * if that brings the number of samples closer to `wanted`.
 *
 * Samples of unknown writers (0) are never held back, nor is a writer without whom training would lose the last sample
 * of a class. At least one writer is held back, if any may be.
 *
 * @param wanted samples to hold back, at least 1.
 * @throws {UsageError} when there are no writers, or no writer may be held back.
 */
export function markWriters(samples: Samples, wanted: number, seed: number): Uint8Array {
  const { name } = viewOf(samples).dataset;
  const writers = writersOf(samples);
  if (writers === undefined) {
    throw new UsageError(`${name}: splitting by writer: expected data that says who wrote it, received none that does`);
  }
  const hands = shuffle(handsOf(writers, targetsOf(samples)), randomStream(seed, 'writers'));
  const left = classCounts(samples);
  const held = new Set<number>();
  let count = 0;
  const take = (hand: Hand): void => {
    held.add(hand.writer);
    count += hand.count;
    for (const [target, own] of hand.classes) left[target]! -= own;
  };
  const spare = (hand: Hand): boolean => [...hand.classes].every(([target, own]) => left[target]! > own);
  for (const hand of hands) {
    const nearer = Math.abs(count + hand.count - wanted) < Math.abs(count - wanted);
    if (nearer && spare(hand)) take(hand);
  }
  if (held.size === 0) {
    // Every writer has more than twice `wanted`: the smallest is the closest.
    const least = hands.filter(spare).sort((l, r) => l.count - r.count)[0];
    if (least !== undefined) take(least);
  }
  if (held.size === 0) {
    throw new UsageError(
      `${name}: splitting by writer: expected at least two writers, each class written by more than one of them, received ${hands.length} of whom none can be spared; split by sample`,
    );
  }
  return Uint8Array.from(writers, (writer) => (held.has(writer) ? 1 : 0));
}

/** The known writers in the order of their numbers. */
function handsOf(writers: Uint16Array, targets: Uint16Array): Hand[] {
  const hands = new Map<number, { writer: number; count: number; classes: Map<number, number> }>();
  for (const [position, writer] of writers.entries()) {
    if (writer === 0) continue;
    let hand = hands.get(writer);
    if (hand === undefined) {
      hand = { writer, count: 0, classes: new Map() };
      hands.set(writer, hand);
    }
    const target = targets[position]!;
    hand.count++;
    hand.classes.set(target, (hand.classes.get(target) ?? 0) + 1);
  }
  return [...hands.values()].sort((l, r) => l.writer - r.writer);
}
