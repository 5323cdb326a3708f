// Gradient of a convolution with respect to its kernel.
import { type Shape, sizeOf } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import { applyOne, type EmitCall, type Operator, type Tensor } from '../operator.ts';
import {
  type ConvAttributes,
  convolutionOutput,
  forEachConvTap,
  type WeightGradientAttributes,
} from './convolution.ts';
import { chooseWeightGradient, shiftedCopies, weightGradientFormulations } from './weightGradientFormulations.ts';

/** `dw[o,c,i,j] = sum_{n,r,s} dy[n,o,r,s] x[n,c,r+i,s+j]`: the transpose of the convolution as a map of its kernel. */
export const conv2dWeightGradientOperator: Operator<WeightGradientAttributes> = {
  name: 'conv2dWeightGradient',
  infer([x, dy], attributes) {
    const { kernelShape } = attributes;
    convolutionOutput('conv2dWeightGradient', x!.shape, kernelShape, attributes, dy!.shape);
    return [{ type: 'float32', shape: kernelShape }];
  },
  emit(call, onnx) {
    const { groups, kernelShape } = call.attributes;
    if (groups === 1) {
      const chosen =
        call.attributes.formulation ?? chooseWeightGradient(call.attributes, call.inputs[1]!.shape, onnx.blockSize);
      weightGradientFormulations[chosen].emit(call, onnx);
    } else if (kernelShape[1] === 1 && kernelShape[0] === groups) emitDepthwise(call, onnx);
    else emitGroups(call, onnx);
  },
  reference([x, dy], attributes, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachConvTap(x!.shape, spec!.shape, dy!.shape, attributes, (inputIndex, kernelIndex, outputIndex) => {
      result[kernelIndex] = result[kernelIndex]! + x!.data[inputIndex]! * dy!.data[outputIndex]!;
    });
    return [result];
  },
};

/** Gradient by the kernel. @param dy `[batch, filters, row, column]`. @returns a tensor of shape `kernelShape`. */
export function conv2dWeightGradient(x: Tensor, dy: Tensor, kernelShape: Shape, attributes: ConvAttributes): Tensor {
  return applyOne(conv2dWeightGradientOperator, [x, dy], { ...attributes, kernelShape });
}

type Call = EmitCall<WeightGradientAttributes>;

/** One filter per channel: an elementwise product and a sum for every tap. */
function emitDepthwise({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [filters, , rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const sums = shiftedCopies(x!.name, [2, 3], dy!.shape, attributes, onnx).map((copy) => {
    const product = onnx.call('Mul', [copy, dy!.name]);
    const sum = onnx.call('ReduceSum', [product, onnx.integers([0, 2, 3])], { keepdims: 0 });
    return onnx.call('Reshape', [sum, onnx.integers([filters, 1])]);
  });
  const joined = sums.length === 1 ? sums[0]! : onnx.call('Concat', sums, { axis: 1 });
  onnx.node('Reshape', [joined, onnx.integers([filters, 1, rows, columns])], [outputs[0]!.name]);
}

/** Any other grouping: each group separately, with its own kernel. */
function emitGroups({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const { groups, kernelShape } = attributes;
  const cut = (
    tensor: { name: string; shape: Shape },
    group: number,
  ): { name: string; shape: Shape; type: 'float32' } => {
    const extent = tensor.shape[1]! / groups;
    const bounds = [onnx.integers([group * extent]), onnx.integers([(group + 1) * extent]), onnx.integers([1])];
    const name = onnx.call('Slice', [tensor.name, ...bounds]);
    return { name, shape: tensor.shape.map((size, axis) => (axis === 1 ? extent : size)), type: 'float32' };
  };
  const perGroup = kernelShape.map((extent, axis) => (axis === 0 ? extent / groups : extent));
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = { name: onnx.fresh('groupGradient'), shape: perGroup, type: 'float32' as const };
    const inputs = [cut(x!, group), cut(dy!, group)];
    const alone = { ...attributes, groups: 1, kernelShape: perGroup };
    weightGradientFormulations.columns.emit({ inputs, outputs: [part], attributes: alone }, onnx);
    return part.name;
  });
  onnx.node('Concat', parts, [outputs[0]!.name], { axis: 0 });
}
