// A model's life in the page: not asked for, loading, ready, or failed with a way to try again.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { type LoadedModel, loadModel } from '../model/loadModel.ts';

/** Where a model stands. */
export type ModelState =
  | { readonly status: 'unasked' }
  /** `received` bytes have come. */
  | { readonly status: 'loading'; readonly received: number }
  | { readonly status: 'ready'; readonly model: LoadedModel }
  | { readonly status: 'failed'; readonly message: string };

/**
 * Loads the model at this address once it is wanted and keeps it from then on; `retry` loads again after a failure.
 *
 * @param url undefined where the page has no such model.
 */
export function useModel(
  url: string | undefined,
  wanted = true,
): { readonly state: ModelState; readonly retry: () => void } {
  const [state, setState] = useState<ModelState>({ status: 'unasked' });
  const [attempt, setAttempt] = useState(0);
  const [asked, setAsked] = useState(wanted);
  if (wanted && !asked) setAsked(true);

  useEffect(() => {
    if (url === undefined || !asked) return;
    const abort = new AbortController();
    let loaded: LoadedModel | undefined;
    const onProgress = (received: number): void => {
      if (!abort.signal.aborted) setState({ status: 'loading', received });
    };
    onProgress(0);
    loadModel(url, abort.signal, onProgress).then(
      (model) => {
        loaded = model;
        if (abort.signal.aborted) model.recognizer.dispose();
        else setState({ status: 'ready', model });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState({ status: 'failed', message: messageOf(error) });
      },
    );
    return () => {
      abort.abort();
      loaded?.recognizer.dispose();
    };
  }, [url, asked, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { state, retry };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
