// Global distortion: the sheet tilted away from the viewer.
import type { Random } from '../../../core/floor.ts';
import type { GlobalMap } from './globalMap.ts';

/** From this value on, the horizon would enter the picture. */
export const perspectiveLimit = 0.5;

/** Perspective, drawn uniformly for each sample. */
export interface PerspectiveDistortion {
  /**
   * Along each axis one edge is up to 1 + this times as large as the middle, the opposite edge as much smaller. Default
   * 0; below 0.5.
   */
  readonly perspective?: number;
}

/** Draws the perspective of a sample's map. */
export function drawPerspective(
  { perspective = 0 }: PerspectiveDistortion,
  map: GlobalMap,
  width: number,
  height: number,
  random: Random,
  strength: number,
): void {
  map.gx = ((2 * random.uniform() - 1) * perspective * strength) / Math.max(1, (width - 1) / 2);
  map.gy = ((2 * random.uniform() - 1) * perspective * strength) / Math.max(1, (height - 1) / 2);
}
