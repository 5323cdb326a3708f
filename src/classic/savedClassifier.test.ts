import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someDigits, testHost } from '../../test/classic/conformance.ts';
import { DuctusError, FormatError, UsageError } from '../core/floor.ts';
import { classifierKindNamed, classifierKinds, loadClassifier } from './classifierKinds.ts';
import { crc32 } from './parts/checksumOf.ts';
import { readClassifier, type SavedClassifier, writeClassifier } from './savedClassifier.ts';
import { SavedParts } from './savedParts.ts';

const saved: SavedClassifier = {
  kind: 'made-up',
  labels: ['a', 'ä', '7'],
  width: 4,
  height: 2,
  settings: { rate: 0.1, names: ['x'] },
  tensors: [
    { name: 'w', type: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 0.1) },
    { name: 'p', type: 'uint8', shape: [0, 8], data: new Uint8Array() },
    { name: 'd', type: 'float64', shape: [1], data: Float64Array.of(Number.NaN) },
  ],
};

describe('a saved classifier', () => {
  it('is read back as it was', () => {
    const read = readClassifier(writeClassifier(saved), 'x');
    expect(read).toEqual(saved);
    expect(new SavedParts(read, 'x').tensor('w', 'float32', [null, 3]).data).toEqual(
      Float32Array.of(1, 2, 3, 4, 5, 0.1),
    );
  });

  it('is refused when any one bit has changed, and never read as another', () => {
    const bytes = writeClassifier(saved);
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const damaged = bytes.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        try {
          // A bit of the producer's name, or of an unused number, may change nothing.
          expect(readClassifier(damaged, 'x')).toEqual(saved);
        } catch (error) {
          expect(error).toBeInstanceOf(DuctusError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused with the file and the reason', async () => {
    const without = new Uint8Array(writeClassifier({ ...saved, labels: ['a'] }));
    expect(() => readClassifier(without, 'a.file')).toThrow(/^a\.file: classifier, field labels/);
    expect(() => readClassifier(Uint8Array.of(1, 2, 3), 'a.file')).toThrow(/^a\.file: ONNX model/);
    expect(() => readClassifier(Uint8Array.of(), 'a.file')).toThrow(FormatError);
    await expect(loadClassifier(writeClassifier(saved), testHost, 'a.file')).rejects.toThrow(/known kind.*"made-up"/);
  });

  it('gives only tensors that are as expected', () => {
    const parts = new SavedParts(saved, 'x');
    const tensor = (name: string, type: 'uint8' | 'float32' | 'float64', shape: (number | null)[]): unknown =>
      parts.tensor(name, type, shape);
    expect(() => tensor('v', 'uint8', [])).toThrow(FormatError);
    expect(() => tensor('w', 'float64', [2, 3])).toThrow(/expected float64 \[2, 3\], found float32 \[2, 3\]/);
    expect(() => tensor('w', 'float32', [3, null])).toThrow(/expected float32 \[3, any\]/);
    expect(() => tensor('d', 'float64', [1])).toThrow(/finite/);
    expect(() => parts.tensor('w', 'float32', [2, 3], { most: 4 })).toThrow(/to 4, found 5/);
  });
});

describe('kinds', () => {
  it('are found again by what a file says', async () => {
    const { train, test } = await someDigits(60, 20);
    const classifier = await classifierKindNamed('fuzzy-membership', testHost).fit(train, { seed: 1 });
    const loaded = await loadClassifier(writeClassifier(classifier.save()), testHost, 'x');
    expect(await loaded.predict(test.images)).toEqual(await classifier.predict(test.images));
  });

  it('have names of their own', () => {
    const names = classifierKinds(testHost).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(classifierKindNamed(name, testHost).name).toBe(name);
    expect(() => classifierKindNamed('magic', testHost)).toThrow(UsageError);
  });
});

it('crc32 is that of IEEE 802.3', () => {
  // Check value of the standard.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new TextEncoder().encode('6789'), crc32(new TextEncoder().encode('12345')))).toBe(0xcbf43926);
});
