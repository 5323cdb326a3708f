import { describe, expect, it } from 'vitest';
import { someDigits, testConformance, testHost } from '../../../../test/classic/conformance.ts';
import { randomStream } from '../../../core/floor.ts';
import { type Engine, type TensorBuffer, tensorBuffer, toOnnx } from '../../../engine/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import { networkClassifier } from '../networks/networkClassifier.ts';
import { type BoltzmannMachine, hiddenRows, learnBoltzmannMachine } from './boltzmannMachine.ts';
import { deepBelief } from './deepBelief.ts';
import { divergenceGraph } from './divergenceGraph.ts';

testConformance({
  kind: (host) => {
    const design = deepBelief({ hidden: [60, 40], epochs: 8, tuning: 8 });
    return networkClassifier(host, {
      ...design,
      training: { ...design.training, batch: 20, schedule: { type: 'constant', rate: 0.01 } },
    });
  },
  accuracy: 0.75,
  otherSizeAccuracy: 0.85,
});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Any machine, with weights that matter. */
function someMachine(visible: number, hidden: number): BoltzmannMachine {
  const random = randomStream(4, 'machine');
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());
  return { visible, hidden, weights: draw(visible * hidden), hiddenBias: draw(hidden), visibleBias: draw(visible) };
}

/** Probabilities of the hidden units by plain loops. */
function hiddenOf({ visible, hidden, weights, hiddenBias }: BoltzmannMachine, v: ArrayLike<number>): number[] {
  return Array.from({ length: hidden }, (_, j) => {
    let sum = hiddenBias[j]!;
    for (let i = 0; i < visible; i++) sum += v[i]! * weights[i * hidden + j]!;
    return sigmoid(sum);
  });
}

/** `F(v) = -a.v - sum ln(1 + exp(b + v W))`: `p(v)` is proportional to `exp(-F(v))`. */
function freeEnergy(machine: BoltzmannMachine, v: ArrayLike<number>): number {
  let energy = 0;
  for (let i = 0; i < machine.visible; i++) energy -= machine.visibleBias[i]! * v[i]!;
  for (const probability of hiddenOf(machine, v)) energy += Math.log(1 - probability); // -ln(1 + e^x) = ln(1 - sigmoid(x))
  return energy;
}

/** ln p(v), the partition function summed over all states of the visible units. */
function logLikelihood(machine: BoltzmannMachine, v: ArrayLike<number>): number {
  let partition = 0;
  for (let state = 0; state < 2 ** machine.visible; state++) {
    const all = Array.from({ length: machine.visible }, (_, i) => (state >> i) & 1);
    partition += Math.exp(-freeEnergy(machine, all));
  }
  return -freeEnergy(machine, v) - Math.log(partition);
}

const [visible, hidden, batch] = [5, 3, 4];
const machine = someMachine(visible, hidden);
const drawn = randomStream(9, 'data');
const data = Float32Array.from({ length: batch * visible }, () => drawn.uniform());
const uniform = Float32Array.from({ length: batch * hidden }, () => drawn.uniform());

async function runDivergence(engine: Engine): Promise<Record<string, Float32Array>> {
  const program = await engine.compile(writeOnnx(toOnnx(divergenceGraph(visible, hidden, batch), { name: 'step' })));
  const feed = (shape: number[], values: Float32Array): TensorBuffer => ({ type: 'float32', shape, data: values });
  const fetches = {
    weightStep: tensorBuffer([visible, hidden], 'float32'),
    hiddenStep: tensorBuffer([hidden], 'float32'),
    visibleStep: tensorBuffer([visible], 'float32'),
    error: tensorBuffer([], 'float32'),
  };
  await program.run(
    {
      data: feed([batch, visible], data),
      uniform: feed([batch, hidden], uniform),
      weights: feed([visible, hidden], machine.weights),
      hiddenBias: feed([hidden], machine.hiddenBias),
      visibleBias: feed([visible], machine.visibleBias),
    },
    fetches,
  );
  await program.dispose();
  return Object.fromEntries(Object.entries(fetches).map(([name, buffer]) => [name, buffer.data]));
}

describe('restricted Boltzmann machine', () => {
  it('takes the step that plain loops take', async () => {
    const [weightStep, hiddenStep] = [new Float64Array(visible * hidden), new Float64Array(hidden)];
    const visibleStep = new Float64Array(visible);
    let error = 0;
    for (let row = 0; row < batch; row++) {
      const v0 = data.subarray(row * visible, (row + 1) * visible);
      const h0 = hiddenOf(machine, v0);
      const v1 = Array.from({ length: visible }, (_, i) => {
        let sum = machine.visibleBias[i]!;
        for (let j = 0; j < hidden; j++) {
          if (uniform[row * hidden + j]! < h0[j]!) sum += machine.weights[i * hidden + j]!;
        }
        return sigmoid(sum);
      });
      const h1 = hiddenOf(machine, v1);
      for (let i = 0; i < visible; i++) {
        for (let j = 0; j < hidden; j++) weightStep[i * hidden + j]! += (v0[i]! * h0[j]! - v1[i]! * h1[j]!) / batch;
        visibleStep[i]! += (v0[i]! - v1[i]!) / batch;
        error += (v0[i]! - v1[i]!) ** 2 / (batch * visible);
      }
      for (let j = 0; j < hidden; j++) hiddenStep[j]! += (h0[j]! - h1[j]!) / batch;
    }
    const found = await runDivergence(await testHost.engine());
    const expectClose = (name: string, expected: ArrayLike<number>): void => {
      expect(found[name]).toHaveLength(expected.length);
      for (let i = 0; i < expected.length; i++) expect(found[name]![i], name).toBeCloseTo(expected[i]!, 5);
    };
    expectClose('weightStep', weightStep);
    expectClose('hiddenStep', hiddenStep);
    expectClose('visibleStep', visibleStep);
    expectClose('error', [error]);
  });

  it('has a positive phase that is the slope of the free energy', () => {
    const v = data.subarray(0, visible);
    const h = hiddenOf(machine, v);
    const slope = (part: 'weights' | 'hiddenBias', at: number): number => {
      const moved = (by: number): BoltzmannMachine => {
        const values = Float32Array.from(machine[part]);
        values[at]! += by;
        return { ...machine, [part]: values };
      };
      return (freeEnergy(moved(-0.01), v) - freeEnergy(moved(0.01), v)) / 0.02;
    };
    for (let j = 0; j < hidden; j++) {
      expect(slope('hiddenBias', j)).toBeCloseTo(h[j]!, 3);
      for (let i = 0; i < visible; i++) expect(slope('weights', i * hidden + j)).toBeCloseTo(v[i]! * h[j]!, 3);
    }
  });

  it('makes what it was taught likely, by the exact likelihood', async () => {
    // Two patterns of six bits, each bit flipped by chance: without noise CD-1 never sees what lies between them.
    const patterns = [
      [1, 1, 1, 0, 0, 0],
      [0, 0, 0, 1, 0, 1],
    ];
    const [count, flips, random] = [400, 0.15, randomStream(6, 'noise')];
    const bits = Float32Array.from({ length: count * 6 }, (_, i) => {
      const bit = patterns[Math.floor(i / 6) % 2]![i % 6]!;
      return random.uniform() < flips ? 1 - bit : bit;
    });
    const training = { epochs: 40, batch: 20, rate: 0.05, momentum: [0.5, 0.9], weightDecay: 0.0002 } as const;
    const errors: number[] = [];
    const taught = await learnBoltzmannMachine(await testHost.engine(), { count, width: 6, data: bits }, 4, training, {
      seed: 2,
      key: 'test',
      onStep: (_, error) => errors.push(error),
    });
    let mean = 0;
    for (let row = 0; row < count; row++) mean += logLikelihood(taught, bits.subarray(row * 6, row * 6 + 6)) / count;
    // Without learning it is -6 ln 2 = -4.16; the best possible value is about -(ln 2 + 6 H(0.15)) = -3.23, H the
    // entropy of a flip.
    expect(mean).toBeGreaterThan(-3.45);
    expect(errors).toHaveLength(40 * 20);
    expect(errors.at(-1)).toBeLessThan(errors[0]!);
  });

  it('hands on the probabilities of its hidden units', async () => {
    const rows = { count: batch, width: visible, data };
    const { data: found } = await hiddenRows(await testHost.engine(), machine, rows);
    for (let row = 0; row < batch; row++) {
      const expected = hiddenOf(machine, data.subarray(row * visible, (row + 1) * visible));
      for (let j = 0; j < hidden; j++) expect(found[row * hidden + j]).toBeCloseTo(expected[j]!, 5);
    }
  });
});

it('a deep belief network begins with what its machines have learnt', async () => {
  const { train, test } = await someDigits(200, 100);
  const design = deepBelief({ hidden: [50], epochs: 10, tuning: 1 });
  const weights = await design.pretrain!.run(train, testHost, 1, () => {});
  expect([...weights].map(([name, values]) => [name, values.length])).toEqual([
    ['dense_1/kernel', 784 * 50],
    ['dense_1/bias', 50],
  ]);
  // So small a rate of the fine-tuning leaves the hidden layer where it was.
  const kind = networkClassifier(testHost, {
    ...design,
    training: { ...design.training, schedule: { type: 'constant', rate: 1e-9 } },
  });
  const classifier = await kind.fit(train, { seed: 1 });
  const kernel = classifier.save().tensors.find(({ name }) => name === 'dense_1/kernel')!;
  const learnt = weights.get('dense_1/kernel')!;
  expect((kernel.data as Float32Array).every((value, i) => Math.abs(value - learnt[i]!) < 1e-6)).toBe(true);
  expect((await classifier.predict(test.images)).scores).toHaveLength(1000);
  await classifier.dispose?.();
});
