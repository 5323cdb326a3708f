// What a system calls as it learns: it passes the progress on and ends the learning when its caller asks for that.
import { CancelledError } from '../../core/floor.ts';
import type { FitOptions } from '../classifier.ts';

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
