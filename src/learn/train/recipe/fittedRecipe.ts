// A recipe's network, made to fit its data.
import { formatShape, UsageError } from '../../../core/floor.ts';
import { classCount, type NetworkConfig, networkNamed, withClasses, withSide } from '../../../engine/floor.ts';
import type { Recipe } from './recipe.ts';
import { frameOf } from './recipeData.ts';

/** The recipe's network. @throws {UsageError} listing the known networks when the name is unknown. */
export function recipeNetwork(recipe: Recipe): NetworkConfig {
  return typeof recipe.network === 'string' ? networkNamed(recipe.network) : recipe.network;
}

/**
 * The recipe with a network that has one output for each class of its data and takes pictures of its frame's size. A
 * named network is made to fit.
 *
 * @param data the training data; its classes count, whether or not all of them occur.
 * @returns the recipe itself where its network fits as it is.
 * @throws {UsageError} when the network's name is unknown, or a network config has another number of outputs or another
 * input.
 * @throws {ShapeError} when a named network's layers do not fit pictures of that size.
 */
export function fittedRecipe(
  recipe: Recipe,
  data: { readonly name: string; readonly labels: readonly string[] },
): Recipe {
  const network = recipeNetwork(recipe);
  const { size } = frameOf(recipe.data);
  const [channels, rows, columns] = network.input;
  const sized = channels === 1 && rows === size && columns === size;
  if (!sized && typeof recipe.network !== 'string') {
    throw new UsageError(
      `recipe "${recipe.name}": expected a network with the input 1x${size}x${size}, as its data is framed (data.frame), received one with ${formatShape(network.input)}`,
    );
  }
  const [outputs, classes] = [classCount(network), data.labels.length];
  if (sized && outputs === classes) return recipe;
  if (typeof recipe.network !== 'string') {
    throw new UsageError(
      `recipe "${recipe.name}": expected a network with an output for each of the ${classes} classes of ${data.name}, received one with ${outputs}`,
    );
  }
  return { ...recipe, network: withClasses(withSide(network, size), classes) };
}
