// The events of a running training.
import type { Checkpoint, EpochLog } from './checkpoint.ts';

/** Training begins or is resumed. */
export interface StartEvent {
  readonly type: 'start';
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly samples: number;
  readonly validationSamples: number;
  readonly parameters: number;
  /** Where a resumed run continues; absent for a new one. */
  readonly resumed?: { readonly epoch: number; readonly step: number };
}

/** A step is done. Loss and accuracy are means over the epoch so far, as Keras shows them. */
export interface StepEvent {
  readonly type: 'step';
  /** Counted from 1. */
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly rate: number;
  readonly imagesPerSecond: number;
}

/** An epoch is done and validated. */
export interface EpochEvent {
  readonly type: 'epoch';
  readonly log: EpochLog;
  readonly best: boolean;
}

/**
 * A state to save: after every epoch, at intervals within one, and when cancelled. Valid until the next event is
 * requested.
 */
export interface CheckpointEvent {
  readonly type: 'checkpoint';
  readonly checkpoint: Checkpoint;
}

/** The run is over. */
export interface EndEvent {
  readonly type: 'end';
  readonly reason: 'finished' | 'stoppedEarly' | 'cancelled';
  readonly log: readonly EpochLog[];
  /** Weights to ship, by parameter: of the last or best epoch, averaged if the recipe averages. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** Epoch (from 1) of these weights; 0 when none was finished. */
  readonly epoch: number;
}

/** Any event, in the order: start, (step | checkpoint | epoch) *, end. */
export type TrainingEvent = StartEvent | StepEvent | EpochEvent | CheckpointEvent | EndEvent;
