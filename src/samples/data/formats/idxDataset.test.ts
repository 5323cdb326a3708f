import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { formatIdx, type IdxArray } from './idx.ts';
import { idxDataset } from './idxDataset.ts';

const pair = (shape: number[], labels: IdxArray) => ({
  images: formatIdx({
    type: 'uint8',
    shape,
    data: Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
  }),
  labels: formatIdx(labels),
  imagesName: 'x-images-idx3',
  labelsName: 'x-labels-idx1',
});
const bytes = (...values: number[]): IdxArray => ({
  type: 'uint8',
  shape: [values.length],
  data: Uint8Array.from(values),
});

describe('idxDataset', () => {
  it('pairs pictures with labels, rows before columns', () => {
    const files = pair([2, 3, 4], bytes(1, 0));
    const dataset = idxDataset('x', files, ['a', 'b']);
    expect(dataset).toMatchObject({ name: 'x', labels: ['a', 'b'], height: 3, width: 4, count: 2 });
    expect([...dataset.targets]).toEqual([1, 0]);
    expect(dataset.images.buffer).toBe(files.images.buffer);
    expect(dataset.images[12]).toBe(12);
  });

  it('names classes by number where it has no texts', () => {
    expect(idxDataset('x', pair([2, 1, 1], bytes(3, 1))).labels).toEqual(['0', '1', '2', '3']);
  });

  it('takes wide labels', () => {
    const labels: IdxArray = { type: 'int32', shape: [2], data: Int32Array.of(300, 65535) };
    expect([...idxDataset('x', pair([2, 1, 1], labels)).targets]).toEqual([300, 65535]);
  });

  it.each<[string, number[], IdxArray, string]>([
    [
      'counts that differ',
      [3, 1, 1],
      bytes(0, 1),
      'x-labels-idx1: expected 3 labels, one for each picture of x-images',
    ],
    ['no picture', [0, 1, 1], bytes(), 'x-images-idx3: expected at least one picture'],
    ['pictures of no pixel', [1, 0, 1], bytes(0), 'received shape [1, 0, 1]'],
    [
      'images of rank 1',
      [2],
      bytes(0, 1),
      'x-images-idx3: reading IDX: expected an array of 3 axes, received one of 1',
    ],
    [
      'a label beyond the classes',
      [2, 1, 1],
      bytes(0, 2),
      'label of sample 1: expected 0 to 1 (the set names 2 classes), received 2',
    ],
    ['a negative label', [1, 1, 1], { type: 'int8', shape: [1], data: Int8Array.of(-1) }, 'received -1'],
    ['a huge label', [1, 1, 1], { type: 'int32', shape: [1], data: Int32Array.of(2 ** 30) }, 'expected 0 to 1'],
    [
      'labels that are fractions',
      [1, 1, 1],
      { type: 'float32', shape: [1], data: Float32Array.of(0.5) },
      'received float32',
    ],
  ])('refuses %s', (_, shape, labels, text) => {
    expect(() => idxDataset('x', pair(shape, labels), ['a', 'b'])).toThrow(FormatError);
    expect(() => idxDataset('x', pair(shape, labels), ['a', 'b'])).toThrow(text);
  });
});
