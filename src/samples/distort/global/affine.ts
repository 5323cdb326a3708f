// Global distortion, the affine part: turned, scaled, slanted, moved.
import type { Random } from '../../../core/floor.ts';
import type { GlobalMap } from './globalMap.ts';

/** An affine distortion; every amount is drawn uniformly for each sample. */
export interface AffineDistortion {
  /** Rotation by up to this many degrees either way. Default 0. */
  readonly rotation?: number;
  /** Each axis is scaled by an independent factor within 1 +- this: size and aspect vary. Default 0. */
  readonly scale?: number;
  /** Rows are shifted by up to this share of their distance from the middle row, either way. Default 0. */
  readonly shear?: number;
  /** Shift by up to this many pixels along each axis. Default 0. */
  readonly shift?: number;
  /**
   * Each sample is either turned or slanted, with equal chance, instead of both (Ciresan et al. 2010). Default false.
   */
  readonly rotateOrShear?: boolean;
}

/**
 * Draws the affine part of a sample's map: content is scaled, then turned, then slanted, and A is the inverse of that.
 */
export function drawAffine(config: AffineDistortion, map: GlobalMap, random: Random, strength: number): void {
  const { rotation = 0, scale = 0, shear = 0, shift = 0, rotateOrShear = false } = config;
  let angle = ((2 * random.uniform() - 1) * rotation * strength * Math.PI) / 180;
  const scaleX = 1 + (2 * random.uniform() - 1) * scale * strength;
  const scaleY = 1 + (2 * random.uniform() - 1) * scale * strength;
  let slant = (2 * random.uniform() - 1) * shear * strength;
  map.shiftX = (2 * random.uniform() - 1) * shift * strength;
  map.shiftY = (2 * random.uniform() - 1) * shift * strength;
  if (rotateOrShear) {
    if (random.uniform() < 0.5) slant = 0;
    else angle = 0;
  }
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  map.xx = cos / scaleX;
  map.xy = (sin + slant * cos) / scaleX;
  map.yx = -sin / scaleY;
  map.yy = (cos - slant * sin) / scaleY;
}
