// The discrete Fourier coefficients of a contour. fourierDescriptors.ts makes invariants of them.
import type { Curve } from './evenCurve.ts';

/** Complex coefficients of the two coordinates of a closed line, `[harmonics + 1]` each, k = 0 first. */
export interface FourierCoefficients {
  /** Real and imaginary parts of a[k], of x. */
  readonly aReal: Float64Array;
  readonly aImaginary: Float64Array;
  /** Real and imaginary parts of b[k], of y. */
  readonly bReal: Float64Array;
  readonly bImaginary: Float64Array;
}

/**
 * A function that computes `a[k] = 1/L sum over m of x[m] e^(-j 2 pi k m / L)`, and b[k] of y likewise, for k =
 * 0..harmonics.
 *
 * It computes the sums directly, with `e^(-j 2 pi n / L)` from a table of L. 17 harmonics of 64 points take 4,352
 * products, far less than tracing the contour. A library's fast transform would save no visible time.
 *
 * @param points L, at least 1.
 * @param harmonics the highest k, 0..L-1; the coefficients repeat from L on.
 */
export function fourierTransform(points: number, harmonics: number): (curve: Curve) => FourierCoefficients {
  const cosine = Float64Array.from({ length: points }, (_, n) => Math.cos((2 * Math.PI * n) / points));
  const sine = Float64Array.from({ length: points }, (_, n) => Math.sin((2 * Math.PI * n) / points));
  return ({ x, y }) => {
    const [aReal, aImaginary] = [new Float64Array(harmonics + 1), new Float64Array(harmonics + 1)];
    const [bReal, bImaginary] = [new Float64Array(harmonics + 1), new Float64Array(harmonics + 1)];
    for (let k = 0; k <= harmonics; k++) {
      let [sumXCosine, sumXSine, sumYCosine, sumYSine] = [0, 0, 0, 0];
      for (let m = 0, n = 0; m < points; m++) {
        sumXCosine += x[m]! * cosine[n]!;
        sumXSine += x[m]! * sine[n]!;
        sumYCosine += y[m]! * cosine[n]!;
        sumYSine += y[m]! * sine[n]!;
        n += k; // k m modulo L: exact, where the product of large angles would not be
        if (n >= points) n -= points;
      }
      aReal[k] = sumXCosine / points;
      aImaginary[k] = -sumXSine / points;
      bReal[k] = sumYCosine / points;
      bImaginary[k] = -sumYSine / points;
    }
    return { aReal, aImaginary, bReal, bImaginary };
  };
}
