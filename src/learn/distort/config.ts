// Distortions as plain data: what the sample generator may do to a picture, and how strongly.

/** Smooth local displacement: normal vectors on a coarse grid, enlarged by cubic B-splines. */
export interface GridDisplacement {
  /** Grid points along each side, at least 4; more points make a finer, busier field. */
  readonly points: number;
  /** Standard deviation of the displacement of a grid point, in pixels. */
  readonly deviation: number;
}

/** Global distortion (an affine map) and local distortion (a displacement field), both applied to every sample. */
export interface DistortionConfig {
  /** Turn by up to this many degrees either way, uniformly. Default 0. */
  readonly rotation?: number;
  /** Each axis scaled by a factor within 1 +- this, uniformly and independently. Default 0. */
  readonly scale?: number;
  /** Columns moved by up to this share of their distance from the middle row, either way, uniformly. Default 0. */
  readonly shear?: number;
  /** Moved by up to this many pixels along each axis, uniformly. Default 0. */
  readonly shift?: number;
  /** Local displacement; absent: none. */
  readonly local?: GridDisplacement;
}
