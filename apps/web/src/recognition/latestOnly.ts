// One question at a time, and of those that come meanwhile only the newest: a pen makes more events than anyone can
// read.

/**
 * Wraps an asynchronous step so that calls never overlap and a waiting call is replaced by a newer one.
 *
 * @param run the step; its errors are its own to handle.
 */
export function latestOnly<T>(run: (value: T) => Promise<void>): (value: T) => void {
  let busy = false;
  let waiting: { readonly value: T } | undefined;
  return (value) => {
    waiting = { value };
    if (!busy) void drain();
  };
  async function drain(): Promise<void> {
    busy = true;
    try {
      while (waiting !== undefined) {
        const { value } = waiting;
        waiting = undefined;
        await run(value);
      }
    } finally {
      busy = false;
    }
  }
}
