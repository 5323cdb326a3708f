// Writing forms as tensors and back: all models of one shape, so that each kind of number is one tensor.
import type { OnnxTensor } from '../../../onnx/floor.ts';
import { type SavedParts, tensorOf } from '../../savedParts.ts';
import type { MarkovModel, MarkovShape } from './markovModel.ts';
import type { WritingForm } from './writingForm.ts';

/**
 * Bounds against hostile files, far from learnt values: within them every score is finite.
 */
const leastProbability = 1e-6;
const leastVariance = 1e-3;
const furthestMean = 1e3;

/** Tensors of the forms of all classes, `[class][form]`. */
export function formTensors(classes: readonly (readonly WritingForm[])[]): OnnxTensor[] {
  const forms = classes.flat();
  const owners = classes.flatMap((own, index) => own.map(() => index));
  return [
    tensorOf('forms/classes', Int32Array.from(owners)),
    tensorOf(
      'forms/shares',
      Float32Array.from(forms, ({ share }) => share),
    ),
    ...modelTensors(
      'local',
      forms.map(({ local }) => local),
    ),
    ...modelTensors(
      'global',
      forms.map(({ global }) => global),
    ),
  ];
}

/** The numbers of a model with their extents. */
function extentsOf({ states, width, reach, mixtures, dimensions }: MarkovShape): {
  readonly [Name in Exclude<keyof MarkovModel, keyof MarkovShape>]: readonly number[];
} {
  return {
    begins: [width],
    transitions: [states, reach + 1],
    weights: [states, mixtures],
    means: [states, mixtures, dimensions],
    variances: [states, mixtures, dimensions],
  };
}

function modelTensors(prefix: string, models: readonly MarkovModel[]): OnnxTensor[] {
  const extents = extentsOf(models[0]!);
  return (Object.keys(extents) as (keyof typeof extents)[]).map((name) => {
    const size = models[0]![name].length;
    const data = new Float32Array(models.length * size);
    models.forEach((model, at) => {
      data.set(model[name], at * size);
    });
    return tensorOf(`${prefix}/${name}`, data, [models.length, ...extents[name]]);
  });
}

/**
 * The forms of all classes from a saved classifier.
 *
 * @throws {FormatError} when a tensor is missing, of another shape or out of range, or a class has no form.
 */
export function savedForms(saved: SavedParts, local: MarkovShape, global: MarkovShape): WritingForm[][] {
  const owners = saved.tensor('forms/classes', 'int32', [null], { least: 0, most: saved.classes - 1 }).data;
  const range = { least: leastProbability, most: 1 };
  const shares = saved.tensor('forms/shares', 'float32', [owners.length], range).data;
  const locals = savedModels(saved, 'local', local, owners.length);
  const globals = savedModels(saved, 'global', global, owners.length);
  const found = Array.from({ length: saved.classes }, (): WritingForm[] => []);
  owners.forEach((owner, at) => {
    found[owner]!.push({ share: shares[at]!, local: locals[at]!, global: globals[at]! });
  });
  const empty = found.findIndex((forms) => forms.length === 0);
  if (empty >= 0) saved.refuse(`a form of class ${empty}`, 'none');
  return found;
}

function savedModels(saved: SavedParts, prefix: string, shape: MarkovShape, count: number): MarkovModel[] {
  const extents = extentsOf(shape);
  const read = (name: keyof typeof extents, least: number, most: number): readonly Float64Array[] => {
    const { data } = saved.tensor(`${prefix}/${name}`, 'float32', [count, ...extents[name]], { least, most });
    const size = data.length / count;
    return Array.from({ length: count }, (_, at) => Float64Array.from(data.subarray(at * size, (at + 1) * size)));
  };
  const begins = read('begins', leastProbability, 1);
  const transitions = read('transitions', 0, 1);
  const weights = read('weights', leastProbability, 1);
  const means = read('means', -furthestMean, furthestMean);
  const variances = read('variances', leastVariance, Number.MAX_VALUE);
  for (const own of transitions) checkTransitions(saved, prefix, own, shape);
  return begins.map((own, at) => ({
    ...shape,
    begins: own,
    transitions: transitions[at]!,
    weights: weights[at]!,
    means: means[at]!,
    variances: variances[at]!,
  }));
}

/**
 * Checks transitions: every possible jump must be allowed, so that a path exists; jumps past the last state must not.
 */
function checkTransitions(
  saved: SavedParts,
  prefix: string,
  transitions: Float64Array,
  { states, reach }: MarkovShape,
): void {
  for (let at = 0; at < transitions.length; at++) {
    const possible = Math.floor(at / (reach + 1)) + (at % (reach + 1)) < states;
    if (possible ? transitions[at]! >= leastProbability : transitions[at] === 0) continue;
    const expected = possible ? `at least ${leastProbability}` : '0';
    saved.refuse(expected, transitions[at], `tensor "${prefix}/transitions"`);
  }
}
