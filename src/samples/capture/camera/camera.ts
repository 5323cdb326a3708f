// The camera or scanner: tilt, lens, sensor, and loss of the written file. Reads and writes no file.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import type { Scene } from '../scene.ts';
import { compressBlocks } from './compressBlocks.ts';

/** Effects of the device; each sample draws a number from each range. */
export interface CameraConfig {
  /** Rotation of the sheet in degrees, either way. Absent: 0. */
  readonly turn?: number;
  /**
   * Along each axis one edge is up to 1 + this times as long as the middle, the opposite edge as much shorter. Absent:
   * 0. Below 0.5.
   */
  readonly perspective?: number;
  /** Deviation of the blur in pixels. Absent: none. */
  readonly blur?: Range;
  /** The picture is captured at this share of its size, 0..1, and enlarged again. Absent: 1. */
  readonly resolution?: Range;
  /** Deviation of normal noise as a share of white, 0..1. Absent: none. */
  readonly noise?: Range;
  /** Quality of the JPEG file, 1..100. Absent: not compressed. */
  readonly jpeg?: Range;
  /**
   * Share of the pictures that are black and white only: thresholded halfway between darkest and lightest. Absent: 0.
   */
  readonly bitmap?: number;
}

/**
 * Turns and tilts the sheet about the picture's middle, together with the truth. Outside the sheet its edge is
 * repeated.
 */
export function tiltSheet(scene: Scene, { turn = 0, perspective = 0 }: CameraConfig, random: Random): void {
  if (turn === 0 && perspective === 0) return;
  const { width, height } = scene;
  const angle = ((2 * random.uniform() - 1) * turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const depthX = ((2 * random.uniform() - 1) * perspective * 2) / width;
  const depthY = ((2 * random.uniform() - 1) * perspective * 2) / height;
  const places = new Float32Array(2 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [x - (width - 1) / 2, y - (height - 1) / 2];
      const depth = 1 / (1 + depthX * across + depthY * down);
      const at = 2 * (y * width + x);
      places[at] = (cos * across + sin * down) * depth + (width - 1) / 2;
      places[at + 1] = (cos * down - sin * across) * depth + (height - 1) / 2;
    }
  }
  for (const plane of [scene.ink, ...scene.planes]) {
    const before = plane.slice();
    for (let i = 0; i < plane.length; i++) plane[i] = sample(before, width, height, places[2 * i]!, places[2 * i + 1]!);
  }
}

/** Bilinear, the edge repeated outside. */
function sample(plane: Float32Array, width: number, height: number, x: number, y: number): number {
  const [inX, inY] = [Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y))];
  const [left, top] = [Math.floor(inX), Math.floor(inY)];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const upper = plane[top * width + left]! * (1 - inX + left) + plane[top * width + right]! * (inX - left);
  const lower = plane[bottom * width + left]! * (1 - inX + left) + plane[bottom * width + right]! * (inX - left);
  return upper + (inY - top) * (lower - upper);
}

/**
 * Blur, lost resolution, noise, thresholding and compression, in this order; the planes stay within the range of a
 * byte.
 */
export function takePicture(
  { width, height, planes }: Scene,
  { blur, resolution, noise, jpeg, bitmap = 0 }: CameraConfig,
  random: Random,
): void {
  const sigma = blur === undefined ? 0 : drawRange(blur, random);
  const share = resolution === undefined ? 1 : drawRange(resolution, random);
  const deviation = noise === undefined ? 0 : drawRange(noise, random);
  const quality = jpeg === undefined ? 100 : drawRange(jpeg, random);
  const divided = bitmap > 0 && random.uniform() < bitmap;
  for (const plane of planes) {
    if (sigma > 0) soften(plane, width, height, sigma);
    if (share < 1) coarsen(plane, width, height, share);
    for (let i = 0; i < plane.length; i++) {
      const value = deviation === 0 ? plane[i]! : plane[i]! + deviation * random.normal();
      plane[i] = value < 0 ? 0 : Math.min(1, value);
    }
    if (divided) divide(plane);
    if (jpeg !== undefined) compressBlocks(plane, width, height, quality);
  }
}

/** Gaussian blur that repeats the edge, unlike `blur` of the distortions, which takes the outside as bare paper. */
function soften(plane: Float32Array, width: number, height: number, sigma: number): void {
  const radius = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, k) => Math.exp(-0.5 * ((k - radius) / sigma) ** 2));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  for (const [length, lines, stride, step] of [
    [width, height, 1, width],
    [height, width, width, 1],
  ] as const) {
    const before = plane.slice();
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < length; i++) {
        let value = 0;
        for (let k = -radius; k <= radius; k++) {
          const from = Math.max(0, Math.min(length - 1, i + k));
          value += kernel[k + radius]! * before[line * step + from * stride]!;
        }
        plane[line * step + i * stride] = value / sum;
      }
    }
  }
}

function divide(plane: Float32Array): void {
  let [darkest, lightest] = [1, 0];
  for (const value of plane) [darkest, lightest] = [Math.min(darkest, value), Math.max(lightest, value)];
  const middle = (darkest + lightest) / 2;
  for (let i = 0; i < plane.length; i++) plane[i] = plane[i]! > middle ? 1 : 0;
}

/** Averages over larger pixels and interpolates between them. */
function coarsen(plane: Float32Array, width: number, height: number, share: number): void {
  const [columns, rows] = [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
  const coarse = new Float32Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      coarse[at]! += plane[y * width + x]!;
      counts[at]!++;
    }
  }
  for (let i = 0; i < coarse.length; i++) coarse[i]! /= counts[i]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [atX, atY] = [((x + 0.5) * columns) / width - 0.5, ((y + 0.5) * rows) / height - 0.5];
      plane[y * width + x] = sample(coarse, columns, rows, atX, atY);
    }
  }
}
