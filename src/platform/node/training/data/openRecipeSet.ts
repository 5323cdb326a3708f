// Opens one set that a recipe names: framed as its `data` says, and restricted to its classes. Training and test sets
// both come from here.
import { expandAlphabet, MissingError, UsageError } from '../../../../core/floor.ts';
import { frameOf, mergedClassOf, type RecipeData } from '../../../../learn/floor.ts';
import type { Ink } from '../../../../picture/floor.ts';
import { type Dataset, relabel, type Samples } from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { sharedDataset } from '../../data/datasetSharer.ts';

/** A set as a recipe takes it. */
export interface RecipeSet {
  /** The whole set. */
  readonly dataset: Dataset;
  /** The samples that the recipe keeps, with its class texts. */
  readonly samples: Samples;
  /** Raw pictures without ink, in classes that the recipe keeps; they are not among the samples. */
  readonly empty: number;
  /** The strokes of each sample of `dataset`, where its strokes were opened. */
  readonly inks?: readonly Ink[];
}

/** The names in a field of a recipe that takes one or several. */
export function namesOf(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}

/**
 * Opens a set of a recipe.
 *
 * @param shared whether its numbers must be in memory that threads share.
 * @throws as `openDataset` does; where data is missing, with the recipe's note on how to get it.
 */
export async function openRecipeSet(name: string, data: RecipeData, shared = false): Promise<RecipeSet> {
  const { classes, merged = false, framing } = data;
  let emptyLabels: readonly string[] = [];
  const opened = await openDataset(name, {
    ...(framing !== undefined && { framing }),
    frame: frameOf(data),
    onEmpty: (_, labels) => {
      emptyLabels = labels;
    },
  }).catch((error: unknown) => {
    throw withAdvice(error, data.obtain);
  });
  // Beside the pictures, not in them: training threads do not need strokes.
  const { inks, ...dataset } = shared ? sharedDataset(opened) : opened;
  const strokes = inks && { inks };
  if (classes === undefined && !merged) return { dataset, samples: dataset, empty: emptyLabels.length, ...strokes };
  const kept = new Set(classes === undefined ? dataset.labels : expandAlphabet(classes));
  const classOf = (label: string): string => (merged ? mergedClassOf(label) : label);
  return {
    dataset,
    samples: relabel(dataset, (label) => (kept.has(label) ? classOf(label) : undefined)),
    empty: emptyLabels.filter((label) => kept.has(label)).length,
    ...strokes,
  };
}

/** The same error; where data is missing, with the recipe's note on how to get it. */
function withAdvice(error: unknown, obtain: string | undefined): unknown {
  if (obtain === undefined) return error;
  if (error instanceof MissingError) return new MissingError(`${error.message}; ${obtain}`, { cause: error });
  if (error instanceof UsageError) return new UsageError(`${error.message}; ${obtain}`, { cause: error });
  return error;
}
