// Measures one system from its training to the last trial, the same way for all, in one thread. The caller gives each
// its own process.

import { type Kept, metrics, rejectionCurve, wilsonInterval } from '../../learn/floor.ts';
import type { Dataset } from '../../samples/floor.ts';
import { countOf, limitSamples, materialize, type Samples, viewOf } from '../../samples/floor.ts';
import type { Classifier, ClassifierHost, ClassifierKind, Prediction } from '../classifier.ts';
import { writeClassifier } from '../savedClassifier.ts';
import { type Lead, leadsOf, marginToRefuse, rankedPredictions } from './leadsOf.ts';
import { type Rate, resultFormat, type SystemResult } from './systemResult.ts';
import { touchingPairs } from './touchingPairs.ts';
import { trials } from './trials.ts';

/** Measurements of the host: everything except answers. */
export interface MeasuringHost extends ClassifierHost {
  /** Milliseconds that this process has kept cores busy. */
  processorTime(): number;
  /** Bytes of resident memory now, without garbage. */
  memory(): number;
  /** Resets the peak of memory, where the system allows it. */
  forgetPeak(): void;
  /** The most bytes of resident memory since then. */
  peakMemory(): number;
}

/** The data of a measurement. */
export interface Measurement {
  readonly train: Samples;
  readonly test: Dataset;
  readonly seed: number;
  /** Number of test pictures for the trials. */
  readonly trialCount: number;
  readonly onProgress?: (stage: 'learning' | 'reading' | 'trials', share: number) => void;
}

/** A measured system, with its trained classifier's file. */
export interface MeasuredSystem {
  readonly result: SystemResult;
  readonly file: Uint8Array;
}

/** Modules that a figure depends on beside its system's code; see {@link ClassifierKind.modules}. */
export const measuringModule: string = import.meta.url;

/** Pictures per call of a classifier. */
const chunk = 500;
/** Share of refused single characters at which refused pairs are counted. */
const refusing = 0.05;
/** Coverages at which the result keeps the rejection curve. */
const coverages = [1, 0.995, 0.99, 0.98, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5];

/** Trains, saves and tests a kind. */
export async function measureSystem(
  kind: ClassifierKind,
  given: Measurement,
  host: MeasuringHost,
): Promise<MeasuredSystem> {
  const { test, seed, onProgress } = given;
  const { train, offered, note } = allowed(kind, given);
  // Loaded for all systems, even those without it: its own time and memory belong to no system.
  await host.engine();
  const before = host.memory();
  host.forgetPeak();
  const [processor, clock] = [host.processorTime(), host.now()];
  const classifier = await kind.fit(train, { seed, onProgress: (share) => onProgress?.('learning', share) });
  const [learning, learningOnClock] = [host.processorTime() - processor, host.now() - clock];
  try {
    const file = writeClassifier(classifier.save());
    const start = host.processorTime();
    const answers = await readAll(classifier, test.images, (share) => onProgress?.('reading', share));
    const reading = (host.processorTime() - start) / test.count;
    const leads = leadsOf(answers.scores, test.labels.length);
    const { confusion, topK } = metrics(
      { labels: test.labels, probabilities: answers.scores, targets: test.targets },
      [2],
    );
    const right = rateOf(leads, test.targets);
    const tried = await tryAll(classifier, given, leads, (share) => onProgress?.('trials', share));
    const result: SystemResult = {
      format: resultFormat,
      system: kind.name,
      description: kind.description,
      published: kind.published ?? null,
      scores: kind.scores,
      seed,
      training: { data: viewOf(train).dataset.name, count: countOf(train), offered, note },
      test: {
        data: test.name,
        ...right,
        interval: [...wilsonInterval(right.correct, right.count)],
        topTwo: topK['2']!,
        confusion: confusion.map((row) => [...row]),
        labels: [...test.labels],
      },
      time: { learning: learning / 1000, learningOnClock: learningOnClock / 1000, reading },
      bytes: file.length,
      memory: { before, peak: Math.max(before, host.peakMemory()) },
      ...tried,
      rejection: thinned(rejectionCurve(rankedPredictions(leads, test.targets, test.labels))),
      ownRejection: ownRejection(answers, leads, test),
    };
    return { result, file };
  } finally {
    await classifier.dispose?.();
  }
}

/** The samples, or fewer of them where the kind cannot learn from so many. */
function allowed(
  kind: ClassifierKind,
  { train, seed }: Measurement,
): {
  train: Samples;
  offered: number;
  note: string | null;
} {
  const { most } = kind;
  const offered = countOf(train);
  if (most === undefined || offered <= most.samples) return { train, offered, note: null };
  return { train: limitSamples(train, most.samples, seed), offered, note: most.reason };
}

async function tryAll(
  classifier: Classifier,
  { test, seed, trialCount }: Measurement,
  leads: readonly Lead[],
  onProgress: (share: number) => void,
): Promise<Pick<SystemResult, 'trials' | 'touching'>> {
  const view = limitSamples(test, trialCount, seed);
  const some = materialize(view);
  const found: Record<string, Rate> = {
    clean: rateOf(
      [...view.indices].map((index) => leads[index]!),
      some.targets,
    ),
  };
  for (const [index, trial] of trials.entries()) {
    onProgress(index / (trials.length + 1));
    const { scores } = await readAll(classifier, trial.change(some, seed).images);
    found[trial.name] = rateOf(leadsOf(scores, test.labels.length), some.targets);
  }
  onProgress(trials.length / (trials.length + 1));
  const pairs = touchingPairs(some, some.count, seed);
  const { scores } = await readAll(classifier, pairs.images);
  const least = marginToRefuse(leads, refusing);
  let [bothFirst, refused] = [0, 0];
  leadsOf(scores, test.labels.length).forEach(({ first, second, margin }, pair) => {
    const [left, right] = [pairs.left[pair], pairs.right[pair]];
    if ((first === left && second === right) || (first === right && second === left)) bothFirst++;
    if (margin < least) refused++;
  });
  onProgress(1);
  return {
    trials: found,
    touching: { count: pairs.count, bothFirst: bothFirst / pairs.count, refused: refused / pairs.count, refusing },
  };
}

/** Answers to many pictures, some at a time. */
async function readAll(
  classifier: Classifier,
  images: Uint8Array,
  onProgress: (share: number) => void = () => {},
): Promise<Prediction> {
  const pixels = classifier.width * classifier.height;
  const classes = classifier.labels.length;
  const count = images.length / pixels;
  const scores = new Float32Array(count * classes);
  const rejected = new Uint8Array(count);
  let ownRule = false;
  for (let from = 0; from < count; from += chunk) {
    const part = await classifier.predict(images.subarray(from * pixels, (from + chunk) * pixels));
    scores.set(part.scores, from * classes);
    if (part.rejected !== undefined) {
      ownRule = true;
      rejected.set(part.rejected, from);
    }
    onProgress(Math.min(1, (from + chunk) / count));
  }
  return ownRule ? { scores, rejected } : { scores };
}

function rateOf(leads: readonly Lead[], targets: ArrayLike<number>): Rate {
  const correct = leads.filter(({ first }, row) => first === targets[row]).length;
  return { count: leads.length, correct, accuracy: correct / leads.length };
}

/** The curve at some coverages: for each, the point that keeps least among those that reach it. */
function thinned(curve: readonly Kept[]): SystemResult['rejection'] {
  return coverages.flatMap((coverage) => {
    const point = curve.find((candidate) => candidate.coverage >= coverage - 1e-9);
    return point?.error == null ? [] : [{ coverage: point.coverage, error: point.error }];
  });
}

function ownRejection({ rejected }: Prediction, leads: readonly Lead[], test: Dataset): SystemResult['ownRejection'] {
  if (rejected === undefined) return null;
  const kept = leads.flatMap(({ first }, row) => (rejected[row] ? [] : [first !== test.targets[row]]));
  const errors = kept.filter((wrong) => wrong).length;
  return { coverage: kept.length / leads.length, error: kept.length === 0 ? null : errors / kept.length };
}
