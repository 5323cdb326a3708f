// A model that was chosen and is not here yet: how much of it has come, or why it did not and a way to try again.
import type { ModelState } from '../../hooks/useModels.ts';
import type { KindFile } from '../../model/kind.ts';
import { capitalized } from '../../recognition/capitalized.ts';

interface ModelOnItsWayProps {
  /** What is loaded: `the committee`. */
  readonly what: string;
  /** What reads until then: `one network`. */
  readonly meanwhile: string;
  readonly file: KindFile;
  readonly state: ModelState;
  readonly onRetry: () => void;
}

export function ModelOnItsWay({ what, meanwhile, file, state, onRetry }: ModelOnItsWayProps) {
  if (state.status === 'failed') {
    return (
      <div role="alert">
        <p class="problem">
          <b>{`${capitalized(what)} could not be loaded; ${meanwhile} reads on.`}</b> {state.message}
        </p>
        <button type="button" class="plain" onClick={onRetry}>
          {`Load ${what} again`}
        </button>
      </div>
    );
  }
  const received = state.status === 'loading' ? Math.min(state.received, file.bytes) : 0;
  const share = Math.floor((100 * received) / file.bytes);
  const size = Math.ceil(file.bytes / 1024).toLocaleString('en');
  return (
    <>
      <progress max={file.bytes} value={received} aria-label={`Loading ${what}`} />
      <p class="note">{`Loading ${what}: ${share}% of ${size} KB. Until it is here, ${meanwhile} reads.`}</p>
    </>
  );
}
