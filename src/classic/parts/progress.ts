// Learning that was broken off because its caller asked for it. Not a failure of the learning itself.
import { DuctusError } from '../../core/floor.ts';
import type { FitOptions } from '../classifier.ts';

/**
 * Learning was cancelled by its caller; nothing was learnt.
 *
 * @example
 * ```ts
 * import { CancelledError, classifierKindNamed } from 'ductus/classic';
 * import { onnxRuntimeEngine, openDataset } from 'ductus/node';
 * import { limitSamples } from 'ductus/samples';
 *
 * const kind = classifierKindNamed('support-vectors', { engine: onnxRuntimeEngine, now: () => performance.now() });
 * const some = limitSamples(await openDataset('mnist:train'), 100, 1);
 * try {
 *   await kind.fit(some, { seed: 1, cancelled: () => true });
 * } catch (error) {
 *   console.log(error instanceof CancelledError); // true
 * }
 * ```
 */
export class CancelledError extends DuctusError {
  override name = 'CancelledError';
}

/**
 * A function that a kind calls as it learns: it tells the progress and looks whether to go on.
 *
 * @param kind name of the kind, for the error.
 * @returns takes the share that is done, 0..1; throws a {@link CancelledError} when the caller wants no more.
 */
export function progressOf(kind: string, { onProgress, cancelled }: FitOptions): (share: number) => void {
  return (share) => {
    if (cancelled?.()) throw new CancelledError(`${kind}: learning was cancelled after ${Math.floor(100 * share)} %`);
    onProgress?.(share);
  };
}
