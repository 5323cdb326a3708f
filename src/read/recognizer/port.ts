// The little of a message port that the recogniser's two halves need, met by a browser's Worker and worker scope, by
// both kinds of MessagePort, and by Node's Worker and parentPort. Below the platform floor, so declared by shape.

/** Something that messages can be sent to, and that emits those of the other side in the browser's way or in Node's. */
export interface RecognizerPort {
  /** Sends a message; what is in `transfer` moves to the other side and is empty here. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** The browser's way. */
  addEventListener?(type: 'message' | 'messageerror' | 'error', listener: (event: object) => void): void;
  /** Takes a listener of `addEventListener` away. */
  removeEventListener?(type: 'message' | 'messageerror' | 'error', listener: (event: object) => void): void;
  /** Node's way, preferred where both are there because a Worker of Node has only this. */
  on?(type: string, listener: (value: unknown) => void): unknown;
  /** Takes a listener of `on` away. */
  off?(type: string, listener: (value: unknown) => void): unknown;
  /** A MessagePort delivers nothing to event listeners before it is started. */
  start?(): void;
}

/** Who is told what a port brings. */
export interface PortListener {
  message(data: unknown): void;
  /** The other side is gone or cannot be understood. */
  failure(reason: string): void;
}

/** Listens to a port; returns what stops listening. */
export function listenTo(port: RecognizerPort, listener: PortListener): () => void {
  if (port.on !== undefined) {
    const handlers: Record<string, (value: unknown) => void> = {
      message: (data) => listener.message(data),
      messageerror: () => listener.failure('a message could not be read'),
      error: (error) => listener.failure(error instanceof Error ? error.message : 'an error in the worker'),
      exit: () => listener.failure('the worker ended'),
      close: () => listener.failure('the port was closed'),
    };
    for (const [type, handler] of Object.entries(handlers)) port.on(type, handler);
    return () => {
      for (const [type, handler] of Object.entries(handlers)) port.off?.(type, handler);
    };
  }
  const message = (event: object): void => listener.message((event as { readonly data?: unknown }).data);
  const unreadable = (): void => listener.failure('a message could not be read');
  const failed = (event: object): void =>
    listener.failure((event as { readonly message?: string }).message || 'an error in the worker');
  port.addEventListener?.('message', message);
  port.addEventListener?.('messageerror', unreadable);
  port.addEventListener?.('error', failed);
  port.start?.();
  return () => {
    port.removeEventListener?.('message', message);
    port.removeEventListener?.('messageerror', unreadable);
    port.removeEventListener?.('error', failed);
  };
}
