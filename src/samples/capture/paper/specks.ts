// Dust and spots.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import { pigmentOf } from '../pen/pigment.ts';
import { layPigment, type Scene } from '../scene.ts';

/** Dark round spots at any position. */
export interface SpecksConfig {
  /** How many, rounded down. */
  readonly number: Range;
  /** Diameter in pixels. */
  readonly size: Range;
  /** Light that a spot absorbs, 0..1. */
  readonly contrast: Range;
}

/** Draws the specks, each with its own size and contrast. */
export function drawSpecks(scene: Scene, config: SpecksConfig, random: Random): void {
  const { width, height, planes } = scene;
  const coverage = new Float32Array(width * height);
  for (let left = Math.floor(drawRange(config.number, random)); left > 0; left--) {
    const [x, y] = [random.uniform() * width, random.uniform() * height];
    const radius = drawRange(config.size, random) / 2;
    const contrast = drawRange(config.contrast, random);
    for (let v = Math.max(0, Math.floor(y - radius - 1)); v <= Math.min(height - 1, y + radius + 1); v++) {
      for (let u = Math.max(0, Math.floor(x - radius - 1)); u <= Math.min(width - 1, x + radius + 1); u++) {
        const inside = Math.min(1, radius + 0.5 - Math.hypot(u + 0.5 - x, v + 0.5 - y)) * contrast;
        if (inside > coverage[v * width + u]!) coverage[v * width + u] = inside;
      }
    }
  }
  layPigment(scene, coverage, pigmentOf(undefined, 1, planes.length));
}
