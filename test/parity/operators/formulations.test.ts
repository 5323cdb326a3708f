// Every formulation of a gradient, on every kind of shape that it fits, against the float64 reference.
import { describe, expect, it } from 'vitest';
import { randomStream, sizeOf } from '../../../src/core/floor.ts';
import { tensorBuffer } from '../../../src/engine/graph/engine.ts';
import { applyOne } from '../../../src/engine/graph/operator.ts';
import { conv2dWeightGradientOperator } from '../../../src/engine/graph/operators/conv2dWeightGradient.ts';
import type {
  WeightGradientAttributes,
  WeightGradientFormulation,
} from '../../../src/engine/graph/operators/convolution.ts';
import { weightGradientFormulations } from '../../../src/engine/graph/operators/weightGradientFormulations.ts';
import { type Pads, type Pair, windowOutput } from '../../../src/engine/graph/operators/window.ts';
import { evaluateReference } from '../../../src/engine/graph/reference.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { toOnnx } from '../../../src/engine/graph/toOnnx.ts';
import { writeOnnx } from '../../../src/onnx/floor.ts';
import { onnxRuntimeEngine } from '../../../src/platform/node/engine/onnxRuntime.ts';

const engine = await onnxRuntimeEngine();
const { blockSize } = engine;

interface WeightCase {
  readonly image: readonly number[];
  readonly filters: number;
  readonly kernel: Pair;
  readonly stride?: Pair;
  readonly pads?: Pads;
}

const cases: Readonly<Record<string, WeightCase>> = {
  'one channel': { image: [3, 1, 7, 6], filters: 4, kernel: [3, 3] },
  same: { image: [2, 3, 6, 6], filters: 5, kernel: [3, 3], pads: [1, 1, 1, 1] },
  'not square, padded on one side': { image: [2, 2, 5, 8], filters: 3, kernel: [2, 4], pads: [0, 2, 1, 0] },
  '1 x 1': { image: [4, 3, 3, 3], filters: 2, kernel: [1, 1] },
  'one row': { image: [2, 3, 4, 6], filters: 2, kernel: [1, 3] },
  'stride 2 that does not divide': { image: [2, 3, 8, 7], filters: 4, kernel: [3, 2], stride: [2, 2] },
  'stride 3 by 1, padded': { image: [1, 2, 9, 5], filters: 2, kernel: [2, 3], stride: [3, 1], pads: [1, 0, 0, 2] },
  'as large as the image': { image: [2, 2, 3, 3], filters: 3, kernel: [3, 3] },
  'a block of pictures': { image: [16, 3, 6, 5], filters: 20, kernel: [3, 3], pads: [1, 1, 1, 1] },
  'two blocks, the second of 14': { image: [30, 4, 5, 5], filters: 16, kernel: [2, 3], pads: [0, 1, 1, 0] },
  'a block of pictures in bands': { image: [16, 2, 14, 14], filters: 3, kernel: [5, 5], pads: [2, 2, 2, 2] },
  'two blocks in bands': { image: [32, 2, 14, 16], filters: 3, kernel: [3, 3], pads: [1, 0, 1, 2] },
  'a block in bands, stride 2 that does not divide': {
    image: [16, 2, 26, 27],
    filters: 2,
    kernel: [3, 3],
    stride: [2, 2],
    pads: [0, 1, 0, 0],
  },
};

describe.each(Object.entries(cases))(
  'weight gradient, %s',
  (_, { image, filters, kernel, stride = [1, 1], pads = [0, 0, 0, 0] }) => {
    const kernelShape = [filters, image[1]!, ...kernel];
    const attributes: WeightGradientAttributes = { kernel, stride, pads, groups: 1, kernelShape };
    const errorShape = [image[0]!, filters, ...windowOutput('case', image, attributes)];
    const fitting = Object.entries(weightGradientFormulations).filter(([, { fits }]) => fits(attributes, blockSize));

    it.each(fitting.map(([name]) => name as WeightGradientFormulation))('%s', async (formulation) => {
      const [x, dy] = [input('x', image), input('dy', errorShape)];
      const slope = applyOne(conv2dWeightGradientOperator, [x, dy], { ...attributes, formulation });
      const random = randomStream(1);
      const draw = (shape: readonly number[]) => Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
      const [pixels, errors] = [draw(image), draw(errorShape)];
      const [expected] = evaluateReference(
        [slope],
        new Map([
          [x, pixels],
          [dy, errors],
        ]),
      );
      const program = await engine.compile(writeOnnx(toOnnx({ slope }, { name: 'case', blockSize })));
      const found = tensorBuffer(kernelShape, 'float32');
      await program.run(
        {
          x: { type: 'float32', shape: image, data: pixels },
          dy: { type: 'float32', shape: errorShape, data: errors },
        },
        { slope: found },
      );
      await program.dispose();
      const largest = Math.max(...expected!.map(Math.abs));
      for (const [index, value] of found.data.entries()) {
        expect(Math.abs((value as number) - expected![index]!)).toBeLessThan(1e-5 * largest);
      }
    });
  },
);
