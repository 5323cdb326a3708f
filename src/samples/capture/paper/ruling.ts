// Lines that guide the writer: ruled and squared paper, and the box of a form.
import type { Random } from '../../../core/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import { type Colour, drawColour, pigmentOf } from '../pen/pigment.ts';
import { layPigment, type Scene } from '../scene.ts';

/** Fields of all printed lines. */
interface LineConfig {
  /** Width of a line as a share of the character's longer side; never below half a pixel. */
  readonly thickness: Range;
  /** Light that a line absorbs, 0..1. */
  readonly contrast: Range;
  /** Tilt of the lines in degrees, either way. Absent: 0. */
  readonly tilt?: number;
  readonly colours?: readonly Colour[];
}

/** Ruled or squared paper. */
export interface RulingConfig extends LineConfig {
  /** Share of the samples that are ruled. */
  readonly chance: number;
  /** Share of these that are squared. */
  readonly squared?: number;
  /** Distance between lines as a share of the character's longer side. */
  readonly spacing: Range;
}

/** Edges of the box for a character on a form. */
export interface BoxConfig extends LineConfig {
  /** Chance of each of the four edges in the picture. */
  readonly chance: number;
  /** Position of an edge, as a share of the picture's side from the outside; at 0.2 it may cross the character. */
  readonly inset: Range;
}

/** Draws ruled lines, with vertical ones on squared paper. @param size the character's longer side in pixels. */
export function drawRuling(scene: Scene, config: RulingConfig, size: number, random: Random): void {
  const { width, height } = scene;
  if (random.uniform() >= config.chance) return;
  const squared = random.uniform() < (config.squared ?? 0);
  const line = drawLineStyle(config, size, random);
  const spacing = drawRange(config.spacing, random) * size;
  const coverage = new Float32Array(width * height);
  for (const upright of squared ? [false, true] : [false]) {
    const from = random.uniform() * spacing;
    const room = upright ? width : height;
    for (let at = from - spacing; at < room + spacing; at += spacing)
      addLine(coverage, width, height, upright, at, line);
  }
  layPigment(scene, coverage, pigmentOf(line.colour, line.contrast, scene.planes.length));
}

/** Draws the edges of a form's box. @param size the character's longer side in pixels. */
export function drawBox(scene: Scene, config: BoxConfig, size: number, random: Random): void {
  const { width, height } = scene;
  const line = drawLineStyle(config, size, random);
  const coverage = new Float32Array(width * height);
  for (const side of ['left', 'right', 'top', 'bottom'] as const) {
    const inset = drawRange(config.inset, random);
    if (random.uniform() >= config.chance) continue;
    const upright = side === 'left' || side === 'right';
    const room = upright ? width : height;
    const at = side === 'left' || side === 'top' ? inset * room : room - inset * room;
    addLine(coverage, width, height, upright, at, line);
  }
  layPigment(scene, coverage, pigmentOf(line.colour, line.contrast, scene.planes.length));
}

interface LineStyle {
  readonly thickness: number;
  readonly contrast: number;
  readonly slope: number;
  readonly colour: Colour | undefined;
}

function drawLineStyle(
  { thickness, contrast, tilt = 0, colours }: LineConfig,
  size: number,
  random: Random,
): LineStyle {
  return {
    thickness: Math.max(0.5, drawRange(thickness, random) * size),
    contrast: drawRange(contrast, random),
    slope: Math.tan(((2 * random.uniform() - 1) * tilt * Math.PI) / 180),
    colour: drawColour(colours, random),
  };
}

/** A line across the whole picture, antialiased; `at` is where its middle crosses the picture's middle. */
function addLine(
  coverage: Float32Array,
  width: number,
  height: number,
  upright: boolean,
  at: number,
  { thickness, slope }: LineStyle,
): void {
  const [length, room] = upright ? [height, width] : [width, height];
  const [alongStep, acrossStep] = upright ? [width, 1] : [1, width];
  for (let along = 0; along < length; along++) {
    // The two sets of squared paper stay at right angles.
    const middle = at + (along + 0.5 - length / 2) * (upright ? -slope : slope);
    const last = Math.min(room - 1, Math.ceil(middle + thickness / 2));
    for (let across = Math.max(0, Math.floor(middle - thickness / 2)); across <= last; across++) {
      const covered = Math.min(across + 1, middle + thickness / 2) - Math.max(across, middle - thickness / 2);
      const pixel = along * alongStep + across * acrossStep;
      if (covered > coverage[pixel]!) coverage[pixel] = covered;
    }
  }
}
