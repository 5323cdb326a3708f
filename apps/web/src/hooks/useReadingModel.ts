// Which model reads: the one that was chosen as soon as it is there, and until then the one that read before.
import { useState } from 'preact/hooks';
import type { Kind } from '../model/kind.ts';
import type { LoadedModel } from '../model/loadModel.ts';
import { useModels } from './useModels.ts';

/** A model that reads, and what. */
export interface ReadingModel {
  readonly kind: Kind;
  readonly model: LoadedModel;
  /** Whether it is the kind's committee. */
  readonly voting: boolean;
}

/**
 * Loads what was chosen, and nothing else.
 *
 * @param kind the kind of writing that was chosen.
 * @param voting whether its committee shall read, if it has one; until that is there its one network does.
 */
export function useReadingModel(kind: Kind, voting: boolean) {
  const committee = voting ? kind.committee : undefined;
  const { stateOf, retry } = useModels(kind, committee === undefined ? [kind.model] : [kind.model, committee]);
  const one = stateOf(kind.model);
  const many = committee === undefined ? undefined : stateOf(committee);
  const ready = many?.status === 'ready' ? many : one.status === 'ready' ? one : undefined;
  const [last, setLast] = useState<ReadingModel>();
  let reads = last;
  if (ready !== undefined && ready.model !== last?.model) {
    reads = { kind, model: ready.model, voting: ready === many };
    setLast(reads);
  }
  return {
    /** The model that reads; undefined until the first has come. */
    reads,
    /** Where the kind's one network stands. */
    one,
    retryOne: () => retry(kind.model),
    /** The committee that was asked for, and where it stands. */
    committee: committee && { file: committee, state: stateOf(committee), retry: () => retry(committee) },
  };
}
