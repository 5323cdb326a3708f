import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { digitModel, modelOf, node, normals, weight } from '../../../../test/parity/runtimeModels.ts';
import { loadNetwork } from '../network.ts';
import type { Kernels, WindowGeometry } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { fastestKernels, wasmKernels } from './wasm.ts';

const wasm = wasmKernels()!;
const free = (): void => {};

/** Largest difference in parts of the largest expected value, or of 1. */
function difference(received: Float32Array, expected: Float32Array): number {
  expect(received.length).toBe(expected.length);
  let largest = 1;
  for (const value of expected) largest = Math.max(largest, Math.abs(value));
  let worst = 0;
  // Written so that NaN counts as a difference.
  for (const [index, value] of expected.entries()) {
    const here = Math.abs(received[index]! - value);
    if (!(here <= worst)) worst = here;
  }
  return worst / largest;
}

/**
 * Memory of the kernels for an input and an output, which are filled and with a guard of one value behind the output.
 */
function place(kernels: Kernels, input: Float32Array, length: number): { input: Float32Array; output: Float32Array } {
  const placed = kernels.allocate(input.length);
  placed.set(input);
  const output = kernels.allocate(length + 1);
  output.fill(777);
  return { input: placed, output };
}

const small = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

describe('the WebAssembly kernels', () => {
  it('are what a host with vectors gets', () => {
    expect(fastestKernels().name).toBe('wasm');
    expect(wasm.forNetwork!().name).toBe('wasm');
  });

  it('convolve as the plain ones do: any shape, stride, dilation, border and grouping', { tags: ['slow'] }, () => {
    const shape = fc.record({
      batch: small(3),
      groups: small(3),
      groupFilters: small(19),
      groupChannels: small(5),
      kernelRows: small(5),
      kernelColumns: small(5),
      strideRows: small(3),
      strideColumns: small(3),
      dilationRows: small(2),
      dilationColumns: small(2),
      padTop: fc.nat(2),
      padLeft: fc.nat(2),
      padBottom: fc.nat(2),
      padRight: fc.nat(2),
      outputRows: small(6),
      outputColumns: small(7),
      relu: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ batch, groups, groupFilters, groupChannels, relu, ...window }) => {
        // The least image that gives so many outputs; a border wider than the window's reach would leave none of it.
        const extent = (outputs: number, stride: number, kernel: number, dilation: number, border: number): number =>
          Math.max(1, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - border);
        const { kernelRows, kernelColumns, strideRows, strideColumns, dilationRows, dilationColumns } = window;
        const across = window.padLeft + window.padRight;
        const down = window.padTop + window.padBottom;
        const geometry: WindowGeometry = {
          ...window,
          rows: extent(window.outputRows, strideRows, kernelRows, dilationRows, down),
          columns: extent(window.outputColumns, strideColumns, kernelColumns, dilationColumns, across),
        };
        const filters = groups * groupFilters;
        const channels = groups * groupChannels;
        const weights = {
          filters,
          channels,
          groups,
          kernelRows,
          kernelColumns,
          values: normals(filters * groupChannels * kernelRows * kernelColumns, 1, 'weights', filters, channels),
          bias: normals(filters, 1, 'bias', filters),
        };
        const values = normals(batch * channels * geometry.rows * geometry.columns, 1, 'input', batch, channels);
        const length = batch * filters * geometry.outputRows * geometry.outputColumns;
        const [expected, received] = [plainKernels, wasm].map((set) => {
          const kernels = set.forNetwork?.() ?? set;
          const packed = kernels.packConvolution(weights, relu ? 'relu' : 'none', free);
          kernels.reserve?.(packed.scratchBytes(geometry) + 4 * (values.length + length) + 256);
          const { input, output } = place(kernels, values, length);
          packed.bind(geometry)(batch, input, output);
          expect(output[length]).toBe(777);
          expect(input).toEqual(values);
          return output;
        });
        expect(difference(received!, expected!)).toBeLessThan(1e-5);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('pool as the plain ones do, exactly', { tags: ['slow'] }, () => {
    const extent = fc.integer({ min: 2, max: 21 });
    fc.assert(
      fc.property(small(3), small(3), extent, extent, small(2), (batch, channels, rows, columns, stride) => {
        const [outputRows, outputColumns] = [rows, columns].map((length) => Math.floor((length - 2) / stride) + 1);
        const geometry: WindowGeometry = {
          rows,
          columns,
          kernelRows: 2,
          kernelColumns: 2,
          strideRows: stride,
          strideColumns: stride,
          dilationRows: 1,
          dilationColumns: 1,
          padTop: 0,
          padLeft: 0,
          padBottom: 0,
          padRight: 0,
          outputRows: outputRows!,
          outputColumns: outputColumns!,
        };
        const values = normals(batch * channels * rows * columns, 1, 'pool', rows, columns);
        values[Math.floor(values.length / 2)] = Number.NaN;
        const length = batch * channels * outputRows! * outputColumns!;
        const [expected, received] = [plainKernels, wasm].map((set) => {
          const kernels = set.forNetwork?.() ?? set;
          kernels.reserve?.(4 * (values.length + length) + 256);
          const { input, output } = place(kernels, values, length);
          kernels.maxPool(channels, geometry)(batch, input, output);
          return output.slice();
        });
        expect(received).toEqual(expected);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('multiply as the plain ones do', () => {
    const shape = fc.tuple(fc.nat(9), fc.nat(70), fc.nat(40), fc.boolean());
    fc.assert(
      fc.property(shape, ([rows, depth, units, relu]) => {
        const weights = normals(depth * units, 1, 'weights', depth, units);
        const bias = normals(units, 1, 'bias', units);
        const values = normals(rows * depth, 1, 'input', rows, depth);
        const [expected, received] = [plainKernels, wasm].map((set) => {
          const kernels = set.forNetwork?.() ?? set;
          const packed = kernels.packDense(weights, depth, units, bias, relu ? 'relu' : 'none', free);
          kernels.reserve?.(4 * (values.length + rows * units) + 256);
          const { input, output } = place(kernels, values, rows * units);
          packed.run(rows, input, output);
          expect(output[rows * units]).toBe(777);
          return output;
        });
        expect(difference(received!, expected!)).toBeLessThan(1e-5);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('pass NaN and infinity on, with and without Relu', () => {
    for (const relu of [false, true]) {
      const model = modelOf({
        nodes: [node('MatMul', ['x', 'w'], ['m']), ...(relu ? [node('Relu', ['m'], ['y'])] : [])],
        initializers: [{ ...weight('w', [1, 9]), data: Float32Array.of(1, -1, 1, -1, 1, -1, 1, -1, 2) }],
        input: ['batch', 1],
        outputs: { [relu ? 'y' : 'm']: ['batch', 9] },
      });
      for (const batch of [3, 5]) {
        const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1, 2, 3).subarray(0, batch);
        const [plain, fast] = [plainKernels, wasm].map((kernels) => loadNetwork(model, { kernels }).run(values, batch));
        expect(fast).toEqual(plain);
      }
    }
  });

  it('claim the memory that their weights take', () => {
    let claimed = 0;
    const kernels = wasm.forNetwork!();
    kernels.packDense(new Float32Array(100 * 9), 100, 9, new Float32Array(9), 'none', (bytes) => {
      claimed += bytes;
    });
    expect(claimed).toBeGreaterThanOrEqual(4 * 16 * 101);
    expect(() =>
      wasm.forNetwork!().packDense(new Float32Array(900), 100, 9, new Float32Array(9), 'none', () => {
        throw new RangeError('too much');
      }),
    ).toThrow('too much');
  });
});

describe('their memory', () => {
  /** Loads a network and shows the memory that its values last lay in. */
  function watched(): { network: ReturnType<typeof loadNetwork>; bytes: () => number } {
    let last: Float32Array | undefined;
    const watching: Kernels = {
      ...wasm,
      forNetwork() {
        const own = wasm.forNetwork!();
        return {
          ...own,
          allocate(length) {
            last = own.allocate(length);
            return last;
          },
        };
      },
    };
    return { network: loadNetwork(digitModel({}, 8), { kernels: watching }), bytes: () => last!.buffer.byteLength };
  }

  it('grows for a larger batch and then over 10,000 runs no more', { tags: ['slow'] }, () => {
    const { network, bytes } = watched();
    const values = normals(64 * 64, 1, 'growth');
    const one = network.run(values.subarray(0, 64), 1);
    const small = bytes();
    const first = network.run(values, 64);
    const large = bytes();
    expect(large).toBeGreaterThan(small);
    for (let run = 0; run < 10_000; run++) network.run(values.subarray(0, 64 + 64 * (run % 2)), 1 + (run % 2));
    expect(bytes()).toBe(large);
    expect(network.run(values, 64)).toEqual(first);
    expect(network.run(values.subarray(0, 64), 1)).toEqual(one);
    expect(first.logits!.data.buffer.byteLength).toBe(first.logits!.data.byteLength);
  });

  it('is not shared by two networks', () => {
    const [first, second] = [watched().network, watched().network];
    const values = normals(64, 1, 'shared');
    const expected = first!.run(values, 1);
    second!.run(normals(640, 1, 'other'), 10);
    second!.dispose();
    expect(first!.run(values, 1)).toEqual(expected);
  });
});

describe('without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const refusals: readonly (readonly [string, unknown])[] = [
    ['there is none', undefined],
    [
      'a content security policy refuses',
      {
        Module: class {
          constructor() {
            throw new EvalError('Refused to compile WebAssembly: unsafe-eval is not allowed');
          }
        },
      },
    ],
    [
      'there is no memory of that kind',
      {
        ...globalThis.WebAssembly,
        Module: globalThis.WebAssembly.Module,
        Memory: class {
          constructor() {
            throw new RangeError('could not allocate memory');
          }
        },
      },
    ],
  ];
  for (const [reason, replacement] of refusals) {
    it(`because ${reason}: the plain kernels answer`, async () => {
      const model = digitModel({}, 8);
      const values = normals(128, 1, 'fallback');
      const expected = loadNetwork(model, { kernels: plainKernels }).run(values, 2);
      vi.stubGlobal('WebAssembly', replacement);
      vi.resetModules();
      const { loadNetwork: freshLoad } = await import('../network.ts');
      const { fastestKernels: freshChoice } = await import('./wasm.ts');
      const chosen = freshChoice();
      expect((chosen.forNetwork?.() ?? chosen).name).toBe('plain');
      expect(freshLoad(model).run(values, 2)).toEqual(expected);
    });
  }
});
