// Fisher's linear discriminant (1936): the plane that separates two groups of rows best when both scatter alike.

/** A plane: a row belongs to the first group when `sum_i weights_i x_i + offset > 0`. */
export interface LinearDiscriminant {
  /** `[feature]`. */
  readonly weights: Float64Array;
  readonly offset: number;
}

/**
 * `weights = (S + shrinkage m I)^-1 (mean_one - mean_other)`, S the covariance within the groups and m the mean of its
 * diagonal; the plane goes through the middle between the means.
 *
 * @param one rows of the first group, at least one, all with the same number of features.
 * @param other rows of the second.
 * @param shrinkage above 0: with few rows, S alone has no inverse.
 */
export function linearDiscriminant(
  one: readonly Float32Array[],
  other: readonly Float32Array[],
  shrinkage: number,
): LinearDiscriminant {
  const size = one[0]!.length;
  const covariance = new Float64Array(size * size);
  const means = [one, other].map((rows) => {
    const mean = new Float64Array(size);
    for (const row of rows) for (let i = 0; i < size; i++) mean[i]! += row[i]! / rows.length;
    const difference = new Float64Array(size);
    for (const row of rows) {
      for (let i = 0; i < size; i++) difference[i] = row[i]! - mean[i]!;
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) covariance[i * size + j]! += difference[i]! * difference[j]!;
      }
    }
    return mean;
  });
  const [meanOne, meanOther] = means as [Float64Array, Float64Array];
  let trace = 0;
  for (let i = 0; i < size * size; i++) covariance[i]! /= one.length + other.length;
  for (let i = 0; i < size; i++) trace += covariance[i * size + i]!;
  // Rows that do not scatter at all: any positive diagonal gives the plane between the means.
  const added = trace > 0 ? (shrinkage * trace) / size : 1;
  for (let i = 0; i < size; i++) covariance[i * size + i]! += added;
  const weights = solvePositive(
    covariance,
    meanOne.map((value, i) => value - meanOther[i]!),
  );
  let offset = 0;
  for (let i = 0; i < size; i++) offset -= weights[i]! * 0.5 * (meanOne[i]! + meanOther[i]!);
  return { weights, offset };
}

/**
 * Solves `A x = b` by Cholesky's decomposition.
 *
 * @param matrix `[size, size]`, symmetric and positive definite; only its lower half is read, and overwritten by the
 * factor.
 * @param right `[size]`; overwritten by the solution.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
      matrix[i * size + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i]! -= matrix[i * size + k]! * right[k]!;
    right[i]! /= matrix[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i]! -= matrix[k * size + i]! * right[k]!;
    right[i]! /= matrix[i * size + i]!;
  }
  return right;
}
