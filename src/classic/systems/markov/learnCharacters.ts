// Learns everything from samples, in order: features, writing forms, the classes that they confuse, and the forms again
// from all samples.
import { type Samples, splitSamples, targetsOf, viewOf } from '../../../samples/floor.ts';
import type { VectorRows } from '../../parts/kMeans.ts';
import { type FeatureScale, featureRows, featureScale, standardize } from './featureScale.ts';
import { findPairRules, type LabelledRows, type PairRule } from './pairRules.ts';
import { FormScorer, type FormSettings, learnForms, type WritingForm } from './writingForm.ts';

/** Share of the samples that show which classes are confused. */
const heldShare = 0.2;
/** Samples that are scored between two checks for cancellation. */
const samplesPerLook = 64;
/** Parts of the work, measured on 8,000 digits. */
const parts = { features: 0.3, forms: 0.25, scores: 0.15, again: 0.3 };

/** The learnt state of the characters of some classes. */
export interface LearntCharacters {
  readonly scale: FeatureScale;
  /** `[class][form]`. */
  readonly classes: readonly (readonly WritingForm[])[];
  readonly rules: readonly PairRule[];
}

/**
 * Learns characters from samples of each class.
 *
 * At first it holds back a fifth of the samples. Forms learnt from the others show on this fifth which classes they
 * confuse, and up to which margin the separating rules may overrule them. Then the forms are learnt again from all
 * samples. The rules are not: their margins come from samples that neither they nor the forms had learnt from.
 *
 * @param progress takes the finished share; may throw.
 */
export function learnCharacters(
  samples: Samples,
  settings: FormSettings,
  seed: number,
  progress: (share: number) => void,
): LearntCharacters {
  const { dataset } = viewOf(samples);
  const classes = dataset.labels.length;
  const { train, validation } = splitSamples(samples, { validation: heldShare, seed });
  const counts = [train.indices.length, validation.indices.length] as const;
  const all = featureRows(dataset, [...train.indices, ...validation.indices], (share) =>
    progress(share * parts.features),
  );
  const scale = featureScale(all);
  standardize(all, scale);
  const targets = new Uint16Array(all.count);
  targets.set(targetsOf(train));
  targets.set(targetsOf(validation), counts[0]);
  const rows: LabelledRows = { ...all, targets };
  const taught = someRows(rows, 0, counts[0]);
  const held = someRows(rows, counts[0], rows.count);

  let done = parts.features;
  const first = learnClasses(taught, classes, settings, seed, (share) => progress(done + share * parts.forms));
  done += parts.forms;
  const scores = scoresOf(first, held, classes, (share) => progress(done + share * parts.scores));
  const rules = findPairRules(taught, held, scores, classes);
  done += parts.scores;
  const again = learnClasses(rows, classes, settings, seed, (share) => progress(done + share * parts.again));
  return { scale, classes: again, rules };
}

function someRows({ size, data, targets }: LabelledRows, from: number, to: number): LabelledRows {
  return { count: to - from, size, data: data.subarray(from * size, to * size), targets: targets.subarray(from, to) };
}

function learnClasses(
  { size, data, targets }: LabelledRows,
  classes: number,
  settings: FormSettings,
  seed: number,
  progress: (share: number) => void,
): WritingForm[][] {
  const rowsOf = Array.from({ length: classes }, (): number[] => []);
  targets.forEach((target, row) => {
    rowsOf[target]!.push(row);
  });
  return rowsOf.map((own, index) => {
    const rows: VectorRows = { count: own.length, size, data: new Float32Array(own.length * size) };
    own.forEach((row, at) => {
      rows.data.set(data.subarray(row * size, (row + 1) * size), at * size);
    });
    return learnForms(rows, { ...settings, look: () => progress(index / classes) }, seed);
  });
}

function scoresOf(
  forms: readonly (readonly WritingForm[])[],
  { count, size, data }: LabelledRows,
  classes: number,
  progress: (share: number) => void,
): Float32Array {
  const scorer = new FormScorer(forms);
  const scores = new Float32Array(count * classes);
  for (let row = 0; row < count; row++) {
    if (row % samplesPerLook === 0) progress(row / count);
    scorer.score(data, row * size, scores.subarray(row * classes, (row + 1) * classes));
  }
  return scores;
}
