// The four buttons under the pad.
interface ToolbarProps {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onClear: () => void;
  readonly onPredict: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

export function Toolbar({ canUndo, canRedo, onClear, onPredict, onUndo, onRedo }: ToolbarProps) {
  return (
    <div class="toolbar" role="toolbar" aria-label="Drawing tools">
      <button type="button" class="icon" aria-label="Undo" title="Undo (Ctrl+Z)" disabled={!canUndo} onClick={onUndo}>
        <Arrow />
      </button>
      <button type="button" class="icon" aria-label="Redo" title="Redo (Ctrl+Y)" disabled={!canRedo} onClick={onRedo}>
        <Arrow mirrored />
      </button>
      <button type="button" class="plain" onClick={onClear}>
        CLEAR
      </button>
      <button type="button" class="primary" onClick={onPredict}>
        PREDICT
      </button>
    </div>
  );
}

function Arrow({ mirrored = false }: { readonly mirrored?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={mirrored ? 'mirrored' : undefined}>
      <path d="M9 6 4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3" />
    </svg>
  );
}
