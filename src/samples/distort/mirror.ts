// Global distortion: the picture's mirror image. Off by default, because it turns most characters into others.
import type { Random } from '../../core/floor.ts';
import type { GlobalMap } from './global/globalMap.ts';

/**
 * Mirroring, by chance. **It changes what most characters are**: left to right, b becomes d and 2 becomes no digit at
 * all; only classes that look the same in the mirror (0, 8, A, o) keep their label. No preset mirrors; limit it to such
 * classes.
 */
export interface MirrorDistortion {
  /** Probability of exchanging left and right, 0..1. Default 0. */
  readonly horizontal?: number;
  /** Probability of exchanging top and bottom, 0..1. Default 0. */
  readonly vertical?: number;
}

/** Draws whether a sample is mirrored, and mirrors its map. Strength multiplies the probabilities. */
export function drawMirror(config: MirrorDistortion, map: GlobalMap, random: Random, strength: number): void {
  const { horizontal = 0, vertical = 0 } = config;
  if (random.uniform() < horizontal * strength) {
    map.xx = -map.xx;
    map.xy = -map.xy;
    map.shiftX = -map.shiftX;
  }
  if (random.uniform() < vertical * strength) {
    map.yx = -map.yx;
    map.yy = -map.yy;
    map.shiftY = -map.shiftY;
  }
}
