// The grey picture: the one pixel container of the whole project. Not an image file (platform decodes those) and not a tensor.

/**
 * A grey picture, row by row from the top left, one byte a pixel.
 *
 * What 0 and 255 mean depends on where the picture stands on its way: a photograph is luminance (0 black, 255 white);
 * a framed picture, like MNIST, is ink (0 paper, 255 full ink).
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `width * height` bytes, row-major. */
  readonly pixels: Uint8Array;
}
