// A training that can be resumed: all state tensors and the progress of the run, in one ONNX file without nodes.
import { FormatError, formatShape, sameShape } from '../../core/floor.ts';
import { type OnnxTensor, readOnnx, writeOnnx } from '../../onnx/floor.ts';
import type { StateSpec } from './step/trainingMemory.ts';

/** Metadata key of the progress. */
const progressKey = 'ductus.checkpoint';
/** Written into every checkpoint; a file with another number is refused. */
const formatVersion = 1;

/** What one epoch gave. */
export interface EpochLog {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch, with the network as it was at each step. */
  readonly loss: number;
  /** Share of right answers on the training batches, 0..1. */
  readonly accuracy: number;
  /** Mean loss on the validation part, if any. */
  readonly validationLoss?: number;
  /** Share of right answers on the validation part, if any, 0..1. */
  readonly validationAccuracy?: number;
  /** Norm of the gradient by each kernel at the epoch's last step, first layer first; absent in logs of older runs. */
  readonly gradientNorms?: Readonly<Record<string, number>>;
  /** Learning rate of the epoch's last step. */
  readonly rate: number;
  /** Time of the epoch, validation included, over all sittings. */
  readonly seconds: number;
}

/**
 * Progress of a run. Everything random is drawn from seed, epoch and step, so this and the state tensors are the whole
 * state.
 */
export interface TrainingProgress {
  /** Name of the recipe, its JSON and the seed: a run can only be resumed with the same ones. */
  readonly recipe: string;
  readonly seed: number;
  /** SHA-256 of the training pictures, likewise. */
  readonly dataHash: string;
  /** Current epoch, counted from 0, and its steps that are done. */
  readonly epoch: number;
  readonly stepInEpoch: number;
  /** Sums over the epoch's steps that are done. */
  readonly lossSum: number;
  readonly correctSum: number;
  readonly sampleCount: number;
  readonly epochSeconds: number;
  readonly log: readonly EpochLog[];
  /** Epoch (from 1) with the least validation loss so far, 0 for none. */
  readonly bestEpoch: number;
  readonly bestLoss: number | null;
  readonly finished: boolean;
}

/** Progress before the first step. */
export function firstProgress({
  recipe,
  seed,
  dataHash,
}: Pick<TrainingProgress, 'recipe' | 'seed' | 'dataHash'>): TrainingProgress {
  return {
    ...{ recipe, seed, dataHash },
    ...{ epoch: 0, stepInEpoch: 0, lossSum: 0, correctSum: 0, sampleCount: 0, epochSeconds: 0 },
    ...{ log: [], bestEpoch: 0, bestLoss: null, finished: false },
  };
}

/** Progress and state; `best` holds the parameters of the best epoch where these are kept. */
export interface Checkpoint {
  readonly progress: TrainingProgress;
  readonly state: ReadonlyMap<string, Float32Array>;
}

/** Bytes of a checkpoint file. */
export function writeCheckpoint(checkpoint: Checkpoint, shapes: ReadonlyMap<string, readonly number[]>): Uint8Array {
  const initializers: OnnxTensor[] = [...checkpoint.state].map(([name, data]) => ({
    name,
    type: 'float32',
    shape: shapes.get(name) ?? [data.length],
    data,
  }));
  return writeOnnx({
    irVersion: 10,
    producerName: 'ductus',
    producerVersion: '',
    opsets: { '': 21 },
    metadata: { [progressKey]: JSON.stringify({ format: formatVersion, ...checkpoint.progress }) },
    graph: { name: 'checkpoint', nodes: [], initializers, inputs: [], outputs: [] },
  });
}

/**
 * Reads a checkpoint back.
 *
 * @param expected state tensors that the run needs.
 * @param source the file, for the error.
 * @throws {FormatError} when the file is damaged, no checkpoint, or of another network or optimiser.
 */
export function readCheckpoint(bytes: Uint8Array, expected: readonly StateSpec[], source: string): Checkpoint {
  const model = readOnnx(bytes);
  const text = model.metadata[progressKey];
  if (text === undefined)
    throw new FormatError(`${source}: expected a Ductus checkpoint, found an ONNX file without one`);
  const { format, ...progress } = parseProgress(text, source);
  if (format !== formatVersion) {
    throw new FormatError(`${source}: expected checkpoint format ${formatVersion}, found ${format}`);
  }
  const state = new Map<string, Float32Array>();
  for (const { name, shape, data } of model.graph.initializers) {
    const wanted = expected.find((spec) => spec.name === name || `best/${spec.name}` === name);
    if (!(data instanceof Float32Array) || wanted === undefined || !sameShape(wanted.shape, shape)) {
      const should = wanted === undefined ? 'no such tensor' : formatShape(wanted.shape);
      throw new FormatError(`${source}: state "${name}": expected ${should}, found ${formatShape(shape)}`);
    }
    state.set(name, data);
  }
  for (const { name } of expected) {
    if (!state.has(name)) throw new FormatError(`${source}: expected state "${name}", found none`);
  }
  return { progress, state };
}

function parseProgress(text: string, source: string): TrainingProgress & { readonly format: unknown } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${source}: the checkpoint's progress is not JSON`, { cause });
  }
  const progress = json as TrainingProgress & { readonly format: unknown };
  const counts = [progress?.seed, progress?.epoch, progress?.stepInEpoch, progress?.sampleCount, progress?.bestEpoch];
  if (counts.some((value) => !Number.isSafeInteger(value) || value < 0) || !Array.isArray(progress.log)) {
    throw new FormatError(`${source}: the checkpoint's progress lacks its counts`);
  }
  return progress;
}
