// Hidden Markov models over global and local features (Das, Prasad and Sanyal 2012), as one of the compared systems:
// how it reads, is saved and restored. learnCharacters.ts has what it learns, and in which order.
import * as v from 'valibot';
import { UsageError } from '../../../core/floor.ts';
import type { OnnxTensor } from '../../../onnx/floor.ts';
import type { ClassifierKind } from '../../classifier.ts';
import { type SavedParts, tensorOf } from '../../savedParts.ts';
import { systemKind } from '../../systemKind.ts';
import { featureCount } from './characterFeatures.ts';
import { featureRows, leastDeviation, standardize } from './featureScale.ts';
import { type LearntCharacters, learnCharacters } from './learnCharacters.ts';
import { type PairRule, PairRules } from './pairRules.ts';
import { formTensors, savedForms } from './savedForms.ts';
import { FormScorer, type FormSettings, globalShape, localShape } from './writingForm.ts';

const name = 'hidden-markov';
/** Bounds of settings, against hostile files. */
const mostStates = 1_000;
const mostMixtures = 16;

/** Settings of {@link hiddenMarkov}. */
export interface HiddenMarkovSettings {
  /** States of each model of the nine blocks, 1 to 1000; the authors' sister paper compared 5 to 36. */
  readonly states: number;
  /** Gaussians of each state, 1 to 16. */
  readonly mixtures: number;
  /** Gaussians for the features of the whole, 1 to 16. */
  readonly globalMixtures: number;
  /** Most models per class. */
  readonly forms: number;
}

/**
 * The source leaves all of these open. The number of states follows the sister paper, where 36 were the most and the
 * best. On 4,000 held back of 8,000 training digits, two splits (`scripts/quality/markovStates.ts`), 5, 9, 18, 27 and
 * 36 states read 95.2, 96.3, 96.5, 96.6 and 96.8 %, with deviations up to 0.5. Trained on 1,000 digits, all from 9
 * states on read alike.
 */
const usual: HiddenMarkovSettings = { states: 36, mixtures: 2, globalMixtures: 2, forms: 8 };

/** How forms are learnt; the source leaves all of it open. */
const learning: Omit<FormSettings, keyof HiddenMarkovSettings> = {
  // None of 10, 20 and 40 was clearly better: 96.1, 96.2 and 96.4 % on 3,000 held back of 6,000 training digits; on
  // others 20 was ahead of 40 by 0.2 points. 40 makes the fewest models.
  leastSamples: 40,
  // Features have a variance of 1 over all classes. With 0.05 and 0.2, accuracy on the same digits was 0.4 and 0.3
  // points lower.
  variance: 0.1,
  // Low: only a guard against Gaussians and transitions that are never used again.
  weight: 0.05,
  transition: 0.0001,
  // With 3 and with 25, accuracy on the same digits was equal within 0.1 points.
  iterations: 10,
  tolerance: 0.01,
};

const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const settingsSchema = v.strictObject({
  states: upTo(mostStates),
  mixtures: upTo(mostMixtures),
  globalMixtures: upTo(mostMixtures),
  forms: upTo(Number.MAX_SAFE_INTEGER),
});

/**
 * The kind. The score of a class is the greatest of its models' `ln share + ln p(blocks, best path) + ln p(whole)`,
 * unless a rule of the post-processing exchanges the two highest.
 *
 * @param chosen settings that differ from the defaults: 36 states, two Gaussians, at most 8 forms.
 * @throws {UsageError} when a setting is no whole number in its range.
 */
export function hiddenMarkov(chosen: Partial<HiddenMarkovSettings> = {}): ClassifierKind {
  const settings = { ...usual, ...chosen };
  const { states, forms } = settings;
  if (!v.is(settingsSchema, settings)) {
    throw new UsageError(
      `${name}: expected 1 to ${mostStates} states, 1 to ${mostMixtures} mixtures and at least 1 form, all whole, received ${JSON.stringify(settings)}`,
    );
  }
  return systemKind({
    name,
    description: `Hidden Markov models of ${states} states, at most ${forms} a class, over gradients, projections and curvature (Das and others 2012).`,
    published: {
      text: '98.26 % on 26 letters (not digits), 2,600 samples to learn from',
      source: 'R. L. Das, B. K. Prasad and G. Sanyal, IJCA 46(10), 2012; seen in its abstract, not checked again',
    },
    scores: 'logLikelihood',
    settings,
    modules: [import.meta.url],
    learn(samples, { seed, progress }) {
      // Learnt in 64 bits, kept in 32.
      return { settings, tensors: tensorsOf(learnCharacters(samples, { ...settings, ...learning }, seed, progress)) };
    },
    open(saved) {
      const own = saved.settings(settingsSchema);
      const { classes, pixels } = saved;
      const least = Math.fround(leastDeviation);
      const scale = {
        mean: saved.tensor('features/mean', 'float32', [featureCount], { least: 0, most: 1 }).data,
        deviation: saved.tensor('features/deviation', 'float32', [featureCount], { least, most: 1 }).data,
      };
      const scorer = new FormScorer(savedForms(saved, localShape(own), globalShape(own)));
      const rules = new PairRules(savedRules(saved), classes);
      const { width, height } = saved.saved;
      return {
        read(images, scores) {
          const rows = featureRows({ width, height, images }, [...Array(images.length / pixels).keys()]);
          standardize(rows, scale);
          for (let row = 0; row < rows.count; row++) {
            const answers = scores.subarray(row * classes, (row + 1) * classes);
            scorer.score(rows.data, row * featureCount, answers);
            rules.apply(rows.data, row * featureCount, answers);
          }
        },
      };
    },
  });
}

function tensorsOf({ scale, classes, rules }: LearntCharacters): OnnxTensor[] {
  const weights = new Float32Array(rules.length * featureCount);
  rules.forEach((rule, at) => {
    weights.set(rule.weights, at * featureCount);
  });
  return [
    tensorOf('features/mean', scale.mean),
    tensorOf('features/deviation', scale.deviation),
    ...formTensors(classes),
    tensorOf('rules/classes', Int32Array.from(rules.flatMap(({ one, other }) => [one, other])), [rules.length, 2]),
    tensorOf('rules/weights', weights, [rules.length, featureCount]),
    tensorOf(
      'rules/offsets',
      Float32Array.from(rules, ({ offset }) => offset),
    ),
    tensorOf(
      'rules/margins',
      Float32Array.from(rules, ({ margin }) => margin),
    ),
  ];
}

function savedRules(saved: SavedParts): PairRule[] {
  const range = { least: 0, most: saved.classes - 1 };
  const { data: pairs, shape } = saved.tensor('rules/classes', 'int32', [null, 2], range);
  const count = shape[0]!;
  const weights = saved.tensor('rules/weights', 'float32', [count, featureCount]).data;
  const offsets = saved.tensor('rules/offsets', 'float32', [count]).data;
  const margins = saved.tensor('rules/margins', 'float32', [count]).data;
  return Array.from({ length: count }, (_, at) => {
    const [one, other] = [pairs[2 * at]!, pairs[2 * at + 1]!];
    if (one >= other) saved.refuse('rules of two classes, the lower first', `${one}, ${other}`);
    const own = weights.subarray(at * featureCount, (at + 1) * featureCount);
    return { one, other, weights: own, offset: offsets[at]!, margin: margins[at]! };
  });
}
