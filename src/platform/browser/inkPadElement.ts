// The drawing pad as a custom element: `defineInkPad()` once, then `<ductus-ink-pad label="Draw a
// digit"></ductus-ink-pad>`. A thin shell around `InkPad`: this file has markup, style and the description for screen
// readers; `InkPad` has the behaviour.
import type { Ink } from '../../picture/floor.ts';
import { InkPad } from './inkPad.ts';

/** Name under which `defineInkPad` registers the element. */
export const inkPadTag = 'ductus-ink-pad';

const instructions =
  'Arrow keys move the pen, two together move it diagonally, with Shift in small steps. Space sets the pen down or lifts it. ' +
  'Escape lifts the pen. Control Z undoes the last stroke. Delete clears the pad.';

const styles = `
:host { display: block; aspect-ratio: 1; position: relative; color: var(--ductus-ink, CanvasText); }
:host([hidden]) { display: none; }
.surface { position: absolute; inset: 0; border-radius: inherit; cursor: crosshair; outline: none; overflow: hidden;
  user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; }
.surface:focus-visible:not([data-input='pointer']) { outline: 3px solid var(--ductus-focus, Highlight); outline-offset: 2px; }
canvas { display: block; width: 100%; height: 100%; color: inherit; caret-color: var(--ductus-cursor, Highlight); pointer-events: none; }
.help { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

// A host without a DOM (server-side rendering, tests) can import this module; it just cannot define the element.
const Base = (typeof HTMLElement === 'undefined' ? class {} : HTMLElement) as typeof HTMLElement;

/**
 * A square drawing pad for mouse, finger, pen and keyboard; see `InkPad` for its events.
 *
 * Attributes: `label`, the name for screen readers. Custom properties: `--ductus-ink` (pen colour), `--ductus-cursor`
 * (the keyboard's pen), `--ductus-focus` (focus ring); without them the system's colours are used. Part: `surface`.
 */
export class InkPadElement extends Base {
  static readonly observedAttributes: readonly string[] = ['label'];
  #pad: InkPad | undefined;
  #surface: HTMLElement | undefined;
  /** Ink set before the element is in a document. */
  #pending: Ink | undefined;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.#build();
    const surface = root.querySelector<HTMLElement>('.surface')!;
    this.#surface = surface;
    this.#describe();
    this.#pad = new InkPad({ surface, canvas: root.querySelector('canvas')! });
    if (this.#pending !== undefined && this.#pending.strokes.length > 0) this.#pad.ink = this.#pending;
    this.#pending = undefined;
  }
  disconnectedCallback(): void {
    this.#pending = this.#pad?.ink;
    this.#pad?.dispose();
    this.#pad = undefined;
  }
  attributeChangedCallback(): void {
    this.#describe();
  }

  /** The drawing; setting it is one undo step. */
  get ink(): Ink {
    return this.#pad?.ink ?? this.#pending ?? { strokes: [] };
  }
  set ink(ink: Ink) {
    if (this.#pad === undefined) this.#pending = ink;
    else this.#pad.ink = ink;
  }
  /** Whether nothing is drawn. */
  get empty(): boolean {
    return this.ink.strokes.length === 0;
  }
  /** Whether there is a step to undo. */
  get canUndo(): boolean {
    return this.#pad?.canUndo ?? false;
  }
  /** Whether there is a step to redo. */
  get canRedo(): boolean {
    return this.#pad?.canRedo ?? false;
  }
  /** Undoes the last stroke, clear or replacement. */
  undo(): void {
    this.#pad?.undo();
  }
  /** Restores the last step that `undo` undid. */
  redo(): void {
    this.#pad?.redo();
  }
  /** Removes all strokes; can be undone. */
  clear(): void {
    this.#pad?.clear();
  }
  /** Repaints after a change of colours that the element cannot notice. */
  repaint(): void {
    this.#pad?.repaint();
  }

  #build(): ShadowRoot {
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    // A constructed sheet, not a <style>: it works under a content security policy without 'unsafe-inline'.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const help = document.createElement('p');
    help.className = 'help';
    help.id = 'help';
    help.textContent = instructions;
    const surface = document.createElement('div');
    surface.className = 'surface';
    surface.tabIndex = 0;
    surface.setAttribute('part', 'surface');
    // `application`: a screen reader must pass the arrow keys on instead of reading with them.
    surface.setAttribute('role', 'application');
    surface.setAttribute('aria-roledescription', 'drawing pad');
    surface.setAttribute('aria-describedby', 'help');
    surface.append(document.createElement('canvas'));
    root.append(surface, help);
    return root;
  }

  #describe(): void {
    this.#surface?.setAttribute('aria-label', this.getAttribute('label') ?? 'Drawing pad');
  }
}

/**
 * Registers `<ductus-ink-pad>`; calling it again does nothing.
 *
 * @example
 * ```ts no-run
 * import { defineInkPad, type InkPadElement, workerRecognizer } from 'ductus/browser';
 *
 * defineInkPad(); // <ductus-ink-pad> stands in the page
 * const recognizer = await workerRecognizer('digits.onnx');
 * document.querySelector('ductus-ink-pad')!.addEventListener('inkchange', async (event) => {
 *   const answer = await recognizer.recognize((event.target as InkPadElement).ink);
 *   console.log(answer.empty ? 'nothing' : answer.label);
 * });
 * ```
 */
export function defineInkPad(): void {
  if (customElements.get(inkPadTag) === undefined) customElements.define(inkPadTag, InkPadElement);
}
