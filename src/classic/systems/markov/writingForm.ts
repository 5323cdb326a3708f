// One way of writing a class: learnt from samples, and scored on others. A class has several.
import { randomStream } from '../../../core/floor.ts';
import { type Groups, kMeans, type VectorRows } from '../../parts/kMeans.ts';
import { type BaumWelchOptions, baumWelch, type Sequences } from './baumWelch.ts';
import { blockCount, blockSize, featureCount, globalCount } from './characterFeatures.ts';
import { type LogMarkovModel, logModel, type MarkovModel, type MarkovShape } from './markovModel.ts';
import { segmentalStart } from './segmentalStart.ts';
import { Trellis } from './trellis.ts';

/** Settings of the size and the learning of forms. */
export interface FormSettings extends BaumWelchOptions {
  /** States of the model of the nine blocks, at least 1. */
  readonly states: number;
  /** Gaussians of each of its states, and of the model of the whole. */
  readonly mixtures: number;
  readonly globalMixtures: number;
  /** Most forms per class. */
  readonly forms: number;
  /** Least samples of a form; a class with fewer has one form nevertheless. */
  readonly leastSamples: number;
}

/** A learnt form. */
export interface WritingForm {
  /** Share of the class's samples in this form. */
  readonly share: number;
  /** Model of the blocks, as nine observations of four features. */
  readonly local: MarkovModel;
  /**
   * Model of the whole, one observation of fourteen features: a model of one state, which is a mixture of Gaussians.
   */
  readonly global: MarkovModel;
}

/** Shape of the model of the blocks: wide enough for a path through all states, with separate states for each block. */
export function localShape({ states, mixtures }: Pick<FormSettings, 'states' | 'mixtures'>): MarkovShape {
  const width = Math.ceil(states / blockCount);
  return { states, width, reach: 2 * width - 1, mixtures, dimensions: blockSize };
}

/** Shape of the model of the whole. */
export function globalShape({ globalMixtures }: Pick<FormSettings, 'globalMixtures'>): MarkovShape {
  return { states: 1, width: 1, reach: 0, mixtures: globalMixtures, dimensions: globalCount };
}

/**
 * Divides a class into forms by k-means of the features, and learns each.
 *
 * @param rows features of the class's samples, standardised, at least one row.
 */
export function learnForms(rows: VectorRows, settings: FormSettings, seed: number): WritingForm[] {
  const { means, groups } = formsOf(rows, settings, seed);
  const forms: WritingForm[] = [];
  for (let form = 0; form < means.count; form++) {
    const own = [...groups.keys()].filter((row) => groups[row] === form);
    const learn = (shape: MarkovShape, from: number, to: number): MarkovModel => {
      const sequences = sequencesOf(rows, own, from, to, shape.dimensions);
      return baumWelch(segmentalStart(shape, sequences, settings, seed), sequences, settings).model;
    };
    forms.push({
      share: own.length / rows.count,
      local: learn(localShape(settings), globalCount, featureCount),
      global: learn(globalShape(settings), 0, globalCount),
    });
  }
  return forms;
}

/** The wanted number of groups, or the most without a group that is too small. */
function formsOf(rows: VectorRows, { forms, leastSamples }: FormSettings, seed: number): Groups {
  for (let wanted = Math.max(1, Math.min(forms, Math.floor(rows.count / leastSamples))); ; wanted--) {
    const found = kMeans(rows, wanted, randomStream(seed, 'forms', wanted));
    const sizes = new Uint32Array(wanted);
    for (const group of found.groups) sizes[group]!++;
    if (wanted === 1 || sizes.every((size) => size >= leastSamples)) return found;
  }
}

/** Some columns of some rows, as sequences. */
function sequencesOf(
  { size, data }: VectorRows,
  rows: number[],
  from: number,
  to: number,
  dimensions: number,
): Sequences {
  const observations = new Float32Array(rows.length * (to - from));
  rows.forEach((row, at) => {
    observations.set(data.subarray(row * size + from, row * size + to), at * (to - from));
  });
  return { count: rows.length, steps: (to - from) / dimensions, observations };
}

/** Forms of all classes, ready to score. */
export class FormScorer {
  readonly #classes: readonly (readonly { logShare: number; local: LogMarkovModel; global: LogMarkovModel }[])[];
  readonly #local: Trellis;
  readonly #global: Trellis;

  /** @param classes `[class][form]`, all of one shape. */
  constructor(classes: readonly (readonly WritingForm[])[]) {
    this.#classes = classes.map((forms) =>
      forms.map(({ share, local, global }) => ({
        logShare: Math.log(share),
        local: logModel(local),
        global: logModel(global),
      })),
    );
    this.#local = new Trellis(blockCount, classes[0]![0]!.local);
    this.#global = new Trellis(1, classes[0]![0]!.global);
  }

  /**
   * `max over forms of ln share + ln p(blocks, best path) + ln p(whole)` of each class.
   *
   * @param features holds a sample's from `offset` on, standardised.
   * @param scores written, `[class]`.
   */
  score(features: Float32Array, offset: number, scores: Float32Array | Float64Array): void {
    const [blocks, whole] = [this.#local, this.#global];
    this.#classes.forEach((forms, index) => {
      let best = Number.NEGATIVE_INFINITY;
      for (const { logShare, local, global } of forms) {
        whole.emit(global, features, offset);
        blocks.emit(local, features, offset + globalCount);
        best = Math.max(best, logShare + whole.bestPath(global) + blocks.bestPath(local));
      }
      scores[index] = best;
    });
  }
}
