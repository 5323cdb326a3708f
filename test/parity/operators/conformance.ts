// The conformance harness of operators: one function that puts every case through the same checks, on ONNX Runtime and
// on the float64 reference. The cases stand in `*Cases.ts`; a new operator needs a case and nothing else here.
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream, type Shape, ShapeError, shuffle, sizeOf, UnsupportedError } from '../../../src/core/floor.ts';
import { type Engine, type TensorBuffer, tensorBuffer } from '../../../src/engine/graph/engine.ts';
import { gradients } from '../../../src/engine/graph/gradients.ts';
import type { ElementType, Tensor } from '../../../src/engine/graph/operator.ts';
import { add } from '../../../src/engine/graph/operators/add.ts';
import { multiply } from '../../../src/engine/graph/operators/multiply.ts';
import { reduceSum } from '../../../src/engine/graph/operators/reduceSum.ts';
import { evaluateReference } from '../../../src/engine/graph/reference.ts';
import { input } from '../../../src/engine/graph/tensor.ts';
import { toOnnx } from '../../../src/engine/graph/toOnnx.ts';
import { type OnnxModel, writeOnnx } from '../../../src/onnx/floor.ts';
import { onnxRuntimeEngine } from '../../../src/platform/node/engine/onnxRuntime.ts';

/** An input of a case: its shape, its type and the numbers it is fed. */
export interface CaseInput {
  readonly shape: Shape;
  readonly type: ElementType;
  /** Numbers, row-major; drawn from the case's name. */
  readonly values: (caseName: string, inputName: string) => number[];
}

/** A graph that must be refused when it is built, and what the message must say: both shapes, as a rule. */
export interface Rejection {
  readonly what: string;
  readonly build: () => unknown;
  readonly mentions: readonly string[];
}

/** One operator, or a few, on given inputs. */
export interface OperatorCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, CaseInput>>;
  readonly build: (inputs: Record<string, Tensor>) => Tensor | readonly Tensor[];
  /** Forward results, where they are known without the reference. */
  readonly expected?: readonly (readonly number[])[];
  /** Outputs that the scalar is made of; default: all of them. */
  readonly differentiate?: readonly number[];
  /** Weights of the outputs in the scalar; default: drawn. */
  readonly weights?: readonly (readonly number[])[];
  /** Inputs that the scalar does not depend on: their gradient is undefined. */
  readonly independent?: readonly string[];
  /** Gradients known exactly, for ties and kinks, where finite differences mean nothing and are left out. */
  readonly expectedGradients?: Readonly<Record<string, readonly number[]>>;
  /** Name of the operator on the path that has no gradient. */
  readonly notDifferentiable?: string;
  /** Largest difference between engines, relative to the largest number of the tensor; defaults 1e-5 and 1e-4. */
  readonly tolerance?: { readonly forward?: number; readonly gradient?: number; readonly finiteDifferences?: number };
}

/**
 * Different numbers, evenly spread over [low, high] in random order: no ties, and none closer than finite differences
 * step.
 */
export function floats(shape: Shape, low = -1, high = 1): CaseInput {
  return {
    shape,
    type: 'float32',
    values(...keys) {
      const count = sizeOf(shape);
      const grid = Array.from({ length: count }, (_, i) => Math.fround(low + ((high - low) * (i + 0.3)) / count)); // 0.3: none falls on 0
      return shuffle(grid, randomStream(1, 'conformance', ...keys));
    },
  };
}

/** Given numbers. */
export function given(shape: Shape, values: readonly number[], type: ElementType = 'float32'): CaseInput {
  return { shape, type, values: () => [...values] };
}

/** Random bytes below `bound`. */
export function bytes(shape: Shape, bound = 256): CaseInput {
  return {
    shape,
    type: 'uint8',
    values(...keys) {
      const random = randomStream(1, 'conformance', ...keys);
      return Array.from({ length: sizeOf(shape) }, () => random.integer(bound));
    },
  };
}

/** Step of the finite differences: central differences err by step^2 f'''/6, float64 rounding by 1e-16 f / step. */
const step = 1e-4;
/**
 * Elements of one input that finite differences are taken of; the rest of a large one is covered by comparing engines.
 */
const mostDifferences = 150;
/** Below this size a tensor counts as 0 and errors are taken as absolute. */
const smallestScale = 1e-3;

/** Everything that the checks of one case share. */
interface Prepared {
  readonly inputs: Record<string, Tensor>;
  readonly outputs: readonly Tensor[];
  readonly weights: readonly Tensor[];
  /** The scalar that is differentiated, and which outputs it is made of. */
  readonly loss: Tensor | undefined;
  readonly chosen: readonly number[];
  readonly feeds: Map<Tensor, Float64Array>;
  readonly buffers: Record<string, TensorBuffer>;
}

/** Builds a case's graph, without its gradients. */
export function prepare(testCase: OperatorCase): Prepared {
  const { name } = testCase;
  const inputs: Record<string, Tensor> = {};
  const feeds = new Map<Tensor, Float64Array>();
  const buffers: Record<string, TensorBuffer> = {};
  const feed = (tensor: Tensor, label: string, values: readonly number[]): void => {
    if (values.length !== sizeOf(tensor.shape)) throw new Error(`case "${name}": wrong count of values for "${label}"`);
    const buffer = tensorBuffer(tensor.shape, tensor.type);
    (buffer.data as Float32Array).set(values);
    buffers[label] = buffer;
    feeds.set(tensor, Float64Array.from(buffer.data as Float32Array));
  };
  for (const [label, { shape, type, values }] of Object.entries(testCase.inputs)) {
    inputs[label] = input(label, shape, type);
    feed(inputs[label], label, values(name, label));
  }
  const built = testCase.build(inputs);
  const outputs = 'origin' in built ? [built] : built;
  const chosen = testCase.differentiate ?? outputs.map((_, index) => index);
  const weights = chosen.map((index, position) => {
    const weight = input(`weight${index}`, outputs[index]!.shape);
    const { shape } = weight;
    feed(weight, `weight${index}`, [...(testCase.weights?.[position] ?? floats(shape).values(name, `weight${index}`))]);
    return weight;
  });
  const terms = chosen.map((index, position) => reduceSum(multiply(weights[position]!, outputs[index]!)));
  const loss = terms.length === 0 ? undefined : terms.reduce((sum, term) => add(sum, term));
  return { inputs, outputs, weights, loss, chosen, feeds, buffers };
}

/** The gradient of the case's scalar by every float input that it depends on. */
export function caseGradients(testCase: OperatorCase, { inputs, loss }: Prepared): Record<string, Tensor> {
  if (loss === undefined || testCase.notDifferentiable !== undefined) return {};
  const wanted = Object.entries(inputs).filter(([, { type }]) => type === 'float32');
  const found = gradients(
    loss,
    wanted.map(([, tensor]) => tensor),
  );
  const result: Record<string, Tensor> = {};
  for (const [index, [label]] of wanted.entries()) {
    const gradient = found[index];
    const expectNone = testCase.independent?.includes(label) ?? false;
    if ((gradient === undefined) !== expectNone) {
      throw new Error(`case "${testCase.name}": gradient by "${label}" is ${gradient ? 'there' : 'undefined'}`);
    }
    if (gradient !== undefined) result[label] = gradient;
  }
  return result;
}

/** Puts every case through every check. */
export function checkConformance(group: string, cases: readonly OperatorCase[]): void {
  describe(group, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await onnxRuntimeEngine();
    });

    describe.each(cases)('$name', (testCase) => {
      it('infers the shapes that ONNX Runtime and the reference give, and the same numbers', async () => {
        const { outputs, feeds, buffers } = prepare(testCase);
        const named = Object.fromEntries(outputs.map((output, index) => [`output${index}`, output]));
        const model = toOnnx(named, { name: 'forward' });
        // Without declared extents, so that the shapes that come back are ONNX Runtime's own.
        const open = model.graph.outputs.map((info) => ({
          ...info,
          shape: info.shape.map((_, i) => `${info.name}_${i}`),
        }));
        const session = await ort.InferenceSession.create(
          writeOnnx({ ...model, graph: { ...model.graph, outputs: open } }),
          { logSeverityLevel: 3, intraOpNumThreads: 1 },
        );
        const fed = model.graph.inputs.map(({ name }) => {
          const { type, data, shape } = buffers[name]!;
          return [name, new ort.Tensor(type, data, [...shape])] as const;
        });
        const results = await session.run(Object.fromEntries(fed));
        await session.release();
        const reference = evaluateReference(outputs, feeds);
        for (const [index, output] of outputs.entries()) {
          const { dims, data, type } = results[`output${index}`]!;
          expect(dims).toEqual(output.shape);
          expect(type).toBe(output.type);
          expect(reference[index]!.length).toBe(sizeOf(output.shape));
          expectClose(data as Float32Array, reference[index]!, testCase.tolerance?.forward ?? 1e-5, `output ${index}`);
          const known = testCase.expected?.[index];
          if (known !== undefined) expectClose(reference[index]!, known, 1e-6, `expected output ${index}`);
        }
      });

      if (testCase.notDifferentiable !== undefined) {
        it('says that it has no gradient', () => {
          const { loss, inputs } = prepare(testCase);
          const attempt = (): unknown => gradients(loss!, Object.values(inputs));
          expect(attempt).toThrow(UnsupportedError);
          expect(attempt).toThrow(`"${testCase.notDifferentiable}"`);
        });
      } else {
        it('has the gradient that finite differences and ONNX Runtime give', async () => {
          const prepared = prepare(testCase);
          const found = caseGradients(testCase, prepared);
          const labels = Object.keys(found);
          if (labels.length === 0) return;
          const reference = evaluateReference(Object.values(found), prepared.feeds);
          for (const [index, label] of labels.entries()) {
            const known = testCase.expectedGradients?.[label];
            if (known !== undefined) expectClose(reference[index]!, known, 1e-6, `gradient by ${label}`);
            else {
              const slopes = finiteDifferences(prepared, prepared.inputs[label]!);
              const actual = Float64Array.from(slopes.keys(), (element) => reference[index]![element]!);
              const allowed = testCase.tolerance?.finiteDifferences ?? 1e-6;
              expectClose(actual, [...slopes.values()], allowed, `reference gradient by ${label}`);
            }
          }
          const named = Object.fromEntries(labels.map((label) => [`gradient/${label}`, found[label]!]));
          const fetches = await runTwice(engine, toOnnx(named, { name: 'gradient' }), named, prepared.buffers);
          for (const [index, label] of labels.entries()) {
            const actual = fetches[`gradient/${label}`]!.data as Float32Array;
            const allowed = testCase.tolerance?.gradient ?? 1e-4;
            expectClose(actual, reference[index]!, allowed, `ONNX Runtime's gradient by ${label}`);
          }
        });
      }

      it('is deterministic', async () => {
        const prepared = prepare(testCase);
        const named: Record<string, Tensor> = {};
        for (const [index, output] of prepared.outputs.entries()) named[`output${index}`] = output;
        for (const [label, gradient] of Object.entries(caseGradients(testCase, prepared)))
          named[`by/${label}`] = gradient;
        const model = toOnnx(named, { name: 'both' });
        const first = await runTwice(engine, model, named, prepared.buffers);
        const second = await runTwice(engine, model, named, prepared.buffers);
        expectSameBits(second, first);
      });
    });
  });
}

/** Checks that each graph is refused by a ShapeError that says what it must. */
export function checkRejections(group: string, rejections: readonly Rejection[]): void {
  describe(`${group}: refuses`, () => {
    it.each(rejections)('$what', ({ build, mentions }) => {
      expect(build).toThrow(ShapeError);
      for (const mention of mentions) expect(build).toThrow(mention);
    });
  });
}

/** Compiles a model, runs it twice, expects the same bits, and returns them. */
async function runTwice(
  engine: Engine,
  model: OnnxModel,
  outputs: Readonly<Record<string, Tensor>>,
  buffers: Readonly<Record<string, TensorBuffer>>,
): Promise<Record<string, TensorBuffer>> {
  const program = await engine.compile(writeOnnx(model), { threads: 2 });
  const feeds = Object.fromEntries(model.graph.inputs.map(({ name }) => [name, buffers[name]!]));
  const fresh = (): Record<string, TensorBuffer> =>
    Object.fromEntries(Object.entries(outputs).map(([name, { shape, type }]) => [name, tensorBuffer(shape, type)]));
  const [first, second] = [fresh(), fresh()];
  await program.run(feeds, first);
  await program.run(feeds, second);
  await program.dispose();
  expectSameBits(second, first);
  return first;
}

function expectSameBits(actual: Record<string, TensorBuffer>, expected: Record<string, TensorBuffer>): void {
  const bits = ({ data }: TensorBuffer): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (const name of Object.keys(expected)) {
    expect(Buffer.compare(bits(actual[name]!), bits(expected[name]!)), `bits of ${name}`).toBe(0);
  }
}

/** Central differences of the scalar, in float64, by elements of one input: flat index to slope. */
function finiteDifferences({ outputs, weights, chosen, feeds }: Prepared, by: Tensor): Map<number, number> {
  const factors = weights.map((weight) => feeds.get(weight)!);
  const targets = chosen.map((index) => outputs[index]!);
  // The sum is taken here and not in the graph: the check must not lean on the operators that it checks.
  const scalarAt = (values: Float64Array): number =>
    evaluateReference(targets, new Map(feeds).set(by, values)).reduce(
      (sum, result, i) => sum + result.reduce((part, value, j) => part + value * factors[i]![j]!, 0),
      0,
    );
  const values = feeds.get(by)!.slice();
  const slopes = new Map<number, number>();
  const taken = Math.min(values.length, mostDifferences);
  for (let n = 0; n < taken; n++) {
    const index = Math.round((n * (values.length - 1)) / Math.max(1, taken - 1)); // spread, first and last among them
    const value = values[index]!;
    values[index] = value + step;
    const above = scalarAt(values);
    values[index] = value - step;
    const below = scalarAt(values);
    values[index] = value;
    slopes.set(index, (above - below) / (2 * step));
  }
  return slopes;
}

/** Every element within `tolerance` times the largest expected one. NaN equals nothing. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length);
  let scale = smallestScale;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance * scale)) {
      expect.fail(
        `${what}, element ${i}: expected ${expected[i]} within ${tolerance} of ${scale}, received ${actual[i]}`,
      );
    }
  }
}
