// The paper: its tone, its fibre, and patterns printed against copying.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import { type Colour, drawColour, pigmentOf } from '../pen/pigment.ts';
import { layPigment, type Scene } from '../scene.ts';
import { smoothNoise } from '../smoothNoise.ts';

/** A sheet of paper; each sample draws a number from each range. */
export interface PaperConfig {
  /** Light that bare paper reflects, 0..1. Absent: 1. */
  readonly tone?: Range;
  /** Colours of paper at full strength; the tone decides how much of the colour shows. Absent: grey. */
  readonly colours?: readonly Colour[];
  /** Unevenness of the tone, deviation as a share of white: fibre of two pixels and clouds of eight. Absent: none. */
  readonly texture?: Range;
  /** A printed pattern of waves, as on cheques. Absent: none. */
  readonly pattern?: PatternConfig;
}

/** Curved lines across the whole sheet. */
export interface PatternConfig {
  /** Light that the lines absorb, 0..1. */
  readonly contrast: Range;
  /** Distance between lines in pixels. */
  readonly period: Range;
}

/** Lays the paper down. */
export function layPaper(scene: Scene, { tone, colours, texture, pattern }: PaperConfig, random: Random): void {
  const { width, height, planes } = scene;
  const whole = new Float32Array(width * height).fill(1);
  if (tone !== undefined) {
    layPigment(scene, whole, pigmentOf(drawColour(colours, random), 1 - drawRange(tone, random), planes.length));
  }
  if (pattern !== undefined) {
    const contrast = drawRange(pattern.contrast, random);
    layPigment(
      scene,
      waves(width, height, drawRange(pattern.period, random), random),
      pigmentOf(undefined, contrast, planes.length),
    );
  }
  if (texture !== undefined) {
    const amount = drawRange(texture, random);
    const [fibre, clouds] = [smoothNoise(width, height, 2, random), smoothNoise(width, height, 8, random)];
    for (let i = 0; i < whole.length; i++) whole[i] = Math.max(0, 1 + amount * (0.7 * fibre[i]! + 0.7 * clouds[i]!));
    for (const plane of planes) for (let i = 0; i < plane.length; i++) plane[i] = Math.min(1, plane[i]! * whole[i]!);
  }
}

/** Two crossing sets of curved lines, each a sine of the position: 0..1. */
function waves(width: number, height: number, period: number, random: Random): Float32Array {
  const values = new Float32Array(width * height);
  const sets = [0, 1].map((set) => {
    const angle = (random.uniform() + set) * (Math.PI / 2);
    return {
      alongX: (2 * Math.PI * Math.cos(angle)) / period,
      alongY: (2 * Math.PI * Math.sin(angle)) / period,
      bend: 2 * random.uniform(),
      phase: 2 * Math.PI * random.uniform(),
    };
  });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let deepest = 0;
      for (const { alongX, alongY, bend, phase } of sets) {
        const across = (alongX * y - alongY * x) / 4; // a bend is four periods long
        const wave = Math.sin(alongX * x + alongY * y + bend * Math.sin(across) + phase);
        deepest = Math.max(deepest, wave);
      }
      values[y * width + x] = deepest * deepest;
    }
  }
  return values;
}
