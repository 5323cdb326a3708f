// Half-precision numbers (IEEE 754 binary16) as their 16-bit patterns: how models store weights in half the bytes.
// JavaScript hosts of today have no Float16Array everywhere, so the bits are moved by hand.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The 16-bit pattern nearest to a number, ties to even; beyond 65504 plus half a step infinity, NaN stays NaN. */
export function float16Bits(value: number): number {
  float[0] = value;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 0x477ff000 is 65520, half a step above the largest finite half: it and all above round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // 0x38800000 is 2^-14, the smallest normal half; below it the result is a multiple of 2^-24.
  if (magnitude < 0x38800000) return sign | roundEven(Math.abs(float[0]!) * 2 ** 24);
  const rebased = magnitude - 0x38000000; // exponent bias 127 to 15
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

/** The number that a 16-bit pattern means; exact. */
export function float16Value(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >>> 10) & 31;
  const fraction = pattern & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** 16-bit patterns of an array of numbers. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const patterns = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) patterns[i] = float16Bits(values[i]!);
  return patterns;
}

/** Numbers of an array of 16-bit patterns; exact, as every half is a float32. */
export function fromFloat16(patterns: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(patterns.length);
  for (let i = 0; i < patterns.length; i++) values[i] = float16Value(patterns[i]!);
  return values;
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
