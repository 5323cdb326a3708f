// Exchange of axes.
import { formatShape, ShapeError, sizeOf, stridesOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** Output axis i is input axis `permutation[i]`. */
export const transposeOperator: Operator<{ readonly permutation: readonly number[] }> = {
  name: 'transpose',
  infer([x], { permutation }) {
    const { shape } = x!;
    if (permutation.length !== shape.length || shape.some((_, axis) => !permutation.includes(axis))) {
      throw new ShapeError(
        `transpose: expected a permutation of the axes of shape ${formatShape(shape)}, received ${formatShape(permutation)}`,
      );
    }
    return [{ type: x!.type, shape: permutation.map((axis) => shape[axis]!) }];
  },
  emit({ inputs, outputs, attributes }, onnx) {
    onnx.node('Transpose', [inputs[0]!.name], [outputs[0]!.name], { perm: attributes.permutation });
  },
  gradient({ outputGradients, attributes: { permutation } }) {
    return [
      transpose(
        outputGradients[0]!,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
    ];
  },
  reference([x], { permutation }, [spec]) {
    const strides = stridesOf(x!.shape);
    const shape = spec!.shape;
    const outStrides = stridesOf(shape);
    return [
      Float64Array.from({ length: sizeOf(shape) }, (_, flat) => {
        let index = 0;
        for (let axis = 0; axis < shape.length; axis++) {
          index += (Math.floor(flat / outStrides[axis]!) % shape[axis]!) * strides[permutation[axis]!]!;
        }
        return x!.data[index]!;
      }),
    ];
  },
};

/** `x` with its axes in the given order. @throws {ShapeError} when the order is not a permutation of the axes. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  return applyOne(transposeOperator, [x], { permutation });
}
