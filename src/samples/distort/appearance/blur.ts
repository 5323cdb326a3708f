// Gaussian blur, as of a picture out of focus or scaled up.

/** Standard deviations at which the kernel ends; 0.3 % of its weight lies beyond. */
const reach = 3;

/**
 * Blurs by a Gaussian, one axis after the other. The kernel is sampled at the pixels and sums to 1; outside is paper.
 *
 * @param values `[height, width]`, changed in place.
 * @param sigma deviation in pixels, at least 0.
 * @param scratch `[height, width]`, overwritten.
 * @param kernel at least `max(width, height)` numbers, overwritten: half of the kernel, its middle first.
 */
export function blur(
  values: Float32Array,
  width: number,
  height: number,
  sigma: number,
  scratch: Float32Array,
  kernel: Float64Array,
): void {
  if (sigma === 0) return;
  const radius = Math.min(Math.ceil(reach * sigma), kernel.length - 1);
  let sum = 0;
  for (let k = 0; k <= radius; k++) {
    kernel[k] = Math.exp(-0.5 * (k / sigma) ** 2);
    sum += k === 0 ? kernel[k]! : 2 * kernel[k]!;
  }
  for (let k = 0; k <= radius; k++) kernel[k]! /= sum;
  blurLines(values, scratch, width, height, 1, kernel, radius);
  blurLines(scratch, values, height, width, width, kernel, radius);
}

/** Blurs along one axis: `length` pixels of the given stride in each of `lines` lines. */
function blurLines(
  source: Float32Array,
  target: Float32Array,
  length: number,
  lines: number,
  stride: number,
  kernel: Float64Array,
  radius: number,
): void {
  const step = stride === 1 ? length : 1;
  for (let line = 0; line < lines; line++) {
    const start = line * step;
    for (let i = 0; i < length; i++) {
      let value = kernel[0]! * source[start + i * stride]!;
      for (let k = 1; k <= radius; k++) {
        const before = i >= k ? source[start + (i - k) * stride]! : 0;
        const after = i + k < length ? source[start + (i + k) * stride]! : 0;
        value += kernel[k]! * (before + after);
      }
      target[start + i * stride] = value;
    }
  }
}
