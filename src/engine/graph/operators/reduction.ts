// Maker of reductions: the common parts of sum, mean and maximum over axes (shape rule, ONNX node, reference loop).
import { formatShape, type Shape, ShapeError, stridesOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';
import { requireFloat } from './elementwise.ts';

/** Axes that are reduced, counted from 0; `keepDims` leaves them with extent 1. */
export interface ReduceAttributes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/**
 * A reduction.
 *
 * @param opType ONNX operator (opset 18 form: axes as second input).
 * @param fold the definition: the value of a list of elements.
 * @param globalPool ONNX operator that does the same over the rows and columns of images; every runtime knows it.
 */
export function reduction(
  name: string,
  opType: string,
  fold: (values: Float64Array) => number,
  gradient: NonNullable<Operator<ReduceAttributes>['gradient']>,
  globalPool?: 'GlobalAveragePool' | 'GlobalMaxPool',
): Operator<ReduceAttributes> {
  return {
    name,
    infer([x], { axes, keepDims }) {
      requireFloat(name, x!);
      const rank = x!.shape.length;
      if (
        axes.some((axis) => !Number.isInteger(axis) || axis < 0 || axis >= rank) ||
        new Set(axes).size < axes.length
      ) {
        throw new ShapeError(
          `${name}: expected different axes of a tensor of shape ${formatShape(x!.shape)}, received ${formatShape(axes)}`,
        );
      }
      const kept = keptShape(x!.shape, axes);
      return [{ type: 'float32', shape: keepDims ? kept : kept.filter((_, axis) => !axes.includes(axis)) }];
    },
    emit({ inputs, outputs, attributes: { axes, keepDims } }, onnx) {
      const overImage = inputs[0]!.shape.length === 4 && axes.length === 2 && axes[0] === 2 && axes[1] === 3;
      if (axes.length === 0) onnx.node('Identity', [inputs[0]!.name], [outputs[0]!.name]);
      else if (globalPool !== undefined && overImage && !keepDims) {
        onnx.node('Flatten', [onnx.call(globalPool, [inputs[0]!.name])], [outputs[0]!.name], { axis: 1 });
      } else {
        const attributes = { keepdims: keepDims ? 1 : 0 };
        onnx.node(opType, [inputs[0]!.name, onnx.integers(axes)], [outputs[0]!.name], attributes);
      }
    },
    gradient,
    reference([x], { axes }) {
      const { shape, data } = x!;
      const strides = stridesOf(shape);
      const offsets = (chosen: readonly number[]): number[] =>
        chosen.reduce<number[]>(
          (list, axis) =>
            list.flatMap((base) => Array.from({ length: shape[axis]! }, (_, i) => base + i * strides[axis]!)),
          [0],
        );
      const outer = offsets(shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis)));
      const inner = offsets(axes);
      return [Float64Array.from(outer, (base) => fold(Float64Array.from(inner, (offset) => data[base + offset]!)))];
    },
  };
}

/** The shape with the reduced axes at extent 1. */
export function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
}

/** Every axis of a shape, the default of all reductions. */
export function allAxes(shape: Shape): number[] {
  return shape.map((_, axis) => axis);
}
