// The pictures on which a temperature or a threshold is chosen. It refuses pictures that the network was trained on,
// and those that it is then measured on.
import { UsageError } from '../../../../core/floor.ts';
import { parseRecipeData, type RecipeData } from '../../../../learn/floor.ts';
import type { ModelCard } from '../../../../onnx/floor.ts';
import { mnistFraming, type Picture } from '../../../../picture/floor.ts';
import { type Dataset, type LabelledPictures, materialize, picturesOf } from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { datasetHash } from '../../data/datasetHash.ts';
import { findData } from '../../data/sources/sources.ts';
import type { LoadedModel } from '../../model/modelFile.ts';
import { holdBack } from './holdBack.ts';
import { openTrainingData } from './trainingData.ts';

/** The word for the part of the training set that a model's training held back. */
export const heldBack = 'validation';

/** The training as a model's card describes it. */
type Training = NonNullable<ModelCard['training']>;

/** Largest share of the measured pictures that may be among the others by chance (two blank forms are alike). */
const sharedLimit = 0.01;

/**
 * Largest difference to the card's count of right answers on the held back part: float16 weights change an answer or
 * two.
 */
const countTolerance = 3;

/** Options of {@link openCalibrationPictures}. */
export interface CalibrationPicturesOptions {
  /** `validation`, or data as `openDataset` and `openPictures` take it. */
  readonly source: string;
  readonly model: LoadedModel;
  /** The models behind it, where several vote; default: only the model. */
  readonly sources?: readonly LoadedModel[];
  /** The pictures that the report measures. */
  readonly measured: LabelledPictures;
  /** How pictures are read; `framed` ones come from data sets of the network's size. */
  readonly framing: 'framed' | 'raw';
  /**
   * Seed by which the validation part was drawn; default: the card's. Members of a committee have their committee's.
   */
  readonly splitSeed?: number;
}

/**
 * Opens the pictures to choose on.
 *
 * @throws {UsageError} when the model's training held nothing back or does not say so, the pictures are those that it
 * was trained
 * on, or more than one in a hundred of the measured pictures is among them.
 */
export async function openCalibrationPictures(options: CalibrationPicturesOptions): Promise<LabelledPictures> {
  const { source, model, measured } = options;
  const pictures = source === heldBack ? await openHeldBack(model, options.splitSeed) : await openOthers(options);
  const shared = countShared(measured.pictures, pictures.pictures);
  if (shared > sharedLimit * measured.pictures.length) {
    throw new UsageError(
      `${pictures.name}: expected other pictures than those measured, received ${shared} of the ${measured.pictures.length} again: ` +
        'what is chosen on them cannot be measured on them',
    );
  }
  return pictures;
}

/**
 * Checks that the held back part is that of the training: it must have the card's number of right answers.
 *
 * A part drawn with another seed has pictures from the training, and would make the network look overconfident.
 *
 * @param right answers on all pictures of `openCalibrationPictures` for `validation`, read framed.
 * @throws {UsageError} when the numbers differ by more than three.
 */
export function checkHeldBack(model: LoadedModel, right: number): void {
  const { validation } = model.card!;
  const expected = Math.round(validation!.accuracy * validation!.count);
  if (Math.abs(right - expected) <= countTolerance) return;
  throw new UsageError(
    `${model.path}: expected ${expected} right answers of the ${validation!.count} held back, as its card says, received ${right}: ` +
      "they were drawn by another seed; tell it with --split-seed (a member of a committee has its committee's)",
  );
}

async function openHeldBack(model: LoadedModel, splitSeed: number | undefined): Promise<LabelledPictures> {
  const { training, validation } = model.card ?? {};
  if (training === undefined || validation === undefined || training.data.length === 0) {
    throw new UsageError(
      `${model.path}: expected a model whose training held pictures back, received one whose card names none; choose on other data`,
    );
  }
  const recipe = recipeDataOf(training, validation.count, model.path);
  const opened = await openTrainingData(recipe);
  for (const { name, sha256 } of training.data) {
    const received = opened.sets.find((set) => set.name === name)?.sha256;
    if (received === sha256) continue;
    throw new UsageError(
      `${name}: expected the data of SHA-256 ${sha256} that ${model.path} was trained on, received ${received ?? 'other data'}`,
    );
  }
  const part = holdBack(opened, recipe, splitSeed ?? training.splitSeed ?? training.seed).validation;
  if (part === undefined) {
    throw new UsageError(
      `${model.path}: expected a model whose training held pictures back, received a recipe that does not`,
    );
  }
  return { ...picturesOf(materialize(part)), name: validation.data };
}

/** The data of a training, by the recipe in its card; older committees' cards name only their data. */
function recipeDataOf({ recipe, data }: Training, held: number, path: string): RecipeData {
  if (typeof recipe === 'object' && recipe !== null && 'data' in recipe) {
    return parseRecipeData(recipe.data, `${path}, recipe in the model card`);
  }
  return { train: data.map(({ name }) => name), validation: held };
}

async function openOthers(options: CalibrationPicturesOptions): Promise<LabelledPictures> {
  const { source, model, framing, sources = [model] } = options;
  const frame = model.card?.framing ?? mnistFraming;
  const trained = sources.flatMap(({ card }) => card?.training?.data ?? []);
  const refuse = (): never => {
    throw new UsageError(
      `${source}: expected pictures that ${model.path} was not trained on, received its training data; ` +
        `"${heldBack}" is the part that its training held back`,
    );
  };
  if (trained.some(({ name }) => name === source)) refuse();
  const named = await findData(source);
  if (named.form === 'pictures') return named.pictures();
  const refuseTrained = (data: Dataset): void => {
    const hash = datasetHash(data);
    if (trained.some(({ sha256 }) => sha256 === hash)) refuse();
  };
  // As stored, so that the hash is that of the card for any network size; raw pictures as a training frames them.
  if (named.form === 'array') refuseTrained(await named.stored());
  if (framing === 'raw' && named.framing === 'framed') return named.pictures();
  const taken = await openDataset(source, { frame });
  refuseTrained(taken);
  return framing === 'raw' && named.form === 'array' ? named.pictures() : picturesOf(taken);
}

/** The number of pictures that are, pixel by pixel, among others. */
function countShared(some: readonly Picture[], others: readonly Picture[]): number {
  const key = ({ width, height, pixels }: Picture): string =>
    `${width}x${height}:${Buffer.from(pixels.buffer, pixels.byteOffset, pixels.length).toString('latin1')}`;
  const known = new Set(others.map(key));
  return some.filter((picture) => known.has(key(picture))).length;
}
