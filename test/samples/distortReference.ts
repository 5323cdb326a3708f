// The sample generator once more, written from its definition: for each pixel all of every sum, in float64. Slow, and
// plainly right; the tests hold the fast one against it.
import type { Random } from '../../src/core/floor.ts';
import type { DistortionConfig } from '../../src/samples/distort/config.ts';

/** A displacement of pixel (x, y) along both axes. */
type Field = (x: number, y: number) => readonly [number, number];
/** `[pixel, grid point]`, what a grid point counts at a pixel. */
type Kernel = readonly (readonly number[])[];

/**
 * A distorted copy of a picture, as `createDistorter` makes it from the same generator.
 *
 * @param config that of the sample's class.
 * @param source `[height, width]`.
 * @returns `[height, width]`, not rounded.
 */
export function distortReference(
  config: DistortionConfig,
  width: number,
  height: number,
  source: Uint8Array,
  random: Random,
  strength: number,
): Float64Array {
  const within = (limit = 0): number => (2 * random.uniform() - 1) * limit * strength;
  let angle = (within(config.rotation) * Math.PI) / 180;
  const [scaleX, scaleY] = [1 + within(config.scale), 1 + within(config.scale)];
  let slant = within(config.shear);
  const [shiftX, shiftY] = [within(config.shift), within(config.shift)];
  if (config.rotateOrShear === true) {
    if (random.uniform() < 0.5) slant = 0;
    else angle = 0;
  }
  const [tiltX, tiltY] =
    config.perspective === undefined ? [0, 0] : [within(config.perspective), within(config.perspective)];
  const { mirror } = config;
  const flipX = mirror !== undefined && random.uniform() < (mirror.horizontal ?? 0) * strength ? -1 : 1;
  const flipY = mirror !== undefined && random.uniform() < (mirror.vertical ?? 0) * strength ? -1 : 1;
  const fields = [
    ...gridFields(config, width, height, random, strength),
    ...elasticFields(config, width, height, random, strength),
  ];

  // Where content goes: scaled, then turned (clockwise, as y points down), then slanted. Where it comes from is the
  // inverse.
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = [cos * scaleX, -sin * scaleY, sin * scaleX, cos * scaleY] as const;
  const [a, b, c, d] = [turned[0] - slant * turned[2], turned[1] - slant * turned[3], turned[2], turned[3]];
  const determinant = a * d - b * c;

  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const warped = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [x - centreX, y - centreY];
      const depth = 1 + (tiltX * across) / Math.max(1, centreX) + (tiltY * down) / Math.max(1, centreY);
      let fromX = centreX + (flipX * ((d * across - b * down) / determinant + shiftX)) / depth;
      let fromY = centreY + (flipY * ((a * down - c * across) / determinant + shiftY)) / depth;
      for (const field of fields) {
        const [dx, dy] = field(x, y);
        fromX += dx;
        fromY += dy;
      }
      warped[y * width + x] = interpolated(source, width, height, fromX, fromY);
    }
  }
  return withLooks(config, width, height, warped, random, strength);
}

/** The sum over all grid points of both axes' kernels times a random number. */
function randomField(columns: Kernel, rows: Kernel, draw: () => number): Field {
  const grid = rows[0]!.map(() => columns[0]!.map(() => [draw(), draw()] as const));
  return (x, y) => {
    let [dx, dy] = [0, 0];
    for (const [row, line] of grid.entries()) {
      for (const [column, [numberX, numberY]] of line.entries()) {
        const weight = columns[x]![column]! * rows[y]![row]!;
        dx += weight * numberX;
        dy += weight * numberY;
      }
    }
    return [dx, dy];
  };
}

/** A table of what each of `points` grid points counts at each of `pixels` pixels. */
function kernelTable(pixels: number, points: number, kernel: (pixel: number, point: number) => number): Kernel {
  return Array.from({ length: pixels }, (_, pixel) =>
    Array.from({ length: points }, (_, point) => kernel(pixel, point)),
  );
}

function gridFields(
  { local }: DistortionConfig,
  width: number,
  height: number,
  random: Random,
  strength: number,
): Field[] {
  if (local === undefined) return [];
  const kernel = (pixels: number): Kernel =>
    kernelTable(pixels, local.points, (pixel, point) => {
      const distance = Math.abs(1 + (pixel / Math.max(1, pixels - 1)) * (local.points - 3) - point);
      if (distance >= 2) return 0;
      return distance < 1 ? 2 / 3 - distance ** 2 + distance ** 3 / 2 : (2 - distance) ** 3 / 6;
    });
  const draw = (): number => random.normal() * local.deviation * strength;
  return [randomField(kernel(width), kernel(height), draw)];
}

function elasticFields(
  { elastic }: DistortionConfig,
  width: number,
  height: number,
  random: Random,
  strength: number,
): Field[] {
  if (elastic === undefined) return [];
  const { sigma, alpha } = elastic;
  const spacing = Math.max(1, sigma);
  const gaussian = (distance: number): number => Math.exp((-distance * distance) / (2 * sigma * sigma));
  // Sum of squares of the kernel over the pixels, which sums to 1.
  const reach = Array.from({ length: 2 * Math.ceil(8 * sigma) + 1 }, (_, k) => gaussian(k - Math.ceil(8 * sigma)));
  const total = reach.reduce((sum, value) => sum + value, 0);
  const energy = reach.reduce((sum, value) => sum + (value / total) ** 2, 0);
  // Point `point` stands at pixel (point - 2) * spacing; a pixel sees three points on either side.
  const seen = (pixel: number, point: number): number => {
    const ahead = point - 2 - Math.floor(pixel / spacing);
    return ahead >= -2 && ahead <= 3 ? gaussian(pixel - (point - 2) * spacing) : 0;
  };
  const kernel = (pixels: number): Kernel => {
    const points = Math.floor((pixels - 1) / spacing) + 6;
    return kernelTable(pixels, points, (pixel, point) => {
      let squares = 0;
      for (let other = 0; other < points; other++) squares += seen(pixel, other) ** 2;
      return seen(pixel, point) * Math.sqrt(energy / squares);
    });
  };
  const draw = (): number => (2 * random.uniform() - 1) * alpha * strength;
  return [randomField(kernel(width), kernel(height), draw)];
}

/** Bilinear interpolation between the four pixels about a place; outside the picture is paper. */
function interpolated(pixels: Uint8Array, width: number, height: number, x: number, y: number): number {
  let value = 0;
  for (const row of [Math.floor(y), Math.floor(y) + 1]) {
    for (const column of [Math.floor(x), Math.floor(x) + 1]) {
      if (row < 0 || column < 0 || row >= height || column >= width) continue;
      value += (1 - Math.abs(x - column)) * (1 - Math.abs(y - row)) * pixels[row * width + column]!;
    }
  }
  return value;
}

function withLooks(
  config: DistortionConfig,
  width: number,
  height: number,
  warped: Float64Array,
  random: Random,
  strength: number,
): Float64Array {
  let values = warped;
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : values[y * width + x]!;
  const mapped = (value: (x: number, y: number) => number): Float64Array =>
    Float64Array.from(values, (_, index) => value(index % width, Math.floor(index / width)));
  const drawn = ([from, to]: readonly [number, number]): number => (from + random.uniform() * (to - from)) * strength;

  if (config.stroke !== undefined) {
    const amount = Math.max(-1, Math.min(1, drawn(config.stroke)));
    values = mapped((x, y) => {
      const about = [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((i) => at(x + i, y + j)));
      const extreme = amount > 0 ? Math.max(...about) : Math.min(...about);
      return at(x, y) + Math.abs(amount) * (extreme - at(x, y));
    });
  }
  if (config.blur !== undefined) {
    const sigma = drawn(config.blur);
    const radius = Math.min(Math.ceil(3 * sigma), Math.max(width, height) - 1);
    const offsets = Array.from({ length: 2 * radius + 1 }, (_, k) => k - radius);
    const weight = (i: number, j: number): number => (sigma === 0 ? 1 : Math.exp(-(i * i + j * j) / (2 * sigma ** 2)));
    const total = offsets.reduce((sum, j) => sum + offsets.reduce((inner, i) => inner + weight(i, j), 0), 0);
    values = mapped((x, y) => {
      let sum = 0;
      for (const j of offsets) for (const i of offsets) sum += weight(i, j) * at(x + i, y + j);
      return sum / total;
    });
  }
  if (config.noise !== undefined) {
    const deviation = drawn(config.noise);
    if (deviation !== 0) values = values.map((value) => value + 255 * deviation * random.normal());
  }
  return values.map((value) => Math.max(0, Math.min(255, value)));
}
