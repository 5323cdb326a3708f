// CRC-32 over a saved classifier: a flipped bit in a weight would otherwise change answers silently. No protection
// against an attacker.
import type { OnnxTensor } from '../../onnx/floor.ts';

/** The polynomial of IEEE 802.3, bits reversed. */
const polynomial = 0xedb88320;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value;
});

/**
 * CRC-32 of some bytes, continued from that of the bytes before. @param before CRC-32 of those; default: there are
 * none.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  for (let i = 0; i < bytes.length; i++) value = table[(value ^ bytes[i]!) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
}

/** Checksum of a text and of tensors: their names, types, shapes and elements, in their order. */
export function checksumOf(text: string, tensors: readonly OnnxTensor[]): number {
  const encoder = new TextEncoder();
  let value = crc32(encoder.encode(text));
  for (const { name, type, shape, data } of tensors) {
    value = crc32(encoder.encode(JSON.stringify([name, type, shape])), value);
    value = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), value);
  }
  return value;
}
