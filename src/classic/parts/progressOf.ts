// The progress function of a learning system: it passes progress on, and ends the learning when the caller cancels.
import { CancelledError } from '../../core/floor.ts';
import type { FitOptions } from '../classifier.ts';

/**
 * A function that a kind calls as it learns: it reports progress and checks for cancellation.
 *
 * @param kind name of the kind, for the error.
 * @returns takes the finished share, 0..1; throws a {@link CancelledError} when the caller has cancelled.
 */
export function progressOf(kind: string, { onProgress, cancelled }: FitOptions): (share: number) => void {
  return (share) => {
    if (cancelled?.()) throw new CancelledError(`${kind}: learning was cancelled after ${Math.floor(100 * share)} %`);
    onProgress?.(share);
  };
}
