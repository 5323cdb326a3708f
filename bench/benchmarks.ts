// All benchmarks, in the order in which they run and are listed.
import type { Benchmark } from './benchmark.ts';
import { committeePageBenchmark } from './committeePage.ts';
import { epochCostBenchmark } from './epochCost.ts';
import { formulationsBenchmark } from './formulations.ts';
import { framingBenchmark } from './framing.ts';
import { generatorShareBenchmark } from './generatorShare.ts';
import { hanziPageBenchmark } from './hanziPage.ts';
import { inferenceBenchmark } from './inference.ts';
import { membersBenchmark } from './members.ts';
import { memoryGrowthBenchmark } from './memoryGrowth.ts';
import { modelSizeBenchmark } from './modelSize.ts';
import { pageBenchmark } from './page.ts';
import { peakMemoryBenchmark } from './peakMemory.ts';
import { readingPageBenchmark } from './readingPage.ts';
import { rooflineBenchmark } from './roofline.ts';
import { samplesBenchmark } from './samples.ts';
import { startUpBenchmark } from './startUp.ts';
import { timeTo99Benchmark, timeTo995Benchmark } from './timeToAccuracy.ts';
import { trainingBenchmark, trainingHanziBenchmark } from './training.ts';
import { trainingJaxJsBenchmark } from './trainingJaxJs.ts';
import { trainingTensorFlowJsBenchmark } from './trainingTensorFlowJs.ts';

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
