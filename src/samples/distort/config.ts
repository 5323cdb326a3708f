// Distortions as plain data: what the sample generator may do to a picture, and how strongly.
import type { AppearanceDistortion } from './appearance/appearance.ts';
import type { ClassLimits } from './classLimits.ts';
import type { GlobalDistortion } from './global/globalDistortion.ts';
import type { ElasticDisplacement } from './local/elastic.ts';
import type { GridDisplacement } from './local/gridDisplacement.ts';

/**
 * Global distortion (a map of the whole picture), local distortion (displacement fields) and appearance, all applied to
 * every sample. Amounts in pixels refer to the actual pictures, unless `side` is given.
 */
export interface DistortionConfig extends GlobalDistortion, AppearanceDistortion {
  /**
   * Side of the pictures that amounts in pixels are meant for. Shift, displacements and blur scale with the size of
   * other pictures. Stroke width (`stroke`) does not: it hardly differs between sets of 28 and of 48 pixels.
   */
  readonly side?: number;
  /** Local displacement by a coarse grid; absent: none. */
  readonly local?: GridDisplacement;
  /** Local displacement as in Simard et al. (2003), added to that of `local`; absent: none. */
  readonly elastic?: ElasticDisplacement;
  /**
   * Lower limits for some classes, by label: `{ "1": { "rotation": 7.5 } }`. Labels that the data do not have are
   * ignored.
   */
  readonly classes?: Readonly<Record<string, ClassLimits>>;
}
