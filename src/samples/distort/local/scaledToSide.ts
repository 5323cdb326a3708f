// Scales amounts in pixels, meant for pictures of one size, to pictures of another.
import type { DistortionConfig } from '../config.ts';

/**
 * The config with its amounts in pixels for pictures of `side`; the config itself where it is meant for these or has no
 * `side`.
 */
export function scaledToSide(config: DistortionConfig, side: number): DistortionConfig {
  const { side: meant = side, shift, local, elastic, blur, classes } = config;
  if (meant === side) return config;
  const factor = side / meant;
  return {
    ...config,
    side,
    ...(shift !== undefined && { shift: factor * shift }),
    ...(local && { local: { ...local, deviation: factor * local.deviation } }),
    ...(elastic && { elastic: { sigma: factor * elastic.sigma, alpha: factor * elastic.alpha } }),
    ...(blur && { blur: [factor * blur[0], factor * blur[1]] }),
    ...(classes && {
      classes: Object.fromEntries(
        Object.entries(classes).map(([label, limits]) => [
          label,
          limits.shift === undefined ? limits : { ...limits, shift: factor * limits.shift },
        ]),
      ),
    }),
  };
}
