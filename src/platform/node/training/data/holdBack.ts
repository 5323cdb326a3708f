// Divides a recipe's samples into those to train on and those held back for choices.
import { UsageError } from '../../../../core/floor.ts';
import type { RecipeData } from '../../../../learn/floor.ts';
import { countOf, type Samples, splitSamples, subset, viewOf, writersOf } from '../../../../samples/floor.ts';

/** Samples to train on and, where any are held back, those for choices. */
export interface DividedSamples {
  readonly train: Samples;
  readonly validation?: Samples;
}

/**
 * Holds validation samples back, as the recipe says: by sample, class by class, by writer, or by order. Those of
 * `extra` stay in training.
 *
 * @param data as the recipe describes it.
 * @returns without `validation` where the recipe holds nothing back.
 * @throws {UsageError} when nothing would be left, or samples should be divided by unknown writers.
 */
export function holdBack(
  { samples, ordinary: count }: { readonly samples: Samples; readonly ordinary: number },
  data: RecipeData,
  seed: number,
): DividedSamples {
  const held = data.validation;
  if (held === 0) return { train: samples };
  const own = firstOf(samples, count);
  if (held >= count) {
    throw new UsageError(
      `recipe, data.validation: ${held} samples held back leave nothing to train on, ${viewOf(samples).dataset.name} has ${count} samples`,
    );
  }
  const { train, validation } = splitSamples(own, { validation: held / count, seed, by: splitBy(data, own) });
  const { dataset, indices } = viewOf(samples);
  if (count === indices.length) return { train, validation };
  return { train: { dataset, indices: Uint32Array.from([...train.indices, ...indices.subarray(count)]) }, validation };
}

/** How samples are divided: as the recipe says, otherwise by what is known of their writers. */
export function splitBy(data: RecipeData, samples: Samples): 'sample' | 'writer' | 'order' {
  if (data.splitBy !== undefined) return data.splitBy;
  const writers = writersOf(samples);
  return writers !== undefined && !writers.includes(0) && new Set(writers).size > 1 ? 'writer' : 'sample';
}

/** The first samples. */
export function firstOf(samples: Samples, count: number): Samples {
  return count === countOf(samples) ? samples : subset(samples, [...Array(count).keys()]);
}
