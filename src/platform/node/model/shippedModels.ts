// The shipped models with their cards.
import type { ModelCard } from '../../../onnx/floor.ts';
import { loadModel } from './modelFile.ts';
import { defaultModel, listModels } from './models.ts';

/** A shipped model. */
export interface ShippedModel {
  readonly name: string;
  /** Whether it is the default model. */
  readonly default: boolean;
  readonly file: string;
  readonly bytes: number;
  /** Null for a model made by others. */
  readonly card: ModelCard | null;
}

/**
 * Reads every shipped model, in alphabetical order. Unlike `listModels` it opens the files. @throws {FormatError} for a
 * damaged one.
 */
export async function shippedModels(): Promise<ShippedModel[]> {
  const models: ShippedModel[] = [];
  for (const { name, path } of await listModels()) {
    const { bytes, card } = await loadModel(path);
    models.push({ name, default: name === defaultModel, file: path, bytes: bytes.length, card: card ?? null });
  }
  return models;
}
