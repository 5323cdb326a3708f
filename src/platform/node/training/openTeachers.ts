// The models that a training learns from: reads them, and checks them against the training data.
import { UsageError } from '../../../core/floor.ts';
import { frameOf, type Recipe } from '../../../learn/floor.ts';
import type { Dataset } from '../../../samples/floor.ts';
import { type LoadedModel, loadModel } from '../model/modelFile.ts';

/**
 * Reads the teachers of a recipe.
 *
 * A model made by others, without a card, is accepted if it takes pictures of that size and answers that many classes.
 *
 * @throws {UsageError} when a teacher has other classes, the same in another order, or another framing.
 */
export async function openTeachers({ name, teacher, data }: Recipe, { labels }: Dataset): Promise<LoadedModel[]> {
  const models = await Promise.all(teacher?.models.map(loadModel) ?? []);
  const { size, box, centre } = frameOf(data);
  for (const { path, card } of models) {
    if (card === undefined) continue;
    const own = card.framing;
    if (own.size !== size || own.box !== box || own.centre !== centre) {
      throw new UsageError(
        `recipe "${name}", teacher ${path}: expected one that sees ${box} in ${size} pixels by ${centre}, as the recipe's pictures are framed, received one of ${own.box} in ${own.size} by ${own.centre}`,
      );
    }
    const different = labels.findIndex((label, at) => card.labels[at] !== label);
    if (different >= 0 || card.labels.length !== labels.length) {
      const at = different < 0 ? labels.length : different;
      throw new UsageError(
        `recipe "${name}", teacher ${path}: expected the ${labels.length} classes of the training data in their order, received ${card.labels.length}, of which number ${at + 1} is "${card.labels[at] ?? 'none'}", not "${labels[at] ?? 'none'}"`,
      );
    }
  }
  return models;
}
