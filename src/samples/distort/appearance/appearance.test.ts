// Stroke width, blur and noise on real digits.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../core/floor.ts';
import { openDataset } from '../../../platform/node/floor.ts';
import { addNoise } from './addNoise.ts';
import { createAppearanceChanger } from './appearance.ts';
import { blur } from './blur.ts';
import { changeStrokeWidth } from './changeStrokeWidth.ts';

let pictures: Float32Array[];

beforeAll(async () => {
  const { images } = await openDataset('mnist:train');
  pictures = Array.from({ length: 40 }, (_, index) =>
    Float32Array.from(images.subarray(index * 784, (index + 1) * 784)),
  );
});

const ink = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

function stroked(picture: Float32Array, amount: number): Float32Array {
  const values = picture.slice();
  changeStrokeWidth(values, 28, 28, amount, new Float32Array(784));
  return values;
}

function blurred(picture: Float32Array, sigma: number): Float32Array {
  const values = picture.slice();
  blur(values, 28, 28, sigma, new Float32Array(784), new Float64Array(28));
  return values;
}

describe('changeStrokeWidth', () => {
  it('never takes ink away when it widens, nor adds any when it narrows: every pixel rises with the amount', () => {
    const amounts = [-1, -0.6, -0.2, 0, 0.1, 0.5, 1];
    for (const picture of pictures) {
      const results = amounts.map((amount) => stroked(picture, amount));
      for (let step = 1; step < amounts.length; step++) {
        expect(results[step]!.every((value, pixel) => value >= results[step - 1]![pixel]!)).toBe(true);
        expect(ink(results[step]!)).toBeGreaterThan(ink(results[step - 1]!));
      }
      expect(results[3]).toEqual(picture);
    }
  });

  it('is grey dilation and erosion at 1 and -1', () => {
    for (const picture of pictures.slice(0, 5)) {
      const [wide, narrow] = [stroked(picture, 1), stroked(picture, -1)];
      for (let y = 1; y < 27; y++) {
        for (let x = 1; x < 27; x++) {
          const about = [-29, -28, -27, -1, 0, 1, 27, 28, 29].map((offset) => picture[y * 28 + x + offset]!);
          expect(wide[y * 28 + x]).toBe(Math.max(...about));
          expect(narrow[y * 28 + x]).toBe(Math.min(...about));
        }
      }
    }
  });

  it('changes the width of a stroke by twice the amount', () => {
    const stroke = Float32Array.from({ length: 784 }, (_, index) => (index % 28 > 9 && index % 28 < 14 ? 255 : 0));
    for (const amount of [-0.7, 0.25, 1]) {
      const row = stroked(stroke, amount).subarray(14 * 28, 15 * 28);
      expect(ink(row) / 255).toBeCloseTo(4 + 2 * amount, 4);
    }
  });
});

describe('blur', () => {
  it('keeps the ink and spreads it by its variance', () => {
    const dot = new Float32Array(784);
    dot[14 * 28 + 13] = 255;
    for (const sigma of [0.6, 1, 1.7]) {
      const values = blurred(dot, sigma);
      expect(ink(values)).toBeCloseTo(255, 2);
      const variance = values.reduce((sum, value, index) => sum + value * ((index % 28) - 13) ** 2, 0) / 255;
      expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(0.06); // the kernel ends at three deviations
    }
    // Some digits have a little ink within three pixels of the edge, and what is blurred beyond the edge is lost.
    for (const picture of pictures) expect(ink(blurred(picture, 0.8)) / ink(picture)).toBeCloseTo(1, 2);
  });

  it('leaves the picture as it is at 0 and next to 0', () => {
    expect(blurred(pictures[0]!, 0)).toEqual(pictures[0]);
    expect(blurred(pictures[0]!, 1e-200)).toEqual(pictures[0]);
  });
});

describe('addNoise', () => {
  it('has the deviation that it is told, around the picture', () => {
    const values = new Float32Array(50_000).fill(128);
    addNoise(values, 0.1, randomStream(2));
    const mean = ink(values) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).toBeCloseTo(128, 0);
    expect(Math.abs(deviation / 25.5 - 1)).toBeLessThan(0.02);
  });
});

describe('createAppearanceChanger', () => {
  it('is none where nothing is to be changed', () => {
    expect(createAppearanceChanger({}, 28, 28)).toBeUndefined();
  });

  it('gives each sample an amount from the whole range', () => {
    const change = createAppearanceChanger({ stroke: [-0.5, 0.5] }, 28, 28)!;
    const picture = Uint8Array.from(pictures[0]!);
    const ratios = Array.from({ length: 200 }, (_, seed) => {
      const pixels = picture.slice();
      change(pixels, randomStream(seed), 1);
      return ink(pixels) / ink(picture);
    });
    const ends = [-0.5, 0.5].map((amount) => ink(stroked(pictures[0]!, amount)) / ink(picture));
    expect(Math.min(...ratios)).toBeGreaterThan(ends[0]! - 0.01);
    expect(Math.min(...ratios)).toBeLessThan(ends[0]! + 0.05);
    expect(Math.max(...ratios)).toBeLessThan(ends[1]! + 0.01);
    expect(Math.max(...ratios)).toBeGreaterThan(ends[1]! - 0.05);
  });

  it('stays within grey levels', () => {
    const change = createAppearanceChanger({ noise: [1, 1], stroke: [1, 1] }, 28, 28)!;
    const pixels = Uint8Array.from(pictures[1]!);
    change(pixels, randomStream(1), 1);
    // Noise as strong as ink, cut at both ends: about half of the paper stays bare, and nothing wraps round.
    const bare = pixels.filter((value) => value === 0).length;
    expect(bare).toBeGreaterThan(250);
    expect(bare).toBeLessThan(450);
  });
});
