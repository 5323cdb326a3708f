// The workers of a training, as the trainer sees them: one in this thread, or one for each core.
import type { Engine } from '../../../engine/floor.ts';
import type { BatchScore } from '../evaluator.ts';
import { Barrier, barrierMemory } from './barrier.ts';
import type { ShardResult } from './shardGradient.ts';
import { TrainingMemory } from './trainingMemory.ts';
import { batchLayout, type StepPlan, stateOptions, type TrainingSetup } from './trainingSetup.ts';
import { TrainingWorker } from './trainingWorker.ts';

/** Workers that train together on one memory. */
export interface TrainingTeam {
  /** State of the training; read and write it only between runs. */
  readonly memory: TrainingMemory;
  /** Whether several steps at a time save messages between threads. */
  readonly distant: boolean;
  /** Takes steps. @returns for every step the results of all its shards. */
  run(plan: StepPlan): Promise<ShardResult[][]>;
  /** Evaluates the weights that would be shipped now on the validation split, batch by batch, in its order. */
  validate(): Promise<BatchScore[]>;
  /** Frees what was compiled and ends the threads. */
  dispose(): Promise<void>;
}

/** Makes a team; `platform/node` has one that works in threads. */
export type TeamFactory = (setup: TrainingSetup) => Promise<TrainingTeam>;

/** A team of one, in this thread. @param threads that one operator may use; default 1. */
export async function soloTeam(setup: TrainingSetup, engine: Engine, threads = 1): Promise<TrainingTeam> {
  const memory = new TrainingMemory(stateOptions(setup.recipe), batchLayout(setup.recipe));
  const barrier = new Barrier(barrierMemory(), 1);
  const place = { index: 0, count: 1, threads, memory: memory.memory, barrier };
  const worker = new TrainingWorker(setup, place, engine);
  return {
    memory,
    distant: false,
    run: (plan) => worker.run(plan),
    validate: () => worker.validate(),
    dispose: () => worker.dispose(),
  };
}
