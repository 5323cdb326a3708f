// The model of the kind of writing that was chosen, until it reads. One that comes at once is not spoken of.

import { useLate } from '../../hooks/useLate.ts';
import type { ModelState } from '../../hooks/useModels.ts';
import type { Kind } from '../../model/kind.ts';
import { modelNameOf } from '../../recognition/kindWording.ts';
import { ModelOnItsWay } from './ModelOnItsWay.tsx';

interface KindOnItsWayProps {
  readonly kind: Kind;
  readonly state: ModelState;
  /** The kind that is read until then. */
  readonly reads: Kind;
  readonly onRetry: () => void;
}

export function KindOnItsWay({ kind, state, reads, onRetry }: KindOnItsWayProps) {
  const late = useLate();
  if (!late && state.status !== 'failed') return null;
  return (
    <section class="card arriving" aria-label="Loading">
      <ModelOnItsWay
        what={modelNameOf(kind)}
        meanwhile={modelNameOf(reads)}
        file={kind.model}
        state={state}
        onRetry={onRetry}
      />
    </section>
  );
}
