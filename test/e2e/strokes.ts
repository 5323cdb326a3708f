// Digits as people write them, stroke by stroke, for tests that draw. Points are shares of the pad's side.

/** A point of a pen's path, 0..1 from the top left. */
export type PathPoint = readonly [x: number, y: number];

/** Points of a smooth curve through the given ones (Catmull and Rom 1974), `steps` to each stretch. */
function curve(through: readonly PathPoint[], steps = 3): PathPoint[] {
  const points: PathPoint[] = [through[0]!];
  for (let index = 0; index < through.length - 1; index++) {
    const from = through[index]!;
    const to = through[index + 1]!;
    const before = through[index - 1] ?? from;
    const after = through[index + 2] ?? to;
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      const blend = (axis: 0 | 1): number =>
        0.5 *
        (2 * from[axis] +
          (to[axis] - before[axis]) * t +
          (2 * before[axis] - 5 * from[axis] + 4 * to[axis] - after[axis]) * t ** 2 +
          (3 * from[axis] - before[axis] - 3 * to[axis] + after[axis]) * t ** 3);
      points.push([blend(0), blend(1)]);
    }
  }
  return points;
}

/** Straight lines from corner to corner. */
function lines(...corners: readonly PathPoint[]): PathPoint[] {
  const points: PathPoint[] = [corners[0]!];
  for (let index = 1; index < corners.length; index++) {
    const [fromX, fromY] = corners[index - 1]!;
    const [toX, toY] = corners[index]!;
    for (let step = 1; step <= 4; step++)
      points.push([fromX + ((toX - fromX) * step) / 4, fromY + ((toY - fromY) * step) / 4]);
  }
  return points;
}

// biome-ignore format: a path a line reads better than a number a line
export const digitStrokes: Readonly<Record<string, readonly (readonly PathPoint[])[]>> = {
  0: [curve([[0.52, 0.2], [0.38, 0.27], [0.31, 0.5], [0.38, 0.74], [0.51, 0.81], [0.64, 0.73], [0.69, 0.5], [0.63, 0.28], [0.51, 0.2]])],
  1: [lines([0.54, 0.2], [0.48, 0.81])],
  2: [[...curve([[0.33, 0.33], [0.41, 0.22], [0.56, 0.2], [0.65, 0.31], [0.6, 0.46], [0.46, 0.63], [0.32, 0.78]]), ...lines([0.32, 0.78], [0.7, 0.79])]],
  3: [[...curve([[0.34, 0.25], [0.5, 0.19], [0.63, 0.29], [0.58, 0.42], [0.45, 0.48]]), ...curve([[0.45, 0.48], [0.62, 0.55], [0.65, 0.7], [0.5, 0.81], [0.33, 0.75]])]],
  4: [lines([0.43, 0.2], [0.32, 0.54], [0.68, 0.53]), lines([0.6, 0.24], [0.56, 0.82])],
  5: [[...lines([0.4, 0.22], [0.37, 0.46]), ...curve([[0.37, 0.46], [0.52, 0.43], [0.65, 0.54], [0.62, 0.72], [0.48, 0.81], [0.33, 0.75]])], lines([0.4, 0.22], [0.66, 0.2])],
  6: [curve([[0.6, 0.18], [0.44, 0.34], [0.35, 0.58], [0.4, 0.77], [0.54, 0.81], [0.64, 0.68], [0.56, 0.55], [0.43, 0.59], [0.37, 0.7]])],
  7: [lines([0.31, 0.23], [0.68, 0.22], [0.47, 0.81])],
  8: [curve([[0.62, 0.29], [0.5, 0.2], [0.38, 0.29], [0.46, 0.44], [0.59, 0.56], [0.64, 0.7], [0.51, 0.81], [0.37, 0.7], [0.43, 0.56], [0.57, 0.43], [0.63, 0.3]])],
  9: [[...curve([[0.63, 0.33], [0.51, 0.21], [0.37, 0.32], [0.42, 0.48], [0.55, 0.47], [0.63, 0.33]]), ...lines([0.63, 0.33], [0.61, 0.55], [0.57, 0.82])]],
};
