// Local distortion of Simard, Steinkraus and Platt (2003): random displacements smoothed by a Gaussian.
import type { Random } from '../../../core/floor.ts';
import { DisplacementField } from './displacementField.ts';
import { gaussianWeights } from './gaussianWeights.ts';

/**
 * An elastic field: `d = alpha * (G_sigma * u)`, u uniform in -1..1 at every pixel, along each axis its own.
 *
 * The Gaussian kernel sums to 1 and nothing is normalised after it. Simard et al. mention a normalisation of the field
 * ("to a norm of 1") where they explain sigma, and leave its use open. With it the displacement's deviation over a 29 x
 * 29 picture is alpha / 29 = 1.17 pixels at their alpha 34. Without it, {@link elasticDeviation} is 1.38 pixels at
 * their sigma 4. The two readings nearly agree; this one's strength does not depend on the picture's size.
 */
export interface ElasticDisplacement {
  /** Deviation of the Gaussian, in pixels; a larger one makes a stiffer sheet. */
  readonly sigma: number;
  /** Factor of the smoothed displacements, in pixels. */
  readonly alpha: number;
}

/** Standard deviation of the displacement of a pixel along one axis, `alpha / (2 sigma sqrt(3 pi))`, in pixels. */
export function elasticDeviation({ sigma, alpha }: ElasticDisplacement): number {
  // 1/3 is the variance of u; a Gaussian of unit sum leaves 1 / (4 pi sigma^2) of it.
  return alpha / (2 * sigma * Math.sqrt(3 * Math.PI));
}

/**
 * The field over pictures of one size.
 *
 * The random numbers are sigma apart instead of at every pixel, and continue beyond the edges. The field is therefore
 * as strong there as in the middle; many implementations let it fade out. See `gaussianWeights`.
 */
export function elasticField(config: ElasticDisplacement, width: number, height: number): DisplacementField {
  return new DisplacementField(gaussianWeights(width, config.sigma), gaussianWeights(height, config.sigma));
}

/** Draws the displacements of one sample. */
export function drawElastic(
  config: ElasticDisplacement,
  field: DisplacementField,
  random: Random,
  strength: number,
): void {
  const { grid } = field;
  const alpha = config.alpha * strength;
  for (let i = 0; i < grid.length; i++) grid[i] = (2 * random.uniform() - 1) * alpha;
}
