// The sheet while a capture is painted on it: light as floating-point planes, with the true position of the character.

/** An unfinished picture, all planes `[row, column]`. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Share of each pixel that the character's ink covers, 0..1: what ink finding should find. */
  readonly ink: Float32Array;
  /** Light that the sheet reflects, 0 black to 1 white: one plane of grey, or red, green and blue. */
  readonly planes: readonly Float32Array[];
}

/** Share of the light that a pigment absorbs from each plane where it covers the sheet, 0 none to 1 all. */
export type Pigment = readonly number[];

/** A blank white sheet with the character's ink marked but not yet painted. */
export function blankScene(width: number, height: number, ink: Float32Array, planes: number): Scene {
  return {
    width,
    height,
    ink,
    planes: Array.from({ length: planes }, () => new Float32Array(width * height).fill(1)),
  };
}

/** Lays a pigment over the sheet: `light * (1 - coverage * pigment)`. The layer beneath shows through a thin one. */
export function layPigment(scene: Scene, coverage: Float32Array, pigment: Pigment): void {
  for (const [index, plane] of scene.planes.entries()) {
    const share = pigment[index]!;
    for (let i = 0; i < plane.length; i++) plane[i]! *= 1 - coverage[i]! * share;
  }
}

/** Multiplies every plane by a factor that depends on the position, as light and shadow do. */
export function shade(scene: Scene, factor: Float32Array): void {
  for (const plane of scene.planes) for (let i = 0; i < plane.length; i++) plane[i]! *= factor[i]!;
}
