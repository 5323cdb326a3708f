// The model's life in the page: loading, ready, or failed with a way to try again.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { type LoadedModel, loadModel } from '../model/loadModel.ts';

/** Where the model stands. */
export type ModelState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly model: LoadedModel }
  | { readonly status: 'failed'; readonly message: string };

/** Loads the model at this address; `retry` loads again after a failure. */
export function useModel(url: string): { readonly state: ModelState; readonly retry: () => void } {
  const [state, setState] = useState<ModelState>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    let loaded: LoadedModel | undefined;
    setState({ status: 'loading' });
    loadModel(url, abort.signal).then(
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
  }, [url, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { state, retry };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
