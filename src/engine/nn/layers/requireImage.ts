// The input check of layers over pictures.
import { formatShape, type Shape, ShapeError } from '../../../core/floor.ts';

/** @throws {ShapeError} unless the input is `[channel, row, column]`. */
export function requireImage(layer: string, input: Shape): void {
  if (input.length === 3) return;
  throw new ShapeError(`${layer} needs input [channel, row, column], received ${formatShape(input)}`);
}
