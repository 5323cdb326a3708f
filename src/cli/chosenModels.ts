// The models that a command was told to read with, as one: a committee has the card that it would have in one file.
import type { OnnxModel } from '../onnx/floor.ts';
import type { LoadedModel } from '../platform/node/floor.ts';

/** What was chosen: all models for the recogniser, and one name, path and card to speak of. */
export interface ChosenModels {
  readonly sources: readonly LoadedModel[];
  readonly model: LoadedModel;
}

/**
 * Loads the models of repeated `--model` options.
 *
 * @throws {UsageError} when there is no such model.
 * @throws {FormatError} naming the file that is damaged.
 */
export async function loadChosenModels(names: readonly string[] = []): Promise<ChosenModels> {
  const { loadModel } = await import('../platform/node/floor.ts');
  const sources = await Promise.all(names.length === 0 ? [loadModel()] : names.map((name) => loadModel(name)));
  const [first, ...others] = sources as [LoadedModel];
  if (others.length === 0) return { sources, model: first };
  const name = `committee of ${sources.map((source) => source.name).join(', ')}`;
  const card = await cardOf(
    sources.map(({ model }) => model),
    name,
  );
  return { sources, model: { ...first, name, path: sources.map(({ path }) => path).join(', '), card } };
}

/** The name by which a model is spoken of: its card's, as a file's name may be just `model.onnx`. */
export function titleOf(model: LoadedModel): string {
  return model.card?.name ?? model.name;
}

async function cardOf(models: readonly OnnxModel[], name: string): Promise<LoadedModel['card']> {
  const { committeeCard, modelCardOf } = await import('../onnx/floor.ts');
  if (models.some((model) => modelCardOf(model) === undefined)) return undefined;
  return committeeCard(models, { name, description: 'Models that vote.' });
}
