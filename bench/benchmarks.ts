// All benchmarks, in the order in which they run and are listed.
import type { Benchmark } from './harness/benchmark.ts';
import { committeePageBenchmark } from './reading/committeePage.ts';
import { framingBenchmark } from './reading/framing.ts';
import { hanziPageBenchmark } from './reading/hanziPage.ts';
import { inferenceBenchmark } from './reading/inference.ts';
import { modelSizeBenchmark } from './reading/modelSize.ts';
import { pageBenchmark } from './reading/page.ts';
import { readingPageBenchmark } from './reading/readingPage.ts';
import { startUpBenchmark } from './reading/startUp.ts';
import { epochCostBenchmark } from './training/epochCost.ts';
import { formulationsBenchmark } from './training/formulations.ts';
import { generatorShareBenchmark } from './training/generatorShare.ts';
import { membersBenchmark } from './training/members.ts';
import { memoryGrowthBenchmark } from './training/memoryGrowth.ts';
import { peakMemoryBenchmark } from './training/peakMemory.ts';
import { rooflineBenchmark } from './training/roofline.ts';
import { samplesBenchmark } from './training/samples.ts';
import { timeTo99Benchmark, timeTo995Benchmark } from './training/timeToAccuracy.ts';
import { trainingBenchmark, trainingHanziBenchmark } from './training/training.ts';
import { trainingJaxJsBenchmark } from './training/trainingJaxJs.ts';
import { trainingTensorFlowJsBenchmark } from './training/trainingTensorFlowJs.ts';

/** Every benchmark that `npm run bench` runs. */
export const benchmarks: readonly Benchmark[] = [
  rooflineBenchmark,
  trainingBenchmark,
  trainingHanziBenchmark,
  membersBenchmark,
  trainingTensorFlowJsBenchmark,
  trainingJaxJsBenchmark,
  formulationsBenchmark,
  inferenceBenchmark,
  samplesBenchmark,
  generatorShareBenchmark,
  epochCostBenchmark,
  framingBenchmark,
  readingPageBenchmark,
  startUpBenchmark,
  peakMemoryBenchmark,
  memoryGrowthBenchmark,
  modelSizeBenchmark,
  timeTo99Benchmark,
  timeTo995Benchmark,
  pageBenchmark,
  committeePageBenchmark,
  hanziPageBenchmark,
];
