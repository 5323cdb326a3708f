// Tables that enlarge a row of random grid points to a row of pixels: at each pixel a few neighbouring points, weighted.

/** Weights of a smooth enlargement along one axis; pixel p is `sum over t of weights[p, t] * grid[first[p] + t]`. */
export interface RowWeights {
  readonly pixels: number;
  /** Grid points along the axis; 0 where there is no grid. */
  readonly points: number;
  /** Grid points that a pixel looks at. */
  readonly taps: number;
  /** `[pixels]`, the first grid point that each pixel looks at. */
  readonly first: Int32Array;
  /** `[pixels, taps]`. */
  readonly weights: Float64Array;
}

/** A table of zeros to be filled in. */
export function emptyRowWeights(pixels: number, points: number, taps: number): RowWeights {
  return { pixels, points, taps, first: new Int32Array(pixels), weights: new Float64Array(pixels * taps) };
}
