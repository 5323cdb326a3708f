// The few globals that every JavaScript host of today has (Node 20+, browsers, workers) and that the ES library does
// not declare. The floors below `platform` see neither Node's types nor the DOM's; what they may use of the host stands here.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
