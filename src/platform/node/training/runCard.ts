// The card of a network that was just trained: how, on what, and how good it is.
import { type EvaluationResult, frameOf, type Recipe } from '../../../learn/floor.ts';
import { type CardFigure, type CardTraining, type ModelCard, termsNotice } from '../../../onnx/floor.ts';
import type { Dataset } from '../../../samples/floor.ts';
import { packageVersion } from '../files/packageVersion.ts';
import type { LoadedModel } from '../model/modelFile.ts';

/** What is known of a network when its training is over. */
export interface FinalFigures {
  readonly seconds: number;
  readonly temperature: number | undefined;
  readonly validation: EvaluationResult | undefined;
  readonly tests: readonly { readonly name: string; readonly result: EvaluationResult }[];
}

/** The data that the training's teachers were trained on: it is part of the student's weights. */
export function taughtBy(teachers: readonly LoadedModel[]): Pick<CardTraining, 'teachers'> {
  if (teachers.length === 0) return {};
  return {
    teachers: teachers.map(({ name, card }) => ({ name: card?.name ?? name, data: card?.training?.data ?? [] })),
  };
}

/** What was trained, and by which command. */
export interface TrainedRun {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly splitSeed?: number;
  readonly command: string;
}

/** The model card of a finished training. */
export function runCard(
  { recipe, seed, splitSeed, command }: TrainedRun,
  dataset: Dataset,
  origins: Pick<CardTraining, 'data' | 'teachers'>,
  engine: string,
  { seconds, temperature, validation, tests }: FinalFigures,
): ModelCard {
  const figure = (name: string, { count: of, accuracy, loss }: EvaluationResult): CardFigure => ({
    data: name,
    count: of,
    accuracy,
    loss,
  });
  return {
    format: 1,
    name: recipe.name,
    description: recipe.description,
    labels: dataset.labels,
    framing: frameOf(recipe.data),
    temperature: temperature ?? 1,
    training: {
      command,
      recipe,
      seed,
      ...(splitSeed !== undefined && splitSeed !== seed && { splitSeed }),
      ...origins,
      ...termsNotice(origins),
      date: new Date().toISOString().slice(0, 10),
      seconds: Math.round(seconds),
      versions: { ductus: packageVersion(), node: process.versions.node, engine },
    },
    ...(validation && { validation: figure(`${dataset.name}, ${validation.count} held back`, validation) }),
    ...(tests.length > 0 && { test: tests.map(({ name, result }) => figure(name, result)) }),
  };
}
