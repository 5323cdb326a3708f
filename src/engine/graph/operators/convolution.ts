// What the convolution and its two gradients share: attributes, and the loop that defines all three.
import { formatShape, type Shape, ShapeError, sameShape } from '../../../core/floor.ts';
import { forEachTap, type Window, windowOutput } from './window.ts';

/** A window over images, and the number of groups that channels and filters are divided into. */
export interface ConvAttributes extends Window {
  readonly groups: number;
  /** How the convolution and its input gradient are written, for tests and benchmarks; default: the rule decides. */
  readonly layout?: 'plain' | 'blocked';
}

/** The convolution, and the shape of the kernel whose gradient is computed. */
export interface WeightGradientAttributes extends ConvAttributes {
  readonly kernelShape: Shape;
  /** A formulation by name, for tests and benchmarks; default: the rule decides. */
  readonly formulation?: WeightGradientFormulation;
}

/** Names of the formulations. */
export type WeightGradientFormulation = 'columns' | 'rows' | 'pixels' | 'blocked';

/**
 * Shape of a convolution's output.
 *
 * @param output when given, the output shape that the caller expects.
 * @throws {ShapeError} naming the shapes that do not fit.
 */
export function convolutionOutput(
  name: string,
  image: Shape,
  kernel: Shape,
  attributes: ConvAttributes,
  output?: Shape,
): Shape {
  const { groups } = attributes;
  const extents = windowOutput(name, image, attributes);
  const [filters, perGroup, rows, columns] = kernel as readonly [number, number, number, number];
  const sized = kernel.length === 4 && sameShape([rows, columns], attributes.kernel) && Number.isInteger(groups);
  if (!sized || perGroup * groups !== image[1] || filters % groups !== 0) {
    throw new ShapeError(
      `${name}: image ${formatShape(image)} and kernel ${formatShape(kernel)} do not fit with ${groups} groups`,
    );
  }
  const expected = [image[0]!, filters, ...extents];
  if (output !== undefined && !sameShape(output, expected)) {
    throw new ShapeError(
      `${name}: image ${formatShape(image)} and kernel ${formatShape(kernel)} give ${formatShape(expected)}, received an output gradient of shape ${formatShape(output)}`,
    );
  }
  return expected;
}

/**
 * Visits every product that the convolution sums: the definition of the operator and, in reverse, of its gradients.
 *
 * @param visit receives the flat indices of one input pixel, one kernel weight and one output pixel.
 */
export function forEachConvTap(
  input: Shape,
  kernel: Shape,
  output: Shape,
  attributes: ConvAttributes,
  visit: (inputIndex: number, kernelIndex: number, outputIndex: number) => void,
): void {
  const [batch, channels, rows, columns] = input as readonly [number, number, number, number];
  const [filters, perGroup] = kernel as readonly [number, number];
  const [outRows, outColumns] = [output[2]!, output[3]!];
  const taps = kernel[2]! * kernel[3]!;
  const filtersPerGroup = filters / attributes.groups;
  for (let n = 0; n < batch; n++) {
    for (let filter = 0; filter < filters; filter++) {
      const firstChannel = Math.floor(filter / filtersPerGroup) * perGroup;
      for (let c = 0; c < perGroup; c++) {
        const inputStart = (n * channels + firstChannel + c) * rows * columns;
        const kernelStart = (filter * perGroup + c) * taps;
        const outputStart = (n * filters + filter) * outRows * outColumns;
        forEachTap([rows, columns], [outRows, outColumns], attributes, (inputIndex, outputIndex, tap) => {
          visit(inputStart + inputIndex, kernelStart + tap, outputStart + outputIndex);
        });
      }
    }
  }
}
