// Restricted Boltzmann machines, the layers of a deep belief network. They learn without labels, by contrastive
// divergence.
import { type Random, randomStream, shuffle } from '../../../core/floor.ts';
import { type Engine, type Program, type Tensor, tensorBuffer, toOnnx } from '../../../engine/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import { divergenceGraph, hiddenGraph } from './divergenceGraph.ts';

/** A machine of binary units. Its energy is `E(v, h) = -a.v - b.h - v W h`. */
export interface BoltzmannMachine {
  readonly visible: number;
  readonly hidden: number;
  /** W, `[visible, hidden]`. */
  readonly weights: Float32Array;
  /** b. */
  readonly hiddenBias: Float32Array;
  /** a. */
  readonly visibleBias: Float32Array;
}

/** Training of a machine. The defaults are Hinton's (2012) where he gives any. */
export interface BoltzmannTraining {
  readonly epochs: number;
  /** Samples per step. The remainder of an epoch is skipped, another part each time. */
  readonly batch: number;
  readonly rate: number;
  /** Momentum over the first five epochs, and after them. */
  readonly momentum: readonly [first: number, later: number];
  /** Share of each weight subtracted per step, times the rate. */
  readonly weightDecay: number;
}

/** Epochs with the first momentum: Hinton and Salakhutdinov (2006) as published code. */
const firstEpochs = 5;

/** Rows of activations, `[count, width]`, 0..1. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly data: Float32Array;
}

/**
 * Trains a machine by CD-1.
 *
 * @param rows probabilities or grey values that the visible units learn to reproduce.
 * @param seed of weights, order and states.
 * @param key distinguishes the random streams of several machines with one seed.
 * @param onEpoch called after every step with the mean squared error of the reconstructions and the finished share.
 */
export async function learnBoltzmannMachine(
  engine: Engine,
  rows: Rows,
  hidden: number,
  training: BoltzmannTraining,
  { seed, key, onStep }: { seed: number; key: string; onStep?: (share: number, error: number) => void },
): Promise<BoltzmannMachine> {
  const visible = rows.width;
  const batch = Math.min(training.batch, rows.count);
  const machine: BoltzmannMachine = {
    visible,
    hidden,
    weights: normals(visible * hidden, 0.01, randomStream(seed, 'boltzmann', key)), // deviation 0.01: Hinton 2012
    hiddenBias: new Float32Array(hidden),
    visibleBias: new Float32Array(visible),
  };
  const shapes = { weights: [visible, hidden], hiddenBias: [hidden], visibleBias: [visible] };
  const parts = (['weights', 'hiddenBias', 'visibleBias'] as const).map((part) => {
    const values = { type: 'float32', shape: shapes[part], data: machine[part] } as const;
    return { part, values, step: tensorBuffer(shapes[part], 'float32'), speed: new Float32Array(machine[part].length) };
  });
  const [weights, hiddenBias, visibleBias] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
  const data = tensorBuffer([batch, visible], 'float32');
  const uniform = tensorBuffer([batch, hidden], 'float32');
  const error = tensorBuffer([], 'float32');
  const feeds = {
    data,
    uniform,
    weights: weights.values,
    hiddenBias: hiddenBias.values,
    visibleBias: visibleBias.values,
  };
  const fetches = { weightStep: weights.step, hiddenStep: hiddenBias.step, visibleStep: visibleBias.step, error };
  const steps = Math.floor(rows.count / batch);
  const program = await compiled(engine, divergenceGraph(visible, hidden, batch));
  try {
    for (let epoch = 0; epoch < training.epochs; epoch++) {
      const order = shuffle(
        Uint32Array.from({ length: rows.count }, (_, index) => index),
        randomStream(seed, 'boltzmann', key, 'order', epoch),
      );
      const random = randomStream(seed, 'boltzmann', key, 'states', epoch);
      const momentum = training.momentum[epoch < firstEpochs ? 0 : 1];
      for (let step = 0; step < steps; step++) {
        for (let row = 0; row < batch; row++) {
          const from = order[step * batch + row]! * visible;
          data.data.set(rows.data.subarray(from, from + visible), row * visible);
        }
        for (let unit = 0; unit < uniform.data.length; unit++) uniform.data[unit] = random.uniform();
        await program.run(feeds, fetches);
        for (const { part, values, step: change, speed } of parts) {
          const decay = part === 'weights' ? training.weightDecay : 0; // biases do not decay: Hinton 2012
          climb(values.data, change.data, speed, training.rate, momentum, decay);
        }
        onStep?.((epoch * steps + step + 1) / (training.epochs * steps), error.data[0]!);
      }
    }
  } finally {
    await program.dispose();
  }
  return machine;
}

/** Probabilities of a machine's hidden units: the training data of the next machine in a stack. */
export async function hiddenRows(engine: Engine, machine: BoltzmannMachine, rows: Rows): Promise<Rows> {
  const { visible, hidden } = machine;
  const batch = Math.min(250, rows.count); // rows and their results stay in cache
  const program = await compiled(engine, hiddenGraph(visible, hidden, batch));
  const result = new Float32Array(rows.count * hidden);
  const data = tensorBuffer([batch, visible], 'float32');
  const output = tensorBuffer([batch, hidden], 'float32');
  const feeds = {
    data,
    weights: { type: 'float32', shape: [visible, hidden], data: machine.weights },
    hiddenBias: { type: 'float32', shape: [hidden], data: machine.hiddenBias },
  } as const;
  try {
    for (let from = 0; from < rows.count; from += batch) {
      const count = Math.min(batch, rows.count - from);
      data.data.set(rows.data.subarray(from * visible, (from + count) * visible));
      await program.run(feeds, { hidden: output });
      result.set(output.data.subarray(0, count * hidden), from * hidden);
    }
  } finally {
    await program.dispose();
  }
  return { count: rows.count, width: hidden, data: result };
}

function compiled(engine: Engine, outputs: Readonly<Record<string, Tensor>>): Promise<Program> {
  return engine.compile(writeOnnx(toOnnx(outputs, { name: 'boltzmann-machine' })), { threads: 1 });
}

/** A step upwards with momentum, in place: `speed = momentum speed + rate (step - decay value)`, `value += speed`. */
function climb(
  values: Float32Array,
  step: Float32Array,
  speed: Float32Array,
  rate: number,
  momentum: number,
  decay: number,
): void {
  for (let i = 0; i < values.length; i++) {
    speed[i] = momentum * speed[i]! + rate * (step[i]! - decay * values[i]!);
    values[i]! += speed[i]!;
  }
}

function normals(count: number, deviation: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => deviation * random.normal());
}
