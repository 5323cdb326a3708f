// Each part of a capture separately, on real digits: its effect on the picture, and that the truth moves along.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream, ShapeError, UsageError } from '../../core/floor.ts';
import { blankPicture, type Picture } from '../../picture/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { pictureAt } from '../data/pictures.ts';
import { captureColourSample, captureSample } from './capture.ts';
import type { CaptureConfig } from './config.ts';
import { captureNamed, capturePresets } from './presets.ts';

let digits: Picture[];
beforeAll(async () => {
  const data = await openDataset('mnist:train');
  digits = Array.from({ length: 12 }, (_, index) => pictureAt(data, index));
});

const plain: CaptureConfig = { size: [60, 60], margin: [0.2, 0.2] };
const capture = (config: Partial<CaptureConfig>, index = 0, seed = 1) =>
  captureSample(digits[index]!, { ...plain, ...config }, randomStream(seed), (random) => digits[random.integer(12)]!);
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
/** Mean light of the paper: pixels without ink within two pixels of a soft edge. */
const paperOf = ({ picture, ink }: { picture: Picture; ink: Picture }): number[] =>
  [...picture.pixels].filter((_, i) => ink.pixels[i] === 0 && ink.pixels[i + 1] === 0 && ink.pixels[i - 1] === 0);
const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe('captureSample', () => {
  it('writes black on white where nothing else is asked for, and says where', () => {
    const { picture, ink } = capture({});
    expect(Math.max(picture.width, picture.height)).toBe(60 + 2 * 12);
    expect([...picture.pixels]).toEqual([...ink.pixels].map((value) => 255 - value));
    expect(mean(ink.pixels)).toBeGreaterThan(20);
  });

  it.each(capturePresets.map(({ name }) => name))(
    '%s: the same generator gives the same picture, another one another',
    (name) => {
      const { config } = captureNamed(name);
      expect(JSON.parse(JSON.stringify(config))).toEqual(config);
      const take = (seed: number) => captureSample(digits[1]!, config, randomStream(seed), () => digits[2]!);
      expect(take(5)).toEqual(take(5));
      expect(take(5).picture).not.toEqual(take(6).picture);
      for (let seed = 0; seed < 10; seed++) {
        const { picture, ink } = take(seed);
        expect(picture.pixels.length).toBe(picture.width * picture.height);
        expect([ink.width, ink.height]).toEqual([picture.width, picture.height]);
        expect(Math.max(...ink.pixels)).toBeGreaterThan(100);
      }
    },
  );

  it('follows size and margin, each side by itself; below 0 the edge cuts the character', () => {
    const sizes = Array.from({ length: 40 }, (_, seed) => capture({ size: [30, 90], margin: [0, 0] }, 0, seed).picture);
    const sides = sizes.map(({ width, height }) => Math.max(width, height));
    expect(Math.min(...sides)).toBeLessThan(36);
    expect(Math.max(...sides)).toBeGreaterThan(84);
    const cut = capture({ margin: [-0.1, -0.1] }).ink;
    expect(Math.max(cut.width, cut.height)).toBe(60 - 2 * 6);
    const offCentre = capture({ margin: [0, 1] }, 0, 3).ink;
    const columns = Array.from({ length: offCentre.width }, (_, x) =>
      Array.from({ length: offCentre.height }, (_, y) => offCentre.pixels[y * offCentre.width + x]!).some((v) => v > 0),
    );
    expect(columns.indexOf(true)).not.toBe(offCentre.width - 1 - columns.lastIndexOf(true));
  });

  it('writes with pens of different widths along the same path', () => {
    const area = (width: number): number => mean(capture({ pen: { width: [width, width] } }, 3).ink.pixels);
    expect(area(0.12) / area(0.06)).toBeGreaterThan(1.6);
    expect(area(0.12) / area(0.06)).toBeLessThan(2.3);
    // As thick as MNIST's own strokes, it covers about as much.
    expect(area(0.12) / mean(capture({}, 3).ink.pixels)).toBeGreaterThan(0.6);
    expect(area(0.12) / mean(capture({}, 3).ink.pixels)).toBeLessThan(1.6);
  });

  it('stretches towards a square: not at all at 0, all the way at 1', () => {
    const aspect = (share: number): number => {
      const { ink } = capture({ margin: [0, 0], stretch: [share, share] }, 3); // a one
      return ink.width / ink.height;
    };
    expect(aspect(0)).toBeLessThan(0.7);
    expect(aspect(0.5)).toBeCloseTo(Math.sqrt(aspect(0)), 1);
    expect(aspect(1)).toBe(1);
  });

  it('divides into black and white, as large a share of the pictures as asked for', () => {
    const grey = { pen: { contrast: [0.5, 0.5] as const }, camera: { blur: [0.5, 0.5] as const } };
    const levels = (bitmap: number, seed: number) =>
      new Set(capture({ ...grey, camera: { ...grey.camera, bitmap } }, 0, seed).picture.pixels).size;
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    expect(seeds.every((seed) => levels(1, seed) === 2)).toBe(true);
    expect(seeds.every((seed) => levels(0, seed) > 10)).toBe(true);
    const half = seeds.filter((seed) => levels(0.5, seed) === 2).length;
    expect(half).toBeGreaterThan(10);
    expect(half).toBeLessThan(30);
  });

  it('leaves pale ink pale, and uneven ink uneven', () => {
    expect(Math.min(...capture({ pen: { contrast: [0.4, 0.4] } }).picture.pixels)).toBe(255 * 0.6);
    const written = (config: Partial<CaptureConfig>): number[] => {
      const { picture, ink } = capture(config);
      return [...picture.pixels].filter((_, i) => ink.pixels[i] === 255);
    };
    expect(deviation(written({ pen: { fading: [0.3, 0.3] } }))).toBeGreaterThan(15);
    expect(deviation(written({ pen: { grain: [0.3, 0.3] } }))).toBeGreaterThan(15);
  });

  it('lays paper, with texture and pattern', () => {
    const tone = paperOf(capture({ paper: { tone: [0.8, 0.8] } }));
    expect([mean(tone), deviation(tone)]).toEqual([255 * 0.8, 0]);
    const rough = paperOf(capture({ paper: { tone: [0.8, 0.8], texture: [0.05, 0.05] } }));
    expect(deviation(rough)).toBeGreaterThan(4);
    expect(deviation(rough)).toBeLessThan(14);
    const patterned = paperOf(capture({ paper: { pattern: { contrast: [0.4, 0.4], period: [8, 8] } } }));
    expect(Math.max(...patterned) - Math.min(...patterned)).toBeGreaterThan(90);
  });

  it('draws ruled and squared lines, and the edges of a box', () => {
    const dark = ({ width, height, pixels }: Picture): [number, number] => {
      const isDark = (x: number, y: number): boolean => pixels[y * width + x]! < 200;
      const [xs, ys] = [Array.from({ length: width }, (_, x) => x), Array.from({ length: height }, (_, y) => y)];
      return [
        ys.filter((y) => xs.every((x) => isDark(x, y))).length,
        xs.filter((x) => ys.every((y) => isDark(x, y))).length,
      ];
    };
    const line = { thickness: [0.05, 0.05], contrast: [0.5, 0.5] } as const;
    const ruled = dark(capture({ ruling: { ...line, chance: 1, spacing: [0.4, 0.4] } }).picture);
    expect(ruled[0]).toBeGreaterThanOrEqual(6);
    expect(ruled[1]).toBe(0);
    const squared = dark(capture({ ruling: { ...line, chance: 1, squared: 1, spacing: [0.4, 0.4] } }).picture);
    expect(Math.min(...squared)).toBeGreaterThanOrEqual(4);
    expect(dark(capture({ box: { ...line, chance: 1, inset: [0.05, 0.05] } }).picture).map(Boolean)).toEqual([
      true,
      true,
    ]);
    expect(dark(capture({ box: { ...line, chance: 0, inset: [0.05, 0.05] } }).picture)).toEqual([0, 0]);
  });

  it('darkens borders, throws shadows and scatters specks on the paper', () => {
    const { picture } = capture({ border: { chance: 1, depth: [0.1, 0.1], tone: [0.1, 0.1] } });
    const { width, height, pixels } = picture;
    for (const at of [0, width - 1, (height - 1) * width, (height >> 1) * width, width >> 1]) {
      expect(pixels[at]).toBeLessThan(60);
    }
    const sloped = paperOf(capture({ light: { slope: [0.4, 0.4] } }));
    expect(Math.max(...sloped) - Math.min(...sloped)).toBeGreaterThan(70);
    const shadow = { chance: 1, depth: [0.5, 0.5], softness: [0.02, 0.02] } as const;
    const shadowed = paperOf(capture({ light: { shadow } }));
    expect(Math.min(...shadowed)).toBeLessThan(140);
    expect(Math.max(...shadowed)).toBe(255);
    const specked = paperOf(capture({ specks: { number: [20, 20], size: [3, 3], contrast: [1, 1] } }));
    const share = specked.filter((value) => value < 128).length / specked.length;
    expect(share).toBeGreaterThan(0.005);
    expect(share).toBeLessThan(0.1);
  });

  it('brings in neighbours from the sides, none of which touches the character, and writing from behind', {
    tags: ['slow'],
  }, () => {
    let entered = 0;
    for (let seed = 0; seed < 10; seed++) {
      const neighbours = { beside: 1, above: 1, reach: [0.2, 0.2] } as const;
      const { picture, ink } = capture({ neighbours }, 0, seed);
      const { width } = picture;
      for (let i = width + 1; i < picture.pixels.length - width - 1; i++) {
        const alone = 255 - ink.pixels[i]!;
        if (picture.pixels[i]! >= alone) continue;
        entered++;
        for (const step of [-width - 1, -width, -1, 1, width, width + 1])
          expect(ink.pixels[i + step]).toBeLessThan(128);
      }
    }
    expect(entered).toBeGreaterThan(500);
    const behind = paperOf(capture({ bleed: { chance: 1, strength: [0.2, 0.2] } }));
    expect(Math.min(...behind)).toBe(Math.round(255 * 0.8));
  });

  it('takes the picture: blur and lost resolution keep the light, noise has its deviation, JPEG its blocks', () => {
    const still = mean(capture({}).picture.pixels);
    for (const camera of [{ blur: [1.5, 1.5] }, { resolution: [0.4, 0.4] }] as const) {
      const { picture } = capture({ camera });
      expect(Math.abs(mean(picture.pixels) - still)).toBeLessThan(2);
      expect(deviation([...picture.pixels])).toBeLessThan(0.93 * deviation([...capture({}).picture.pixels]));
    }
    const noisy = paperOf(capture({ paper: { tone: [0.5, 0.5] }, camera: { noise: [0.04, 0.04] } }));
    expect(Math.abs(deviation(noisy) / (0.04 * 255) - 1)).toBeLessThan(0.1);
    const best = capture({ camera: { jpeg: [100, 100] } }).picture.pixels;
    const worst = capture({ camera: { jpeg: [15, 15] } }).picture.pixels;
    const clean = capture({}).picture.pixels;
    expect(Math.max(...best.map((value, i) => Math.abs(value - clean[i]!)))).toBeLessThan(5);
    expect(mean(worst.map((value, i) => Math.abs(value - clean[i]!)))).toBeGreaterThan(3);
  });

  it('tilts the sheet with the truth', () => {
    const { picture, ink } = capture({ camera: { turn: 20, perspective: 0.2 } }, 0, 4);
    expect(ink.pixels).not.toEqual(capture({}, 0, 4).ink.pixels);
    const off = picture.pixels.map((value, i) => Math.abs(255 - value - ink.pixels[i]!));
    expect(Math.max(...off)).toBeLessThan(2);
  });

  it('turns the asked share into negatives', () => {
    const light = Array.from(
      { length: 60 },
      (_, seed) => mean(capture({ negative: 0.5 }, 0, seed).picture.pixels) > 128,
    );
    const share = light.filter(Boolean).length / 60;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
    const { picture } = capture({});
    expect([...capture({ negative: 1 }).picture.pixels]).toEqual([...picture.pixels].map((value) => 255 - value));
  });

  it('gives empty paper for a blank picture, and refuses what is no picture or no config', () => {
    const { picture, ink } = captureSample(blankPicture(28, 28), plain, randomStream(1));
    expect(Math.max(...ink.pixels)).toBe(0);
    expect(Math.min(...picture.pixels)).toBe(255);
    const lying = { width: 28, height: 28, pixels: new Uint8Array(3) };
    expect(() => captureSample(lying, plain, randomStream(1))).toThrow(ShapeError);
    expect(() => capture({ size: [4, 5] })).toThrow(UsageError);
    expect(() => capture({ size: [4, 5] })).toThrow('capture, field size.0: ');
    expect(() => capture({ pen: { width: [0.2, 0.1] } })).toThrow('field pen.width: ');
    expect(() => capture({ camera: { jpeg: [0, 50] } })).toThrow('field camera.jpeg.0: ');
    expect(() => capture({ box: { chance: 2, inset: [0, 0], thickness: [0, 0], contrast: [0, 0] } })).toThrow(
      'field box.chance: ',
    );
    expect(() => captureNamed('fax')).toThrow('expected one of ballpointScan, pencil');
  });
});

describe('captureColourSample', () => {
  it('has the pen in its colour, and as grey the luma of it', () => {
    const config = { ...plain, pen: { colours: [[0.1, 0.2, 0.6]] } } as const;
    const colour = captureColourSample(digits[0]!, config, randomStream(1));
    const grey = captureSample(digits[0]!, config, randomStream(1));
    const at = grey.ink.pixels.indexOf(255);
    expect([...colour.colours.subarray(3 * at, 3 * at + 3)]).toEqual([0.1, 0.2, 0.6].map((v) => Math.round(255 * v)));
    expect(grey.picture.pixels[at]).toBe(Math.round(255 * (0.299 * 0.1 + 0.587 * 0.2 + 0.114 * 0.6)));
    expect(colour.ink).toEqual(grey.ink);
  });
});
