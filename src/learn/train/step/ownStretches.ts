// Which parts of the parameters a worker updates, and where the shared memory holds everything that an update needs.
import type { ParameterSpec } from '../../../engine/floor.ts';
import type { Optimizer, Stretch } from '../optimizers.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { outerRows } from './factoredGradients.ts';
import {
  averageName,
  gradientName,
  leftName,
  rightName,
  scratchName,
  slotName,
  type TrainingMemory,
} from './trainingMemory.ts';
import { shardsOf } from './trainingSetup.ts';

/** Elements that are updated at a time: with gradient, moments and weights they stay in the first-level cache. */
const stretchLength = 2048;

/** A stretch of a parameter with what its update needs besides the optimiser's state. */
export interface OwnStretch extends Stretch {
  readonly trainable: boolean;
  /** Address of the moving average; undefined where none is kept. */
  readonly average: number | undefined;
  /** Addresses of the shards' gradients; none where it is factored. */
  readonly gradients: readonly number[];
  /** Present where the gradient is factored: addresses of the factors' first elements, and their widths. */
  readonly factors?: { readonly left: number; readonly right: number; readonly rows: number; readonly columns: number };
}

/**
 * The stretches that a worker updates: all parameters are cut into stretches, and all workers have equally many.
 *
 * @param place the worker's place among `count`.
 * @param parameters of the network, in order.
 * @param factored names of parameters whose gradients are exchanged as factors.
 */
export function ownStretches(
  recipe: Recipe,
  { index, count: workers }: { readonly index: number; readonly count: number },
  parameters: readonly ParameterSpec[],
  factored: ReadonlySet<string>,
  memory: TrainingMemory,
  optimizer: Optimizer,
): OwnStretch[] {
  const shards = shardsOf(recipe);
  const all: OwnStretch[] = [];
  for (const { name, shape, trainable, decays } of parameters) {
    const byFactors = factored.has(name);
    const [rows, columns] = shape as readonly [number, number];
    const length = byFactors ? rows * columns : memory.paddedLength(name);
    const step = byFactors ? outerRows * columns : stretchLength;
    for (let from = 0; from < length; from += step) {
      const at = (tensor: string): number => memory.address(tensor) + 4 * from;
      const gradients = byFactors ? [] : Array.from({ length: shards }, (_, shard) => at(gradientName(shard, name)));
      all.push({
        parameter: at(name),
        gradient: gradients[0] ?? memory.address(scratchName(index)),
        gradients,
        slots: trainable ? optimizer.slots.map((slot) => at(slotName(slot, name))) : [],
        average: recipe.average === undefined ? undefined : at(averageName(name)),
        count: Math.min(step, length - from),
        trainable,
        decays,
        ...(byFactors && {
          factors: {
            left: memory.address(leftName(name)) + (4 * from) / columns,
            right: memory.address(rightName(name)),
            rows,
            columns,
          },
        }),
      });
    }
  }
  const bound = (worker: number): number => Math.round((worker * all.length) / workers);
  return all.slice(bound(index), bound(index + 1));
}
