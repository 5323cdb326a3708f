// Dense layers as a blocked matrix product over packed weights. Unlike convolution, weights are read once a picture and
// there are millions of them, so they stay float32: what limits a single picture is how fast they come from memory.
import type { Activation, Claim, PackedDense } from './kernels.ts';

/** Packs weights `[depth, units]` as `[unit block][depth][4]`, so that four units read them in order. */
export function packDense(
  weights: Float32Array,
  depth: number,
  units: number,
  bias: Float32Array,
  activation: Activation,
  claim: Claim,
): PackedDense {
  const blocks = Math.ceil(units / 4);
  claim(4 * blocks * 4 * (depth + 1));
  const packed = new Float32Array(blocks * depth * 4);
  const packedBias = new Float32Array(blocks * 4);
  packedBias.set(bias);
  for (let unit = 0; unit < units; unit++) {
    const start = (unit >> 2) * depth * 4 + (unit & 3);
    for (let k = 0; k < depth; k++) packed[start + k * 4] = weights[k * units + unit]!;
  }
  const floor = activation === 'relu' ? 0 : -Infinity;

  function store(output: Float32Array, at: number, width: number, a: number, b: number, c: number, d: number): void {
    output[at] = Math.max(a, floor);
    if (width > 1) output[at + 1] = Math.max(b, floor);
    if (width > 2) output[at + 2] = Math.max(c, floor);
    if (width > 3) output[at + 3] = Math.max(d, floor);
  }

  function oneRow(input: Float32Array, row: number, output: Float32Array): void {
    for (let unit = 0; unit < units; unit += 4) {
      let s0 = packedBias[unit]!;
      let s1 = packedBias[unit + 1]!;
      let s2 = packedBias[unit + 2]!;
      let s3 = packedBias[unit + 3]!;
      let w = unit * depth;
      const end = (row + 1) * depth;
      for (let x = row * depth; x < end; x++) {
        const value = input[x]!;
        s0 += value * packed[w]!;
        s1 += value * packed[w + 1]!;
        s2 += value * packed[w + 2]!;
        s3 += value * packed[w + 3]!;
        w += 4;
      }
      store(output, row * units + unit, units - unit, s0, s1, s2, s3);
    }
  }

  function twoRows(input: Float32Array, row: number, output: Float32Array): void {
    for (let unit = 0; unit < units; unit += 4) {
      let s0 = packedBias[unit]!;
      let s1 = packedBias[unit + 1]!;
      let s2 = packedBias[unit + 2]!;
      let s3 = packedBias[unit + 3]!;
      let t0 = s0;
      let t1 = s1;
      let t2 = s2;
      let t3 = s3;
      let w = unit * depth;
      const end = (row + 1) * depth;
      for (let x = row * depth; x < end; x++) {
        const first = input[x]!;
        const second = input[x + depth]!;
        const w0 = packed[w]!;
        const w1 = packed[w + 1]!;
        const w2 = packed[w + 2]!;
        const w3 = packed[w + 3]!;
        s0 += first * w0;
        s1 += first * w1;
        s2 += first * w2;
        s3 += first * w3;
        t0 += second * w0;
        t1 += second * w1;
        t2 += second * w2;
        t3 += second * w3;
        w += 4;
      }
      store(output, row * units + unit, units - unit, s0, s1, s2, s3);
      store(output, (row + 1) * units + unit, units - unit, t0, t1, t2, t3);
    }
  }

  return {
    run(rows, input, output) {
      let row = 0;
      for (; row + 1 < rows; row += 2) twoRows(input, row, output);
      if (row < rows) oneRow(input, row, output);
    },
  };
}
