// Counts what a network costs against the limits, before it is paid.
import { FormatError } from '../../core/floor.ts';
import { maximumNetworkBytes, maximumWork } from './limits.ts';

/** Bytes and work that a network has taken so far. */
export interface Budget {
  readonly bytes: () => number;
  /** @throws {FormatError} when the network would hold more than `maximumNetworkBytes`. */
  claimBytes(bytes: number): void;
  /** @throws {FormatError} when loading would compute more than `maximumWork`. */
  claimWork(work: number): void;
}

/** A budget of which nothing is taken. */
export function newBudget(): Budget {
  let bytes = 0;
  let work = 0;
  return {
    bytes: () => bytes,
    claimBytes(more) {
      bytes += more;
      // Written so that NaN is refused too.
      if (!(bytes <= maximumNetworkBytes)) {
        throw new FormatError(
          `model: expected to need at most ${maximumNetworkBytes} bytes of memory, received ${bytes}`,
        );
      }
    },
    claimWork(more) {
      work += more;
      if (!(work <= maximumWork)) {
        throw new FormatError(`model: expected at most ${maximumWork} multiply-adds to load, received ${work}`);
      }
    },
  };
}
