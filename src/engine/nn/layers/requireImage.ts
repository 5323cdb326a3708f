// What layers over pictures ask of their input.
import { formatShape, type Shape, ShapeError } from '../../../core/floor.ts';

/** @throws {ShapeError} unless the input is `[channel, row, column]`. */
export function requireImage(layer: string, input: Shape): void {
  if (input.length === 3) return;
  throw new ShapeError(`${layer} needs input [channel, row, column], received ${formatShape(input)}`);
}
