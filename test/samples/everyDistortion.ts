// A distortion with every member that there is.
import type { DistortionConfig } from '../../src/samples/distort/config.ts';

/** Every member at once. */
export const everyDistortion: DistortionConfig = {
  rotation: 12,
  scale: 0.12,
  shear: 0.2,
  shift: 1.6,
  rotateOrShear: true,
  perspective: 0.2,
  mirror: { horizontal: 0.5, vertical: 0.3 },
  local: { points: 6, deviation: 0.7 },
  elastic: { sigma: 4, alpha: 34 },
  stroke: [-0.5, 0.5],
  blur: [0, 0.8],
  noise: [0, 0.05],
  classes: { 1: { rotation: 5, shear: 0.05, mirror: { horizontal: 0 } }, 7: { rotation: 5 } },
};
