// Local distortion by a coarse grid: normal displacements, enlarged by cubic B-splines.
import type { Random } from '../../../core/floor.ts';
import { bsplineWeights } from './bsplineWeights.ts';
import { DisplacementField } from './displacementField.ts';

/** Smooth local displacement: normal vectors on a coarse grid, enlarged by cubic B-splines. */
export interface GridDisplacement {
  /** Grid points along each side, at least 4; more points make a finer, busier field. */
  readonly points: number;
  /** Standard deviation of the displacement of a grid point, in pixels; splines leave 0.46 to 0.5 of it at a pixel. */
  readonly deviation: number;
}

/** The field of a grid over pictures of one size. */
export function gridField(config: GridDisplacement, width: number, height: number): DisplacementField {
  return new DisplacementField(bsplineWeights(width, config.points), bsplineWeights(height, config.points));
}

/** Draws the grid of one sample. */
export function drawGrid(config: GridDisplacement, field: DisplacementField, random: Random, strength: number): void {
  const { grid } = field;
  for (let i = 0; i < grid.length; i++) grid[i] = random.normal() * config.deviation * strength;
}
