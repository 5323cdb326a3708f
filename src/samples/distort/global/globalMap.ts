// Where the pixels of a globally distorted picture come from: a projective map about the middle, as eight numbers.

/**
 * A map from pixel p of the new picture to the position in the old one: `c + (A q + t) / (1 + g . q)` with `q = p - c`,
 * c the middle. The fields change from sample to sample; without perspective `gx` and `gy` are 0.
 */
export interface GlobalMap {
  xx: number;
  xy: number;
  yx: number;
  yy: number;
  shiftX: number;
  shiftY: number;
  gx: number;
  gy: number;
}

/** The identity map. */
export function identityMap(): GlobalMap {
  return { xx: 1, xy: 0, yx: 0, yy: 1, shiftX: 0, shiftY: 0, gx: 0, gy: 0 };
}

/** Writes the source positions of row `y` to `xs` and `ys`, each `[width]`. */
export function mapRow(map: GlobalMap, y: number, height: number, xs: Float64Array, ys: Float64Array): void {
  const { xx, xy, yx, yy, shiftX, shiftY, gx, gy } = map;
  const width = xs.length;
  const centreX = (width - 1) / 2;
  const centreY = (height - 1) / 2;
  const down = y - centreY;
  const byRowX = xy * down;
  const byRowY = yy * down;
  if (gx === 0 && gy === 0) {
    for (let x = 0; x < width; x++) {
      const across = x - centreX;
      xs[x] = xx * across + byRowX + centreX + shiftX;
      ys[x] = yx * across + byRowY + centreY + shiftY;
    }
    return;
  }
  for (let x = 0; x < width; x++) {
    const across = x - centreX;
    const depth = 1 / (1 + gx * across + gy * down);
    xs[x] = (xx * across + byRowX + shiftX) * depth + centreX;
    ys[x] = (yx * across + byRowY + shiftY) * depth + centreY;
  }
}
