// Tables that enlarge a row of random grid points to a row of pixels: at each pixel a few neighbouring points,
// weighted.

/** Weights of a smooth enlargement along one axis; pixel p is `sum over t of weights[p, t] * grid[first[p] + t]`. */
export interface RowWeights {
  readonly pixels: number;
  /** Grid points along the axis; 0 where there is no grid. */
  readonly points: number;
  /** Grid points used by a pixel. */
  readonly taps: number;
  /** `[pixels]`, the first grid point used by each pixel. */
  readonly first: Int32Array;
  /** `[pixels, taps]`. */
  readonly weights: Float64Array;
}

/** A table of zeros to fill. */
export function emptyRowWeights(pixels: number, points: number, taps: number): RowWeights {
  return { pixels, points, taps, first: new Int32Array(pixels), weights: new Float64Array(pixels * taps) };
}
