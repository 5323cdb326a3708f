// Seeded, stratified division of samples: a validation part held back from training, or a smaller set of the same
// composition.
import { randomStream, shuffle, UsageError } from '../../core/floor.ts';
import { classCounts, countOf, type DatasetView, type Samples, subset, targetsOf } from './datasetView.ts';
import { markWriters } from './markWriters.ts';

/** Options of {@link splitSamples}. */
export interface SplitOptions {
  /** Share of the samples to hold back, 0 <= share < 1; 0 holds back nothing. */
  readonly validation: number;
  /** Decides which samples are held back. */
  readonly seed: number;
  /**
   * `sample` (the default): each class gives its share. `writer`: whole writers are held back, so that nobody's hand is
   * on both sides; needs `dataset.writers`. `order`: each class gives its share from its last samples. Where samples
   * are in the order of unnamed writers, most hands are then on one side only.
   */
  readonly by?: 'sample' | 'writer' | 'order';
}

/** The two parts of a split; together they hold every sample once, each in the original order. */
export interface Split {
  /** What is trained on. */
  readonly train: DatasetView;
  /** What is held back. */
  readonly validation: DatasetView;
}

/**
 * Divides samples into a part to train on and a part to validate on, class by class, at random.
 *
 * The validation part has `round(validation * count)` samples. Each class gives its proportional number, rounded by the
 * largest remainder (Hamilton's method) so that the total is exact. A class of two samples or more keeps at least one
 * on each side; a single sample stays in training. Where this contradicts the exact total, the total changes. The same
 * samples, share and seed give the same parts.
 *
 * By writer, the validation part has whole writers of about that many samples together; see `markWriters`.
 *
 * @throws {UsageError} when the share is not in [0, 1), or there are not two writers to divide.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { countOf, splitSamples } from 'ductus/samples';
 *
 * const { train, validation } = splitSamples(await openDataset('mnist:train'), { validation: 0.1, seed: 1 });
 * console.log(countOf(train), countOf(validation)); // 54000 6000
 * ```
 */
export function splitSamples(samples: Samples, options: SplitOptions): Split {
  const { validation: share, seed, by = 'sample' } = options;
  if (!(share >= 0 && share < 1)) {
    throw new UsageError(`splitting: expected a validation share of at least 0 and below 1, received ${share}`);
  }
  if (by === 'writer' && share > 0) {
    const chosen = markWriters(samples, Math.round(share * countOf(samples)), seed);
    return { train: pick(samples, chosen, 0), validation: pick(samples, chosen, 1) };
  }
  const sizes = classCounts(samples);
  const none = share === 0;
  const held = allocate(
    sizes,
    Math.round(share * countOf(samples)),
    sizes.map((size) => (size >= 2 && !none ? 1 : 0)),
    sizes.map((size) => (none ? 0 : Math.max(0, size - 1))),
  );
  const chosen = by === 'order' ? last(samples, held) : draw(samples, held, seed, 'split');
  return { train: pick(samples, chosen, 0), validation: pick(samples, chosen, 1) };
}

/**
 * At most `count` samples, drawn at random class by class in proportion (as {@link splitSamples} does), in their
 * original order.
 *
 * @param count whole number, at least 1; with no more samples than that, all are returned.
 * @throws {UsageError} when `count` is not such a number.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { limitSamples } from 'ductus/samples';
 *
 * const view = limitSamples(await openDataset('mnist:train'), 100, 1);
 * console.log(view.indices.length); // 100
 * ```
 */
export function limitSamples(samples: Samples, count: number, seed: number): DatasetView {
  if (!Number.isInteger(count) || count < 1) {
    throw new UsageError(`limiting samples: expected a whole number of at least 1, received ${count}`);
  }
  const sizes = classCounts(samples);
  const kept = allocate(
    sizes,
    Math.min(count, countOf(samples)),
    sizes.map(() => 0),
    sizes,
  );
  return pick(samples, draw(samples, kept, seed, 'limit'), 1);
}

/**
 * Divides `total` among classes in proportion to their sizes by the largest remainder, within bounds for each class.
 *
 * @returns whole numbers between `lower` and `upper` that sum to `total`, or as close to it as the bounds allow.
 */
function allocate(
  sizes: readonly number[],
  total: number,
  lower: readonly number[],
  upper: readonly number[],
): number[] {
  const sum = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0);
  const reachable = Math.min(Math.max(total, sum(lower)), sum(upper));
  const count = sum(sizes);
  const quotas = sizes.map((size) => (count === 0 ? 0 : (total * size) / count));
  const shares = quotas.map((quota, c) => Math.min(Math.max(Math.floor(quota), lower[c]!), upper[c]!));
  for (let missing = reachable - sum(shares); missing !== 0; missing -= Math.sign(missing)) {
    const step = Math.sign(missing);
    // The class furthest from its quota in the needed direction that has room; the first of equals.
    let best = -1;
    for (let c = 0; c < shares.length; c++) {
      if (step > 0 ? shares[c]! >= upper[c]! : shares[c]! <= lower[c]!) continue;
      if (best < 0 || step * (quotas[c]! - shares[c]!) > step * (quotas[best]! - shares[best]!)) best = c;
    }
    shares[best]! += step;
  }
  return shares;
}

/** Marks with 1 a random choice of `wanted[c]` samples of each class c. */
function draw(samples: Samples, wanted: readonly number[], seed: number, purpose: string): Uint8Array {
  const marks = new Uint8Array(countOf(samples));
  const positions = wanted.map((): number[] => []);
  targetsOf(samples).forEach((target, position) => {
    positions[target]!.push(position);
  });
  positions.forEach((own, c) => {
    for (const position of shuffle(own, randomStream(seed, purpose, c)).slice(0, wanted[c]!)) marks[position] = 1;
  });
  return marks;
}

/** Marks with 1 the last `wanted[c]` samples of each class c. */
function last(samples: Samples, wanted: readonly number[]): Uint8Array {
  const marks = new Uint8Array(countOf(samples));
  const targets = targetsOf(samples);
  const left = [...wanted];
  for (let position = marks.length - 1; position >= 0; position--) {
    if (left[targets[position]!]!-- > 0) marks[position] = 1;
  }
  return marks;
}

function pick(samples: Samples, marks: Uint8Array, mark: number): DatasetView {
  const positions: number[] = [];
  for (let position = 0; position < marks.length; position++) if (marks[position] === mark) positions.push(position);
  return subset(samples, positions);
}
