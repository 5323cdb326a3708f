// What every worker of a training gets at its start: plain data and shared memory, so that it can be sent to a thread.
import type { DatasetView } from '../../../samples/floor.ts';
import { recipeNetwork } from '../recipe/fittedRecipe.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { BatchLayout, StateOptions } from './trainingMemory.ts';

/** A training as its workers see it. */
export interface TrainingSetup {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly train: DatasetView;
  readonly validation?: DatasetView;
  /** Bytes of the recipe's teachers, in its order; required where it has any. */
  readonly teachers?: readonly Uint8Array[];
  /** Default true: every epoch has its own order. */
  readonly shuffled?: boolean;
}

/** Steps that the workers take together: `from` (inclusive) to `to` (exclusive) of an epoch, all counted from 0. */
export interface StepPlan {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** Parts that a batch is divided into unless the recipe says otherwise: one for each core of the smallest machines. */
const defaultShards = 2;

/** Parts that each batch of a recipe is divided into. */
export function shardsOf({ shards, batch }: Recipe): number {
  return Math.min(shards ?? defaultShards, batch);
}

/** How a recipe's batches are divided. */
export function batchLayout(recipe: Recipe): BatchLayout {
  return { batch: recipe.batch, shards: shardsOf(recipe) };
}

/** The state of a recipe's training. */
export function stateOptions(recipe: Recipe): StateOptions {
  return {
    network: recipeNetwork(recipe),
    optimizer: recipe.optimizer,
    averaging: recipe.average !== undefined,
  };
}
