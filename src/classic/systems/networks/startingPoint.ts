// The start of a training with given weights: the checkpoint of a run without any step.

import { initializeNetwork } from '../../../engine/floor.ts';
import { averageName, type Checkpoint, firstProgress, type Recipe, recipeNetwork } from '../../../learn/floor.ts';

/**
 * The checkpoint from which a training continues as if its network had been initialised with these weights.
 *
 * @param weights by parameter; the others begin at random, as usual.
 */
export function startingPoint(
  recipe: Recipe,
  seed: number,
  dataHash: string,
  weights: ReadonlyMap<string, Float32Array>,
): Checkpoint {
  const begin = new Map([...initializeNetwork(recipeNetwork(recipe), seed), ...weights]);
  return {
    progress: firstProgress({ recipe: JSON.stringify(recipe), seed, dataHash }),
    // The optimiser's slots begin at 0, as the training's memory does.
    state: new Map([
      ...begin,
      ...(recipe.average ? [...begin].map(([name, values]) => [averageName(name), values] as const) : []),
    ]),
  };
}
