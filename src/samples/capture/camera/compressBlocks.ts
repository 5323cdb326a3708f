// JPEG's loss on a grey picture: blocks of eight by eight with quantised DCT coefficients. Only the loss, no file.

/** Luminance quantisation steps at quality 50 (ITU-T T.81, annex K), row by row of a block. */
const baseSteps = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
] as const;

/** The cosine transform's matrix, `[frequency, place]`; its rows are orthonormal. */
const cosines = Float64Array.from({ length: 64 }, (_, i) => {
  const [frequency, place] = [i >> 3, i & 7];
  const scale = frequency === 0 ? Math.sqrt(1 / 8) : Math.sqrt(2 / 8);
  return scale * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/**
 * Rounds every block's coefficients as a JPEG encoder does. Quality scales the steps as in the Independent JPEG Group's
 * library.
 *
 * @param plane light 0..1, changed in place and clamped to 0..1; blocks over the edge repeat it.
 * @param quality 1..100.
 */
export function compressBlocks(plane: Float32Array, width: number, height: number, quality: number): void {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = baseSteps.map((step) => Math.max(1, Math.floor((step * percent + 50) / 100)));
  const block = new Float64Array(64);
  const half = new Float64Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let i = 0; i < 64; i++) {
        const [x, y] = [Math.min(width - 1, left + (i & 7)), Math.min(height - 1, top + (i >> 3))];
        block[i] = 255 * plane[y * width + x]! - 128;
      }
      // Transform of rows and columns, rounding, inverse: the inverse of an orthonormal matrix is its transpose.
      transform(block, half, false);
      transform(half, block, false);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / steps[i]!) * steps[i]!;
      transform(block, half, true);
      transform(half, block, true);
      for (let y = top; y < Math.min(height, top + 8); y++) {
        for (let x = left; x < Math.min(width, left + 8); x++) {
          const light = (block[(y - top) * 8 + x - left]! + 128) / 255;
          plane[y * width + x] = light < 0 ? 0 : Math.min(1, light);
        }
      }
    }
  }
}

/** One axis of the transform; the result is transposed, so that a second call does the other axis. */
function transform(from: Float64Array, to: Float64Array, inverse: boolean): void {
  for (let line = 0; line < 8; line++) {
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let i = 0; i < 8; i++) sum += from[line * 8 + i]! * cosines[inverse ? i * 8 + k : k * 8 + i]!;
      to[k * 8 + line] = sum;
    }
  }
}
