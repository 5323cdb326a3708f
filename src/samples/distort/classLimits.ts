// Classes that tolerate less than others: 1 and 7 turn into each other sooner than 0 into anything.
import type { GlobalDistortion } from './global/globalDistortion.ts';
import type { MirrorDistortion } from './mirror.ts';

/** Upper limits for a class; each counts only where it is below the general amount. */
export interface ClassLimits {
  /** Degrees. */
  readonly rotation?: number;
  readonly scale?: number;
  readonly shear?: number;
  /** Pixels. */
  readonly shift?: number;
  readonly perspective?: number;
  readonly mirror?: MirrorDistortion;
}

/** The config for a class's samples: every amount is the smaller of the general one and the class's. */
export function limitedConfig<Config extends GlobalDistortion>(config: Config, limits: ClassLimits): Config {
  const lesser = (general = 0, limit = general): number => Math.min(general, limit);
  const { rotation, scale, shear, shift, perspective, mirror } = config;
  return {
    ...config,
    rotation: lesser(rotation, limits.rotation),
    scale: lesser(scale, limits.scale),
    shear: lesser(shear, limits.shear),
    shift: lesser(shift, limits.shift),
    // An absent amount stays absent: it would draw numbers, and samples of every class must draw equally many.
    ...(perspective !== undefined && { perspective: lesser(perspective, limits.perspective) }),
    ...(mirror !== undefined && {
      mirror: {
        horizontal: lesser(mirror.horizontal, limits.mirror?.horizontal),
        vertical: lesser(mirror.vertical, limits.mirror?.vertical),
      },
    }),
  };
}
