// Stroke width: grey dilation and erosion by a fraction of a pixel.

/**
 * Widens or narrows strokes: `v + amount * (max(v) - v)`, or `v + |amount| * (min(v) - v)` for a negative amount, with
 * extremes over the 3 x 3 pixels around each; outside the picture is paper.
 *
 * The blend gives widths between whole pixels: 1 is grey dilation, -1 grey erosion by one pixel on every side. A stroke
 * of one or two pixels grows fainter rather than narrower, and is gone at -1.
 *
 * @param values `[height, width]`, changed in place.
 * @param amount -1..1, in pixels on every side of a stroke.
 * @param scratch `[height, width]`, overwritten.
 */
export function changeStrokeWidth(
  values: Float32Array,
  width: number,
  height: number,
  amount: number,
  scratch: Float32Array,
): void {
  if (amount === 0) return;
  // min(v) = -max(-v): one loop serves both.
  const sign = amount > 0 ? 1 : -1;
  const blend = Math.abs(amount);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let before = 0;
    let value = sign * values[row]!;
    for (let x = 0; x < width; x++) {
      const after = x + 1 < width ? sign * values[row + x + 1]! : 0;
      const sides = before > after ? before : after;
      scratch[row + x] = value > sides ? value : sides;
      before = value;
      value = after;
    }
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = row; x < row + width; x++) {
      const above = y > 0 ? scratch[x - width]! : 0;
      const below = y + 1 < height ? scratch[x + width]! : 0;
      const middle = scratch[x]!;
      const sides = above > below ? above : below;
      const value = values[x]!;
      values[x] = value + blend * (sign * (middle > sides ? middle : sides) - value);
    }
  }
}
