// Invariants of a contour's Fourier coefficients: they do not depend on the contour's start and size and, for one kind,
// not on its rotation.
import type { FourierCoefficients } from './fourierCoefficients.ts';

/**
 * - `magnitudes`: also unchanged by rotation and mirroring: 6 and 9, M and W, b and d are the same.
 * - `oriented`: keeps phases, and with them the orientation.
 */
export type FourierDescriptors = 'magnitudes' | 'oriented';

/** First harmonics below this, in pixels, are only rounding: the contour has no extent. */
const leastExtent = 1e-9;

/** Number of descriptors of a kind, for coefficients up to some harmonic, at least 2. */
export function descriptorLength(kind: FourierDescriptors, harmonics: number): number {
  return kind === 'magnitudes' ? harmonics - 1 : 4 * harmonics - 2;
}

/**
 * Descriptors of a contour, k up to the highest harmonic that the coefficients hold.
 *
 * `magnitudes`: `s[k] = r[k] / r[1]` for k = 2.., with `r[k] = sqrt(|a[k]|^2 + |b[k]|^2)` (Shridhar and Badreldin
 * 1984). A turn multiplies `a + jb` and `a - jb` by factors of magnitude 1. Another start multiplies both of k by the
 * same. So r does not change.
 *
 * `oriented`: with `z[k] = a[k] + j b[k]` for k of either sign, `z[k] e^(-jk phi) / |z[1]|`, phi the angle of z[1]: the
 * start that makes z[1] real. Real and imaginary parts for k = 2, -1, 3, -2, ..., and last of the lowest, which has no
 * partner.
 *
 * All are 0 for a contour without extent.
 */
export function fourierDescriptors(kind: FourierDescriptors, coefficients: FourierCoefficients): Float64Array {
  return kind === 'magnitudes' ? magnitudes(coefficients) : oriented(coefficients);
}

function magnitudes({ aReal, aImaginary, bReal, bImaginary }: FourierCoefficients): Float64Array {
  const radius = (k: number): number => Math.hypot(aReal[k]!, aImaginary[k]!, bReal[k]!, bImaginary[k]!);
  const first = radius(1);
  return Float64Array.from({ length: aReal.length - 2 }, (_, i) => (first > leastExtent ? radius(i + 2) / first : 0));
}

function oriented({ aReal, aImaginary, bReal, bImaginary }: FourierCoefficients): Float64Array {
  const harmonics = aReal.length - 1;
  /** z[k]: for negative k a and b are conjugates of those of -k, as of all series of real numbers. */
  const z = (k: number): [real: number, imaginary: number] => {
    const at = Math.abs(k);
    const sign = Math.sign(k);
    return [aReal[at]! - sign * bImaginary[at]!, sign * aImaginary[at]! + bReal[at]!];
  };
  const [firstReal, firstImaginary] = z(1);
  const size = Math.hypot(firstReal, firstImaginary);
  const angle = Math.atan2(firstImaginary, firstReal);
  const result = new Float64Array(descriptorLength('oriented', harmonics));
  if (size < leastExtent) return result;
  let next = 0;
  for (const k of ordersOf(harmonics)) {
    const [real, imaginary] = z(k);
    const [cosine, sine] = [Math.cos(k * angle), Math.sin(k * angle)];
    result[next++] = (real * cosine + imaginary * sine) / size;
    result[next++] = (imaginary * cosine - real * sine) / size;
  }
  return result;
}

/** 2, -1, 3, -2, ... -harmonics: coarse shape first. */
function ordersOf(harmonics: number): number[] {
  const orders: number[] = [];
  for (let k = 1; k < harmonics; k++) orders.push(k + 1, -k);
  return [...orders, -harmonics];
}
