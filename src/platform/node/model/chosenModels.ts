// The chosen models, as one: a committee has the card that it would have in one file.
import { committeeCard, modelCardOf, type OnnxModel } from '../../../onnx/floor.ts';
import type { LoadedModel } from './modelFile.ts';
import { loadModels, type ModelSource } from './recognizer.ts';

/** The choice: all models for the recogniser, and one name, path and card to report. */
export interface ChosenModels {
  readonly sources: readonly LoadedModel[];
  readonly model: LoadedModel;
}

/**
 * Loads one model or several that vote.
 *
 * @throws {UsageError} when there is no such model.
 * @throws {FormatError} naming the file that is damaged.
 */
export async function chooseModels(source?: ModelSource): Promise<ChosenModels> {
  const sources = await loadModels(source);
  const [first, ...others] = sources as [LoadedModel, ...LoadedModel[]];
  if (others.length === 0) return { sources, model: first };
  const name = `committee of ${sources.map((each) => each.name).join(', ')}`;
  const card = cardOf(
    sources.map(({ model }) => model),
    name,
  );
  return { sources, model: { ...first, name, path: sources.map(({ path }) => path).join(', '), card } };
}

/** The name that reports use for a model: its card's, because a file's name may be just `model.onnx`. */
export function titleOf(model: LoadedModel): string {
  return model.card?.name ?? model.name;
}

function cardOf(models: readonly OnnxModel[], name: string): LoadedModel['card'] {
  if (models.some((model) => modelCardOf(model) === undefined)) return undefined;
  return committeeCard(models, { name, description: 'Models that vote.' });
}
