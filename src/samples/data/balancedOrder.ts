// Which samples an epoch has when every class should come equally often, for data of any imbalance. batchLoader.ts
// shuffles them.
import { randomStream, shuffle } from '../../core/floor.ts';
import type { DatasetView } from './datasetView.ts';

/** Samples of one class and, where sets are balanced as well, of one set. */
interface Group {
  /** Positions in the data set. */
  readonly positions: Uint32Array;
  /** Share of its class's samples. */
  readonly share: number;
}

/**
 * Draws epochs of a view in which every class that has samples comes equally often, give or take one.
 *
 * An epoch has as many samples as the view. A class with fewer samples than its share gives each equally often, give or
 * take one. A class with more gives a choice that each epoch draws anew. Seed and epoch draw the samples that come once
 * more, so an epoch is a pure function of both.
 *
 * With `bySet`, each joined set has a part of a class in proportion to the square root of its samples there, give or
 * take one. Without it, the largest set dominates a class. Where nines are MNIST's and q's were drawn on tablets, a
 * network learns that tablet drawings are q's. The root is a compromise without a source: equal parts would show a
 * small set too often.
 */
export class BalancedOrder {
  readonly #count: number;
  readonly #seed: number;
  /** For each class with samples, by its number. */
  readonly #classes: readonly (readonly Group[])[];

  constructor(view: DatasetView, seed: number, bySet = false) {
    this.#count = view.indices.length;
    this.#seed = seed;
    const { targets, sets } = view.dataset;
    const classes = new Map<number, Map<number, number[]>>();
    for (const index of view.indices) {
      const groups = ensure(classes, targets[index]!, () => new Map<number, number[]>());
      ensure(groups, bySet ? (sets?.[index] ?? 0) : 0, () => []).push(index);
    }
    this.#classes = byNumber(classes).map((groups) => groupsOf(byNumber(groups)));
  }

  /**
   * The samples of an epoch, class by class, as positions in the data set; a new array. @param epoch whole number from
   * 0.
   */
  samples(epoch: number): Uint32Array {
    const classes = this.#classes.length;
    const share = Math.floor(this.#count / classes);
    // The first in a random order give one sample more, to complete the count.
    const turn = shuffle([...this.#classes.keys()], randomStream(this.#seed, 'balance', epoch));
    const odd = new Set(turn.slice(0, this.#count - share * classes));
    const samples = new Uint32Array(this.#count);
    let position = 0;
    for (const [number, groups] of this.#classes.entries()) {
      const start = position;
      const size = share + (odd.has(number) ? 1 : 0);
      let sum = 0;
      for (const [group, { positions, share: part }] of groups.entries()) {
        // A class of one group keeps its stream from before groups existed, so stored logs repeat bit for bit.
        const keys = groups.length === 1 ? [number] : [number, group];
        const own = shuffle(positions.slice(), randomStream(this.#seed, 'balance', epoch, ...keys));
        sum += part;
        const end = start + Math.round(sum * size);
        for (let draw = 0; position < end; draw++) samples[position++] = own[draw % own.length]!;
      }
    }
    return samples;
  }
}

function groupsOf(groups: readonly (readonly number[])[]): Group[] {
  const total = groups.reduce((sum, { length }) => sum + Math.sqrt(length), 0);
  return groups.map((own) => ({ positions: Uint32Array.from(own), share: Math.sqrt(own.length) / total }));
}

function byNumber<T>(map: ReadonlyMap<number, T>): T[] {
  return [...map].sort(([left], [right]) => left - right).map(([, value]) => value);
}

function ensure<T>(map: Map<number, T>, key: number, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
