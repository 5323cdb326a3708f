// Ink as one more sample of the same character: its strokes are distorted, drawn with a pen of another width, and
// framed as a recogniser does.
import type { Random } from '../../core/floor.ts';
import { type Framing, frameCharacter, type Ink, mnistPen, type Picture, rasterizeInk } from '../../picture/floor.ts';
import { distortInk, type InkDistortion } from './distortInk.ts';

/** How ink is drawn anew. */
export interface InkRedrawing extends InkDistortion {
  /**
   * Largest factor, at least 1, by which the pen is wider or thinner than the framing's own; default 1. Drawn uniformly
   * on a logarithmic scale.
   */
  readonly pen?: number;
}

/** Widest pen that can be drawn, as a share of the ink's longer side. */
const widestPen = 0.5;

/**
 * Draws ink once more.
 *
 * @returns a picture framed for a network; undefined where there is no ink.
 */
export function redrawInk(ink: Ink, redrawing: InkRedrawing, random: Random, framing: Framing): Picture | undefined {
  const spread = Math.log(redrawing.pen ?? 1) * (2 * random.uniform() - 1);
  const pen = Math.min(widestPen, (framing.pen ?? mnistPen) * Math.exp(spread));
  return frameCharacter(rasterizeInk(distortInk(ink, redrawing, random), pen), framing);
}
