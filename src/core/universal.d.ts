// The few globals that every JavaScript host of today has (Node 20+, browsers, workers) and that the ES library does
// not declare. The floors below `platform` see neither Node's types nor the DOM's; what they may use of the host stands
// here.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare function atob(base64: string): string;
interface ImportMeta {
  url: string;
}
/** Only what the kernels of runtime and optimiser use; a host may lack it all, or refuse to compile. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, Memory>>);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    /** A SharedArrayBuffer where the memory is shared. */
    readonly buffer: ArrayBuffer;
    /** @param pages of 64 KiB; detaches the buffer of before. */
    grow(pages: number): number;
  }
}
