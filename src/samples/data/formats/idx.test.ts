import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DuctusError, FormatError, UsageError } from '../../../core/floor.ts';
import { formatIdx, type IdxArray, type IdxType, maxIdxRank, parseIdx } from './idx.ts';

const elements = {
  uint8: (data: number[]) => Uint8Array.from(data),
  int8: (data: number[]) => Int8Array.from(data),
  uint16: (data: number[]) => Uint16Array.from(data),
  int32: (data: number[]) => Int32Array.from(data),
  float32: (data: number[]) => Float32Array.from(data),
  float64: (data: number[]) => Float64Array.from(data),
};
const types = Object.keys(elements) as IdxType[];

const anyArray = fc
  .tuple(fc.constantFrom(...types), fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: maxIdxRank }))
  .chain(([type, shape]) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const number = type.startsWith('float') ? fc.double() : fc.integer();
    return fc
      .array(number, { minLength: Math.min(count, 300), maxLength: Math.min(count, 300) })
      .map((some) => Array.from({ length: count }, (_, i) => some[i % some.length]!))
      .map((data) => ({ type, shape, data: elements[type](data) }) as IdxArray);
  });

describe('IDX', () => {
  it('reads what it wrote, for every type and shape', () => {
    fc.assert(
      fc.property(anyArray, fc.integer({ min: 0, max: 7 }), (array, shift) => {
        const bytes = formatIdx(array);
        // At any offset of a larger buffer, like subarrays of downloads.
        const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
        shifted.set(bytes);
        expect(parseIdx(shifted, 'a.idx')).toEqual(array);
      }),
    );
  });

  it('writes the bytes of the format', () => {
    const bytes = formatIdx({ type: 'uint16', shape: [1, 2], data: Uint16Array.of(0x0102, 0xfffe) });
    expect([...bytes]).toEqual([0, 0, 0x0b, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 0xff, 0xfe]);
    expect([...formatIdx({ type: 'float32', shape: [1], data: Float32Array.of(1) })]).toEqual([
      0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0x80, 0, 0,
    ]);
    expect([...formatIdx({ type: 'int32', shape: [1], data: Int32Array.of(-2) })].slice(8)).toEqual([
      255, 255, 255, 254,
    ]);
  });

  it('does not copy uint8 pixels', () => {
    const bytes = formatIdx({ type: 'uint8', shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) });
    const { data } = parseIdx(bytes, 'a.idx');
    expect(data.buffer).toBe(bytes.buffer);
    expect([...data]).toEqual([1, 2, 3, 4]);
  });

  it('answers random bytes only with its own errors', () => {
    const header = fc
      .tuple(
        fc.constantFrom(0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, 0x0a, 0xff),
        fc.nat(10),
        fc.uint8Array({ maxLength: 60 }),
      )
      .map(([code, rank, rest]) => Uint8Array.of(0, 0, code, rank, ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), header), (bytes) => {
        try {
          const { shape, data } = parseIdx(bytes, 'random.idx');
          expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(DuctusError);
          expect((error as Error).message).toMatch(/^random\.idx: reading IDX: expected .+, received .+/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses every cut-off and every extended file', () => {
    fc.assert(
      fc.property(anyArray, fc.nat(), (array, at) => {
        const bytes = formatIdx(array);
        expect(() => parseIdx(bytes.subarray(0, at % bytes.length), 'cut.idx')).toThrow(FormatError);
        expect(() => parseIdx(Uint8Array.of(...bytes, 0), 'long.idx')).toThrow(/too long/);
      }),
    );
  });

  it('is not fooled by hostile sizes', () => {
    const claim = (...extents: number[]) => {
      const bytes = new Uint8Array(20);
      bytes.set([0, 0, 0x08, extents.length]);
      const view = new DataView(bytes.buffer);
      extents.forEach((extent, axis) => {
        view.setUint32(4 + 4 * axis, extent);
      });
      return bytes;
    };
    expect(() => parseIdx(claim(4294967295), 'big.idx')).toThrow('expected 4294967303 bytes');
    // 2^32 modulo 2^32 would be 0, and 65536 * 65536 * 65536 * 65536 modulo 2^64 too.
    expect(() => parseIdx(claim(65536, 65536, 1), 'wrap.idx')).toThrow(/too short/);
    expect(() => parseIdx(claim(65536, 65536, 65536, 65536), 'wrap.idx')).toThrow(/too short/);
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 0), 'scalar.idx')).toThrow('expected 1 to 8 axes, received 0');
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 255), 'deep.idx')).toThrow('expected 1 to 8 axes, received 255');
    expect(() => parseIdx(Uint8Array.of(0x1f, 0x8b, 8, 0), 'a.gz')).toThrow('gzip');
    expect(() => parseIdx(Uint8Array.of(0, 0, 0x0a, 1, 0, 0, 0, 0), 'type.idx')).toThrow('received 0x0a');
  });

  it('holds an array against what the caller expects', () => {
    const bytes = formatIdx({ type: 'float32', shape: [2, 1], data: new Float32Array(2) });
    expect(() => parseIdx(bytes, 'a.idx', { rank: 3 })).toThrow('a.idx: reading IDX: expected an array of 3 axes');
    expect(() => parseIdx(bytes, 'a.idx', { types: ['uint8', 'int32'] })).toThrow(
      'of type uint8, int32, received float32',
    );
    expect(parseIdx(bytes, 'a.idx', { rank: 2, types: ['float32'] }).shape).toEqual([2, 1]);
  });

  it('refuses to write what could not be read again', () => {
    const data = new Uint8Array(3);
    expect(() => formatIdx({ type: 'uint8', shape: [2], data })).toThrow('expected 2 elements for [2], received 3');
    expect(() => formatIdx({ type: 'uint8', shape: [], data })).toThrow(UsageError);
    expect(() => formatIdx({ type: 'uint8', shape: new Array(9).fill(1), data })).toThrow(UsageError);
    expect(() => formatIdx({ type: 'uint8', shape: [1.5, 2], data })).toThrow(UsageError);
    expect(() => formatIdx({ type: 'uint8', shape: [-3, -1], data })).toThrow(UsageError);
  });
});
