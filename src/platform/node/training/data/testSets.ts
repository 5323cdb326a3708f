// The test sets of a recipe, opened one after the other, and their results combined.
import { UsageError } from '../../../../core/floor.ts';
import type { EvaluationResult, RecipeData } from '../../../../learn/floor.ts';
import { countOf, matchLabels, type Samples } from '../../../../samples/floor.ts';
import { namesOf, openRecipeSet } from './openRecipeSet.ts';

/** A test set of a recipe. */
export interface TestSet {
  readonly name: string;
  /** The samples, with the class numbers of the training data. */
  readonly samples: Samples;
  /** Raw pictures without ink; a network has no right answer to them. */
  readonly empty: number;
}

/**
 * Opens the test sets of a recipe one after the other, restricted to its classes.
 *
 * @param labels class texts of the training data.
 * @throws {UsageError} when a set is unknown, or has samples of classes that the training data lacks.
 */
export async function* openTestSets(
  data: RecipeData,
  labels: readonly string[],
): AsyncGenerator<TestSet, void, undefined> {
  for (const name of namesOf(data.test ?? [])) {
    const { samples, empty } = await openRecipeSet(name, data);
    if (countOf(samples) === 0) {
      throw new UsageError(`recipe, data.classes: expected samples of them in the test set ${name}, received none`);
    }
    yield { name, samples: matchLabels(samples, labels), empty };
  }
}

/**
 * The result on a test set; pictures without ink count as wrong.
 *
 * They get no answer, so they have no cross-entropy. The loss is the mean over the answered ones, as in
 * `metrics`; `empty` counts the others.
 */
export function withEmpty(result: EvaluationResult, empty: number): EvaluationResult {
  if (empty === 0) return result;
  const count = result.count + empty;
  return { ...result, count, accuracy: result.correct / count, empty: (result.empty ?? 0) + empty };
}

/** Several results as one: shares are of all pictures, the loss is the mean over all answered ones. */
export function together(results: readonly EvaluationResult[]): EvaluationResult {
  const sum = (of: (result: EvaluationResult) => number): number =>
    results.reduce((all, result) => all + of(result), 0);
  const [count, correct, empty] = [sum((of) => of.count), sum((of) => of.correct), sum((of) => of.empty ?? 0)];
  const loss = sum((of) => of.loss * (of.count - (of.empty ?? 0))) / (count - empty);
  return { count, correct, accuracy: correct / count, loss, ...(empty > 0 && { empty }) };
}
