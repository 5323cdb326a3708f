// McNemar's test on its two counts, exactly. `compareClassifiers.ts` computes the counts.
import { ShapeError } from '../../../core/floor.ts';

/** Two-sided p-values of {@link mcnemarTest}. */
export interface McNemarTest {
  /** Exact conditional p-value; it never rejects too often, but too seldom for few disagreements. */
  readonly exact: number;
  /** Mid-p value; closer to its nominal level, which it may exceed slightly. */
  readonly midP: number;
}

/**
 * McNemar's test (McNemar 1947) of "each is right as often as the other", two-sided, without the normal approximation
 * at any count. Only one classifier reads the `n = b + c` pictures right; b is binomial(n, 1/2).
 *
 * With `k = min(b, c)` and `f(j) = C(n, j) / 2^n`:
 * `exact = min(1, 2 sum of f(j), j <= k)`; `midP = exact - f(k)` for b != c, `1 - f(k) / 2` for b = c
 * (Fagerland, Lydersen and Laake 2013, who recommend the mid-p value). Without a disagreement both are 1.
 *
 * @param onlyFirst b, pictures that only the first classifier reads right; a whole number from 0.
 * @param onlySecond c, the same for the second.
 * @throws {ShapeError} when a count is not such a number.
 *
 * @example
 * ```ts
 * import { mcnemarTest } from 'ductus/learn';
 *
 * // Of the pictures that one of two models alone got right: 12 the first, 3 the second.
 * console.log(mcnemarTest(12, 3).exact.toFixed(3)); // 0.035
 * ```
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  for (const count of [onlyFirst, onlySecond]) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new ShapeError(`McNemar's test: expected whole numbers from 0 up, received ${onlyFirst} and ${onlySecond}`);
    }
  }
  const total = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  if (total === 0) return { exact: 1, midP: 1 };
  // With logarithms: 2^n exceeds float64 from n = 1024 on.
  let logarithm = -total * Math.LN2;
  for (let j = 1; j <= fewer; j++) logarithm += Math.log((total - fewer + j) / j);
  const point = Math.exp(logarithm);
  if (onlyFirst === onlySecond) return { exact: 1, midP: 1 - point / 2 };
  let term = 1;
  let tail = 1;
  for (let j = fewer; j > 0; j--) {
    term *= j / (total - j + 1);
    tail += term;
  }
  const exact = Math.min(1, 2 * tail * point);
  return { exact, midP: exact - point };
}
