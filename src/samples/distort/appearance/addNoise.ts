// Additive noise, as of a sensor.
import type { Random } from '../../../core/floor.ts';

/**
 * Adds normal noise to every pixel. Clamping to 0..255 comes afterwards, so half of the noise is lost on bare paper.
 *
 * @param values changed in place, ink 255.
 * @param deviation standard deviation as a share of full ink, 0..1.
 */
export function addNoise(values: Float32Array, deviation: number, random: Random): void {
  if (deviation === 0) return;
  const scale = 255 * deviation;
  for (let i = 0; i < values.length; i++) values[i]! += scale * random.normal();
}
