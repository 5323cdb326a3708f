// All distortions of a picture as a whole, which classes may limit.

import type { MirrorDistortion } from '../mirror.ts';
import type { AffineDistortion } from './affine.ts';
import type { PerspectiveDistortion } from './perspective.ts';

/** Global distortion: one map for all pixels. */
export interface GlobalDistortion extends AffineDistortion, PerspectiveDistortion {
  /** Absent: never mirrored. Mirroring changes labels. */
  readonly mirror?: MirrorDistortion;
}
