// A way of capturing as plain data: the pen, the sheet and the camera that a character goes through.
import type { Range } from '../distort/range.ts';
import type { CameraConfig } from './camera/camera.ts';
import type { LightConfig } from './camera/lightSheet.ts';
import type { BorderConfig } from './paper/border.ts';
import type { BleedConfig, NeighboursConfig } from './paper/neighbours.ts';
import type { PaperConfig } from './paper/paper.ts';
import type { BoxConfig, RulingConfig } from './paper/ruling.ts';
import type { SpecksConfig } from './paper/specks.ts';
import type { PenConfig } from './pen/pen.ts';

/** How a character gets into a picture. An absent field has no effect; each sample draws a number from each range. */
export interface CaptureConfig {
  /** Longer side of the character, in pixels of the picture, 8..256. */
  readonly size: Range;
  /**
   * Paper at each of the four sides, drawn separately, as a share of `size`; below 0 the picture's edge cuts the
   * character.
   */
  readonly margin: Range;
  /**
   * How far the character is stretched towards a square, 0..1, on a logarithmic scale. 1: as wide as high, as in
   * collections that scale both sides separately. Absent: 0.
   */
  readonly stretch?: Range;
  /** How the pen writes: width, contrast, colour, fading. */
  readonly pen?: PenConfig;
  /** What the paper is like. */
  readonly paper?: PaperConfig;
  /** Printed lines on the paper. */
  readonly ruling?: RulingConfig;
  /** A printed box around the character. */
  readonly box?: BoxConfig;
  /** Writing that shows through from the back. */
  readonly bleed?: BleedConfig;
  /** Parts of other characters beside this one. */
  readonly neighbours?: NeighboursConfig;
  /** Specks of dirt. */
  readonly specks?: SpecksConfig;
  /** Dark borders, as a scanner leaves them. */
  readonly border?: BorderConfig;
  /** Uneven light and shadows. */
  readonly light?: LightConfig;
  /** What the device does to the picture: turn, perspective, blur, resolution, noise, compression. */
  readonly camera?: CameraConfig;
  /** Share of the samples that are negatives: light on dark. Default 0. */
  readonly negative?: number;
}
