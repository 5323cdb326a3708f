// The life of the page's models: not asked for, loading, ready, or failed with a way to try again.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Kind, KindFile } from '../model/kind.ts';
import { type LoadedModel, loadModel } from '../model/loadModel.ts';

/** Where a model stands. */
export type ModelState =
  | { readonly status: 'unasked' }
  /** `received` bytes have come. */
  | { readonly status: 'loading'; readonly received: number }
  | { readonly status: 'ready'; readonly model: LoadedModel }
  | { readonly status: 'failed'; readonly message: string };

const unasked: ModelState = { status: 'unasked' };

/**
 * Loads each file once it is wanted and keeps its model from then on; `retry` loads again after a failure.
 *
 * @param wanted files of this kind.
 */
export function useModels(kind: Kind, wanted: readonly KindFile[]) {
  const [states, setStates] = useState<ReadonlyMap<KindFile, ModelState>>(new Map());
  const asked = useRef(new Set<KindFile>());
  const leaving = useRef(new AbortController());

  const load = useCallback((file: KindFile, glosses: Kind['glosses']) => {
    const { signal } = leaving.current;
    const become = (state: ModelState): void => {
      if (!signal.aborted) setStates((all) => new Map(all).set(file, state));
    };
    become({ status: 'loading', received: 0 });
    const onProgress = (received: number): void => become({ status: 'loading', received });
    loadModel(file.url, { glosses, signal, onProgress }).then(
      (model) => {
        if (signal.aborted) return model.recognizer.dispose();
        signal.addEventListener('abort', () => model.recognizer.dispose());
        become({ status: 'ready', model });
      },
      (error: unknown) => become({ status: 'failed', message: messageOf(error) }),
    );
  }, []);

  useEffect(() => {
    for (const file of wanted) {
      if (asked.current.has(file)) continue;
      asked.current.add(file);
      load(file, kind.glosses);
    }
  });
  useEffect(() => () => leaving.current.abort(), []);

  const stateOf = (file: KindFile): ModelState => states.get(file) ?? unasked;
  const retry = (file: KindFile): void => load(file, kind.glosses);
  return { stateOf, retry };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
