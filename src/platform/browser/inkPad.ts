// The drawing pad without its shell: it turns pointer and keyboard events on one element into ink and paints it on a
// canvas. `inkPadElement` wraps it as a custom element; a page that has its own markup may use this class directly.
import type { Ink, InkPoint } from '../../picture/floor.ts';
import { inkHistory } from './inkHistory.ts';
import { paintCursor, paintStrokes } from './inkPainter.ts';
import { penCursor } from './penCursor.ts';
import { pointerGate } from './pointerGate.ts';

/**
 * Side of the pad in ink units, independent of its size on the screen: a drawing survives a resize or a turned phone.
 */
export const padSide = 1000;

/** Default width of the pen in ink units: about that of MNIST's pens for a digit two thirds of the pad high. */
export const defaultPenWidth = 56;

/** What the events `strokestart`, `inkchange` and `inkend` carry. */
export interface InkEventDetail {
  /** The drawing after the event. */
  readonly ink: Ink;
  /** Time of the user's action, in milliseconds on the document's clock: the start of a latency measurement. */
  readonly timeStamp: number;
}

/** What the event `penchange` carries: the keyboard's pen, so that a page can report its place to a screen reader. */
export interface PenEventDetail {
  /** Whether the pen is down. */
  readonly down: boolean;
  /** Position as a share of the pad's side, 0..1 from the left. */
  readonly x: number;
  /** Position as a share of the pad's side, 0..1 from the top. */
  readonly y: number;
}

/** The elements a pad works on. */
export interface InkPadParts {
  /** Receives pointers, keys and focus; the events are dispatched from here and bubble. Must be square. */
  readonly surface: HTMLElement;
  /** Shows the ink; fills the surface. Its computed `color` is the ink's. */
  readonly canvas: HTMLCanvasElement;
  /** Width of the pen in ink units (the pad's side is `padSide`). */
  readonly penWidth?: number;
}

/**
 * Records the strokes drawn on an element by mouse, finger, pen or keyboard.
 *
 * Dispatches from the surface, bubbling out of shadow trees: `strokestart` (a stroke begins), `inkchange` (the drawing
 * changed in any way, while drawing too), `inkend` (it changed and is at rest: pen lifted, undo, clear, new `ink`) and
 * `penchange` (the keyboard's pen moved or was set down or lifted).
 *
 * @example
 * ```ts no-run
 * import { type InkEventDetail, InkPad } from 'ductus/browser';
 *
 * const surface = document.querySelector<HTMLElement>('#surface')!;
 * const pad = new InkPad({ surface, canvas: surface.querySelector('canvas')! });
 * surface.addEventListener('inkend', (event) => {
 *   console.log((event as CustomEvent<InkEventDetail>).detail.ink.strokes.length);
 * });
 * document.querySelector('#clear')!.addEventListener('click', () => pad.clear());
 * ```
 */
export class InkPad {
  readonly #surface: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #penWidth: number;
  readonly #history = inkHistory();
  readonly #gate = pointerGate();
  readonly #cursor = penCursor(padSide);
  readonly #detach = new AbortController();
  readonly #resize: ResizeObserver;
  #cursorShown = false;
  #paintRequest = 0;

  constructor(parts: InkPadParts) {
    this.#surface = parts.surface;
    this.#canvas = parts.canvas;
    this.#penWidth = parts.penWidth ?? defaultPenWidth;
    // Without this the browser takes a finger's stroke for scrolling and cancels the pointer.
    this.#surface.style.touchAction = 'none';
    this.#listen();
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(this.#canvas);
    this.#fit();
  }

  /** The drawing so far, the stroke being written included. Setting it is one undo step. */
  get ink(): Ink {
    return this.#history.ink;
  }
  set ink(ink: Ink) {
    this.#history.replace(ink);
    this.#changed(performance.now(), true);
  }

  /** Whether nothing is drawn. */
  get empty(): boolean {
    return this.#history.ink.strokes.length === 0;
  }
  /** Whether there is a step to undo. */
  get canUndo(): boolean {
    return this.#history.canUndo;
  }
  /** Whether there is a step to redo. */
  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Undoes the last stroke, clear or replacement. */
  undo(): void {
    if (this.#history.undo()) this.#changed(performance.now(), true);
  }
  /** Restores the last step that `undo` undid. */
  redo(): void {
    if (this.#history.redo()) this.#changed(performance.now(), true);
  }
  /** Removes all strokes; can be undone. */
  clear(): void {
    if (this.#history.clear()) this.#changed(performance.now(), true);
  }
  /** Repaints, for a page that changed its colours by other means than the system's light and dark. */
  repaint(): void {
    if (this.#paintRequest !== 0) return;
    this.#paintRequest = requestAnimationFrame(() => {
      this.#paintRequest = 0;
      this.#paint();
    });
  }
  /** Stops listening; the ink stays readable. */
  dispose(): void {
    this.#detach.abort();
    this.#resize.disconnect();
    cancelAnimationFrame(this.#paintRequest);
  }

  #listen(): void {
    const signal = this.#detach.signal;
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ): void => this.#surface.addEventListener(type, listener, { signal });
    on('pointerdown', (event) => this.#press(event));
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#lift(event));
    on('pointercancel', (event) => this.#cancel(event));
    // A lost capture without pointerup (the window lost the pointer) ends the stroke where it was.
    on('lostpointercapture', (event) => this.#lift(event));
    on('contextmenu', (event) => event.preventDefault());
    on('keydown', (event) => this.#key(event));
    on('keyup', (event) => this.#cursor.release(event.key));
    on('focus', () => this.#useKeyboard(this.#surface.matches(':focus-visible')));
    on('blur', () => {
      if (this.#cursor.rest()) this.#finish(performance.now());
      this.#useKeyboard(false);
    });
    for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => this.repaint(), { signal });
    }
  }

  #press(event: PointerEvent): void {
    const verdict = this.#gate.press(event);
    if (verdict === 'ignore') return;
    event.preventDefault(); // no text selection, no compatibility mouse events
    if (verdict === 'takeOver') this.#history.cancel();
    this.#cursor.rest();
    this.#surface.focus({ preventScroll: true });
    this.#useKeyboard(false);
    this.#history.begin(this.#locate(event, this.#surface.getBoundingClientRect()));
    this.#dispatch('strokestart', event.timeStamp);
    this.#changed(event.timeStamp, false);
    try {
      this.#surface.setPointerCapture(event.pointerId);
    } catch {
      this.#lift(event); // the pointer is gone already (the tap was quicker than the event's delivery), so nothing would end its dot
    }
  }

  #move(event: PointerEvent): void {
    if (!this.#gate.move(event)) return;
    const box = this.#surface.getBoundingClientRect();
    // Browsers hand over one event a frame; the positions in between are inside it.
    const events = event.getCoalescedEvents?.() ?? [];
    this.#history.extend((events.length > 0 ? events : [event]).map((sample) => this.#locate(sample, box)));
    this.#changed(event.timeStamp, false);
  }

  #lift(event: PointerEvent): void {
    if (this.#gate.lift(event)) this.#finish(event.timeStamp);
  }

  #cancel(event: PointerEvent): void {
    if (!this.#gate.lift(event)) return;
    this.#history.cancel();
    this.#changed(event.timeStamp, true);
  }

  #key(event: KeyboardEvent): void {
    const command = this.#cursor.press(event);
    if (command === undefined) return;
    event.preventDefault(); // arrows and space would scroll the page
    this.#useKeyboard(true);
    if (command === 'undo') this.undo();
    else if (command === 'redo') this.redo();
    else if (command === 'clear') this.clear();
    else if (command === 'up') this.#finish(event.timeStamp);
    else if (command === 'down') {
      this.#history.begin(this.#cursor.position);
      this.#dispatch('strokestart', event.timeStamp);
      this.#changed(event.timeStamp, false);
    } else if (this.#cursor.down && this.#history.writing) {
      this.#history.extend([this.#cursor.position]);
      this.#changed(event.timeStamp, false);
    }
    if (command === 'undo' || command === 'redo') this.#cursor.rest(); // the unfinished stroke is finished by now
    this.repaint();
    const { x, y } = this.#cursor.position;
    const detail: PenEventDetail = { down: this.#cursor.down, x: x / padSide, y: y / padSide };
    this.#surface.dispatchEvent(new CustomEvent('penchange', { detail, bubbles: true, composed: true }));
  }

  #finish(timeStamp: number): void {
    if (!this.#history.writing) return;
    this.#history.end();
    this.#changed(timeStamp, true);
  }

  #locate(event: { readonly clientX: number; readonly clientY: number }, box: DOMRect): InkPoint {
    const scale = padSide / box.width;
    // A captured pointer may leave the pad; the pen stays at its edge. A tenth of a unit is far finer than any pixel.
    const place = (value: number): number => Math.round(Math.min(padSide, Math.max(0, value * scale)) * 10) / 10;
    return { x: place(event.clientX - box.left), y: place(event.clientY - box.top) };
  }

  #changed(timeStamp: number, rest: boolean): void {
    this.repaint();
    this.#dispatch('inkchange', timeStamp);
    if (rest) this.#dispatch('inkend', timeStamp);
  }

  #dispatch(type: 'strokestart' | 'inkchange' | 'inkend', timeStamp: number): void {
    const detail: InkEventDetail = { ink: this.#history.ink, timeStamp };
    this.#surface.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /**
   * Shows the keyboard's pen, or hides it; `data-input` on the surface lets the style sheet keep the focus ring to the
   * keyboard.
   */
  #useKeyboard(used: boolean): void {
    this.#surface.dataset.input = used ? 'keyboard' : 'pointer';
    if (this.#cursorShown === used) return;
    this.#cursorShown = used;
    this.repaint();
  }

  #fit(): void {
    const side = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    if (side === 0) return; // not laid out yet; the observer calls again
    if (this.#canvas.width !== side || this.#canvas.height !== side) {
      this.#canvas.width = side;
      this.#canvas.height = side;
    }
    this.#paint(); // at once, not in the next frame: setting the size has cleared the canvas
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const style = getComputedStyle(this.#canvas);
    const look = { color: style.color, penWidth: this.#penWidth, scale: this.#canvas.width / padSide };
    paintStrokes(context, this.#history.ink.strokes, look);
    if (this.#cursorShown) {
      paintCursor(context, this.#cursor.position, this.#cursor.down, { ...look, color: style.caretColor });
    }
  }
}
