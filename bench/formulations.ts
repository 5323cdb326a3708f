// Formulations of the convolution's weight gradient, timed on the shapes of the networks that come with Ductus.
import { type Program, type TensorBuffer, tensorBuffer } from '../src/learn/graph/engine.ts';
import { applyOne } from '../src/learn/graph/operator.ts';
import { conv2dWeightGradientOperator } from '../src/learn/graph/operators/conv2dWeightGradient.ts';
import type { WeightGradientAttributes, WeightGradientFormulation } from '../src/learn/graph/operators/convolution.ts';
import {
  chooseWeightGradient,
  weightGradientFormulations,
} from '../src/learn/graph/operators/weightGradientFormulations.ts';
import { resolvePads } from '../src/learn/graph/operators/window.ts';
import { input, networkNamed, placeLayers, toOnnx } from '../src/learn/index.ts';
import { writeOnnx } from '../src/onnx/index.ts';
import { onnxRuntimeEngine } from '../src/platform/node/index.ts';
import { type Benchmark, type BenchmarkRow, spread } from './benchmark.ts';

/** Pictures of a step that one core takes when training runs side by side on all of them. */
const batch = 32;
/** Times that every formulation of a shape takes its turn. */
const rounds = 15;

/** A row a shape and formulation: milliseconds, and in the note GFLOP/s and which the rule chooses. */
export const formulationsBenchmark: Benchmark = {
  name: 'formulations',
  description: `weight gradient of each convolution of keras and compact, batch ${batch}, one thread, one way beside the other`,
  async run() {
    const rows: BenchmarkRow[] = [];
    for (const name of ['keras', 'compact']) {
      for (const { config, inputShape, outputShape, name: layer, multiplyAdds } of placeLayers(networkNamed(name))) {
        if (config.type !== 'conv2d') continue;
        const { kernel, stride = [1, 1], padding = 'valid', filters } = config;
        const pads = resolvePads(padding, [inputShape[1]!, inputShape[2]!], kernel, stride);
        const kernelShape = [filters, inputShape[0]!, ...kernel];
        const attributes: WeightGradientAttributes = { kernel, stride, pads, groups: 1, kernelShape };
        const shapes = { x: [batch, ...inputShape], dy: [batch, ...outputShape] };
        const chosen = chooseWeightGradient(attributes, shapes.dy, (await onnxRuntimeEngine()).blockSize);
        const flops = 2 * batch * multiplyAdds;
        for (const [formulation, times] of await timeAll(attributes, shapes)) {
          const ours = spread(times);
          rows.push({
            what: `${name} ${layer}, ${formulation}`,
            unit: 'ms',
            ours,
            note: `${(flops / ours.median / 1e6).toFixed(0)} GFLOP/s${formulation === chosen ? ', chosen' : ''}`,
          });
        }
      }
    }
    return rows;
  },
};

async function timeAll(
  attributes: WeightGradientAttributes,
  shapes: { readonly x: readonly number[]; readonly dy: readonly number[] },
): Promise<Map<WeightGradientFormulation, number[]>> {
  const engine = await onnxRuntimeEngine();
  const noise = (shape: readonly number[]): TensorBuffer => {
    const buffer = tensorBuffer(shape, 'float32');
    for (let i = 0; i < buffer.data.length; i++) buffer.data[i] = Math.sin(i);
    return buffer;
  };
  const feeds = { x: noise(shapes.x), dy: noise(shapes.dy) };
  const slope = tensorBuffer(attributes.kernelShape, 'float32');
  const programs = new Map<WeightGradientFormulation, Program>();
  for (const [name, { fits }] of Object.entries(weightGradientFormulations)) {
    if (!fits(attributes, engine.blockSize)) continue;
    const formulation = name as WeightGradientFormulation;
    const tensors = [input('x', shapes.x), input('dy', shapes.dy)];
    const output = applyOne(conv2dWeightGradientOperator, tensors, { ...attributes, formulation });
    programs.set(
      formulation,
      await engine.compile(writeOnnx(toOnnx({ slope: output }, { name, blockSize: engine.blockSize })), { threads: 1 }),
    );
  }
  const times = new Map([...programs.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, program] of programs) {
      const start = performance.now();
      await program.run(feeds, { slope });
      if (round > 0) times.get(name)!.push(performance.now() - start); // the first round warms up
    }
  }
  for (const program of programs.values()) await program.dispose();
  return times;
}
