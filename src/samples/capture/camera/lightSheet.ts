// Uneven light on the sheet.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import { type Scene, shade } from '../scene.ts';

/** Uneven light; each sample draws a number from each range. */
export interface LightConfig {
  /** Share of the light that is lost from one end of the picture to the other, in any direction, 0..1. Absent: none. */
  readonly slope?: Range;
  /** A shadow with an edge. Absent: none. */
  readonly shadow?: ShadowConfig;
}

/** Shadow of a hand or telephone: it covers one side of a line. */
export interface ShadowConfig {
  /** Share of the samples that have one. */
  readonly chance: number;
  /** Share of the light that it takes, 0..1. */
  readonly depth: Range;
  /** Width of its edge as a share of the picture's longer side. */
  readonly softness: Range;
}

/** Lights the sheet. */
export function lightSheet(scene: Scene, { slope, shadow }: LightConfig, random: Random): void {
  const { width, height } = scene;
  const factor = new Float32Array(width * height).fill(1);
  if (slope !== undefined) {
    const loss = drawRange(slope, random);
    addFall(factor, width, height, random.uniform() * 2 * Math.PI, (along) => 1 - loss * (0.5 + along));
  }
  if (shadow !== undefined && random.uniform() < shadow.chance) {
    const depth = drawRange(shadow.depth, random);
    const soft = Math.max(0.01, drawRange(shadow.softness, random));
    const edge = 0.8 * (random.uniform() - 0.5);
    addFall(
      factor,
      width,
      height,
      random.uniform() * 2 * Math.PI,
      (along) => 1 - depth / (1 + Math.exp((edge - along) / (soft / 4))),
    );
  }
  shade(scene, factor);
}

/** Multiplies by a function of the position along a direction: -0.5 to 0.5 across the picture. */
function addFall(
  factor: Float32Array,
  width: number,
  height: number,
  direction: number,
  light: (along: number) => number,
): void {
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
  const reach = Math.abs(cos) * width + Math.abs(sin) * height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = ((x + 0.5 - width / 2) * cos + (y + 0.5 - height / 2) * sin) / reach;
      factor[y * width + x]! *= Math.max(0, Math.min(1, light(along)));
    }
  }
}
