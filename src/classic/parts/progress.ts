// Learning that was broken off because its caller asked for it. Not a failure of the learning itself.
import { DuctusError } from '../../core/floor.ts';
import type { FitOptions } from '../classifier.ts';

/** Learning was cancelled by its caller; nothing was learnt. */
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
