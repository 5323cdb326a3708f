// Appearance changes after the warp: stroke width, blur, noise, in the order of pen, lens and sensor.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../range.ts';
import { addNoise } from './addNoise.ts';
import { blur } from './blur.ts';
import { changeStrokeWidth } from './changeStrokeWidth.ts';

/** Distortions that move no pixel; each sample draws an amount from each range. */
export interface AppearanceDistortion {
  /**
   * Pixels by which strokes grow on every side (below 0: shrink), within -1..1; see `changeStrokeWidth`. Absent: none.
   */
  readonly stroke?: Range;
  /** Deviation of a Gaussian blur, in pixels. Absent: none. */
  readonly blur?: Range;
  /** Deviation of additive normal noise, as a share of full ink, 0..1. Absent: none. */
  readonly noise?: Range;
}

/** Changes the appearance of a picture in place. */
export type AppearanceChanger = (pixels: Uint8Array, random: Random, strength: number) => void;

/**
 * A function that changes the appearance of pictures of one size; undefined where the config has no change. It reuses
 * its own memory.
 */
export function createAppearanceChanger(
  config: AppearanceDistortion,
  width: number,
  height: number,
): AppearanceChanger | undefined {
  if (config.stroke === undefined && config.blur === undefined && config.noise === undefined) return undefined;
  const values = new Float32Array(width * height);
  const scratch = new Float32Array(width * height);
  const kernel = new Float64Array(Math.max(width, height));
  return (pixels, random, strength) => {
    values.set(pixels);
    if (config.stroke !== undefined) {
      const amount = drawRange(config.stroke, random) * strength;
      changeStrokeWidth(values, width, height, Math.max(-1, Math.min(1, amount)), scratch);
    }
    if (config.blur !== undefined) {
      blur(values, width, height, drawRange(config.blur, random) * strength, scratch, kernel);
    }
    if (config.noise !== undefined) addNoise(values, drawRange(config.noise, random) * strength, random);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      pixels[i] = value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
    }
  };
}
