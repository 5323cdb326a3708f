// The kernels in plain TypeScript: what every host runs without loading anything further.
import { packConvolution } from './convolution.ts';
import { packDense } from './dense.ts';
import type { Kernels } from './kernels.ts';
import { maxPool } from './maxPool.ts';

/**
 * Kernels of scalar loops, blocked for the sixteen floating-point registers that JavaScript engines use.
 *
 * @example
 * ```ts
 * import { createRecognizer, plainKernels } from 'ductus';
 * import { loadModel } from 'ductus/node';
 *
 * // Where WebAssembly is forbidden: the same answers, more slowly.
 * const recognizer = createRecognizer((await loadModel('tiny')).bytes, { kernels: plainKernels });
 * console.log(recognizer.labels.length); // 10
 * recognizer.dispose();
 * ```
 */
export const plainKernels: Kernels = {
  name: 'plain',
  allocate: (length) => new Float32Array(length),
  packConvolution,
  packDense,
  maxPool,
};
