// Formulations of convolutions and their gradients, timed on the shapes of the networks that come with Ductus.

import { input, networkNamed, placeLayers, toOnnx } from '../../src/engine/floor.ts';
import { type Engine, type Program, type TensorBuffer, tensorBuffer } from '../../src/engine/graph/engine.ts';
import { applyOne, type Tensor } from '../../src/engine/graph/operator.ts';
import { choosesBlocked } from '../../src/engine/graph/operators/blockedConvolution.ts';
import { conv2dOperator } from '../../src/engine/graph/operators/conv2d.ts';
import { conv2dInputGradientOperator } from '../../src/engine/graph/operators/conv2dInputGradient.ts';
import { conv2dWeightGradientOperator } from '../../src/engine/graph/operators/conv2dWeightGradient.ts';
import type { ConvAttributes, WeightGradientFormulation } from '../../src/engine/graph/operators/convolution.ts';
import {
  chooseWeightGradient,
  weightGradientFormulations,
} from '../../src/engine/graph/operators/weightGradientFormulations.ts';
import { resolvePads } from '../../src/engine/graph/operators/window.ts';
import { writeOnnx } from '../../src/onnx/floor.ts';
import { onnxRuntimeEngine } from '../../src/platform/node/floor.ts';
import { type Benchmark, type BenchmarkRow, spread } from '../harness/benchmark.ts';

/** Pictures of a step that one core takes when training runs side by side on all of them. */
const batch = 32;
/** Times that every formulation of a shape takes its turn. */
const rounds = 15;

/** A way to write one operator. */
interface Candidate {
  readonly what: string;
  readonly output: Tensor;
  readonly chosen: boolean;
}

/** A row an operator and formulation: milliseconds, and in the note GFLOP/s and which the rule chooses. */
export const formulationsBenchmark: Benchmark = {
  name: 'formulations',
  description: `each convolution of keras and compact and its gradients, batch ${batch}, one thread, one way beside the other`,
  async run() {
    const engine = await onnxRuntimeEngine();
    const rows: BenchmarkRow[] = [];
    for (const name of ['keras', 'compact']) {
      for (const { config, inputShape, outputShape, name: layer, multiplyAdds } of placeLayers(networkNamed(name))) {
        if (config.type !== 'conv2d') continue;
        const { kernel, stride = [1, 1], padding = 'valid', filters } = config;
        const pads = resolvePads(padding, [inputShape[1]!, inputShape[2]!], kernel, stride);
        const kernelShape = [filters, inputShape[0]!, ...kernel];
        const tensors = {
          x: input('x', [batch, ...inputShape]),
          w: input('w', kernelShape),
          dy: input('dy', [batch, ...outputShape]),
        };
        const flops = 2 * batch * multiplyAdds;
        for (const operator of candidates(tensors, { kernel, stride, pads, groups: 1 }, engine.blockSize)) {
          for (const [{ what, chosen }, times] of await timeAll(engine, operator)) {
            const ours = spread(times);
            const note = `${(flops / ours.median / 1e6).toFixed(0)} GFLOP/s${chosen ? ', chosen' : ''}`;
            rows.push({ what: `${name} ${layer}, ${what}`, unit: 'ms', ours, note });
          }
        }
      }
    }
    return rows;
  },
};

/**
 * The ways to write each of the three operators. The first layer's input has no gradient, but is timed like the others.
 */
function candidates(
  { x, w, dy }: Readonly<Record<'x' | 'w' | 'dy', Tensor>>,
  attributes: ConvAttributes,
  blockSize: number | undefined,
): Candidate[][] {
  const layouts = blockSize === undefined ? (['plain'] as const) : (['plain', 'blocked'] as const);
  const [filters, channels] = w.shape as readonly [number, number];
  const forward = layouts.map((layout) => ({
    what: `forward, ${layout}`,
    output: applyOne(conv2dOperator, [x, w], { ...attributes, layout }),
    chosen: choosesBlocked(filters, channels, attributes, blockSize) === (layout === 'blocked'),
  }));
  const inputGradient = layouts.map((layout) => ({
    what: `input gradient, ${layout}`,
    output: applyOne(conv2dInputGradientOperator, [dy, w], { ...attributes, layout, inputShape: x.shape }),
    chosen: choosesBlocked(channels, filters, attributes, blockSize) === (layout === 'blocked'),
  }));
  const wanted = { ...attributes, kernelShape: w.shape };
  const chosen = chooseWeightGradient(wanted, dy.shape, blockSize);
  const fitting = Object.entries(weightGradientFormulations).filter(([, { fits }]) => fits(wanted, blockSize));
  const weightGradient = fitting.map(([name]) => {
    const formulation = name as WeightGradientFormulation;
    const output = applyOne(conv2dWeightGradientOperator, [x, dy], { ...wanted, formulation });
    return { what: `weight gradient, ${name}`, output, chosen: name === chosen };
  });
  return [forward, inputGradient, weightGradient];
}

async function timeAll(engine: Engine, candidates: readonly Candidate[]): Promise<Map<Candidate, number[]>> {
  const noise = (shape: readonly number[]): TensorBuffer => {
    const buffer = tensorBuffer(shape, 'float32');
    for (let i = 0; i < buffer.data.length; i++) buffer.data[i] = Math.sin(i);
    return buffer;
  };
  const programs = new Map<Candidate, Program>();
  let feeds: Record<string, TensorBuffer> = {};
  for (const candidate of candidates) {
    const model = toOnnx({ result: candidate.output }, { name: candidate.what, blockSize: engine.blockSize });
    feeds = Object.fromEntries(model.graph.inputs.map(({ name, shape }) => [name, noise(shape as number[])]));
    programs.set(candidate, await engine.compile(writeOnnx(model), { threads: 1 }));
  }
  const result = tensorBuffer(candidates[0]!.output.shape, 'float32');
  const times = new Map(candidates.map((candidate) => [candidate, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [candidate, program] of programs) {
      const start = performance.now();
      await program.run(feeds, { result });
      if (round > 0) times.get(candidate)!.push(performance.now() - start); // the first round warms up
    }
  }
  for (const program of programs.values()) await program.dispose();
  return times;
}
