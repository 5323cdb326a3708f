// The edge of the sheet in the picture: beyond it a scanner shows dark.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import type { Scene } from '../scene.ts';

/** A dark border; drawn separately for each side of each sample. */
export interface BorderConfig {
  /** Chance of a border at each side. */
  readonly chance: number;
  /** Its width as a share of the picture's side. */
  readonly depth: Range;
  /** Light beyond the sheet, 0..1. */
  readonly tone: Range;
  /** Tilt of the sheet's edge in degrees, either way. Absent: 0. */
  readonly tilt?: number;
}

/** Pixels over which paper turns dark: the sheet's edge casts a shadow. */
const softness: Range = [0.5, 3];

/** Darkens the sides of the picture. */
export function drawBorder(scene: Scene, config: BorderConfig, random: Random): void {
  const { width, height, planes } = scene;
  for (const side of ['left', 'right', 'top', 'bottom'] as const) {
    const depth = drawRange(config.depth, random);
    const tone = drawRange(config.tone, random);
    const slope = Math.tan(((2 * random.uniform() - 1) * (config.tilt ?? 0) * Math.PI) / 180);
    const soft = drawRange(softness, random);
    if (random.uniform() >= config.chance) continue;
    const upright = side === 'left' || side === 'right';
    const [room, length] = upright ? [width, height] : [height, width];
    const mirrored = side === 'right' || side === 'bottom';
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [across, along] = upright ? [x, y] : [y, x];
        const edge = depth * room + slope * (along - length / 2);
        const inside = (mirrored ? room - across - 0.5 : across + 0.5) - edge;
        if (inside >= soft) continue;
        const share = inside <= -soft ? 1 : 0.5 - inside / (2 * soft);
        const at = y * width + x;
        for (const plane of planes) plane[at]! += share * (Math.min(tone, plane[at]!) - plane[at]!);
      }
    }
  }
}
