// Which samples an epoch deals out when every class is to come equally often, however uneven the data. batches.ts shuffles them.
import { randomStream, shuffle } from '../../core/index.ts';
import { type DatasetView, targetsOf } from './view.ts';

/**
 * Draws epochs of a view in which every class that has samples comes equally often, give or take one.
 *
 * An epoch has as many samples as the view. A class with fewer samples than its share deals each out equally often, give or
 * take one; one with more deals out a choice that each epoch draws anew. Which samples are the odd ones is drawn by seed and
 * epoch, so that an epoch is a pure function of both.
 */
export class BalancedOrder {
  readonly #count: number;
  readonly #seed: number;
  /** Positions in the data set of the samples of each class that has any. */
  readonly #classes: readonly Uint32Array[];

  constructor(view: DatasetView, seed: number) {
    this.#count = view.indices.length;
    this.#seed = seed;
    const classes = new Map<number, number[]>();
    targetsOf(view).forEach((target, position) => {
      const own = classes.get(target);
      if (own === undefined) classes.set(target, [view.indices[position]!]);
      else own.push(view.indices[position]!);
    });
    this.#classes = [...classes].sort(([l], [r]) => l - r).map(([, own]) => Uint32Array.from(own));
  }

  /** The samples of an epoch, class by class, as positions in the data set; a new array. @param epoch whole number from 0. */
  samples(epoch: number): Uint32Array {
    const classes = this.#classes.length;
    const share = Math.floor(this.#count / classes);
    // Those first in a random order give the one sample more that makes up the count.
    const turn = shuffle([...this.#classes.keys()], randomStream(this.#seed, 'balance', epoch));
    const odd = new Set(turn.slice(0, this.#count - share * classes));
    const samples = new Uint32Array(this.#count);
    let position = 0;
    for (const [number, positions] of this.#classes.entries()) {
      const own = shuffle(positions.slice(), randomStream(this.#seed, 'balance', epoch, number));
      const end = position + share + (odd.has(number) ? 1 : 0);
      for (let draw = 0; position < end; draw++) samples[position++] = own[draw % own.length]!;
    }
    return samples;
  }
}
