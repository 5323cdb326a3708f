// Makers of elementwise operators: their common parts (shape rule, broadcasting, the reference loop).
import { broadcastShapes, type Shape, ShapeError, sizeOf, stridesOf } from '../../../core/floor.ts';
import type { AttributeValue, OnnxBuilder } from '../onnxBuilder.ts';
import type { EmitCall, Operator, Tensor } from '../operator.ts';

/** What is specific to an operator of one input: `y = f(x)`, element by element. */
export interface UnaryDefinition<Attributes> {
  readonly name: string;
  /** ONNX operator that computes it alone, or a function that writes the nodes. */
  readonly onnx: string | ((call: EmitCall<Attributes>, onnx: OnnxBuilder) => void);
  readonly onnxAttributes?: (attributes: Attributes) => Record<string, AttributeValue>;
  readonly f: (x: number, attributes: Attributes) => number;
  /** Gradient by x, from x, y and the gradient by y. */
  readonly gradient?: (x: Tensor, y: Tensor, dy: Tensor, attributes: Attributes) => Tensor;
}

/** An operator `y = f(x)`; output shape is input shape. */
export function unary<Attributes = undefined>(definition: UnaryDefinition<Attributes>): Operator<Attributes> {
  const { name, onnx, onnxAttributes, f, gradient } = definition;
  return {
    name,
    infer([x]) {
      requireFloat(name, x!);
      return [{ type: 'float32', shape: x!.shape }];
    },
    emit(call, builder) {
      if (typeof onnx === 'function') onnx(call, builder);
      else {
        const attributes = onnxAttributes?.(call.attributes) ?? {};
        builder.node(onnx, [call.inputs[0]!.name], [call.outputs[0]!.name], attributes);
      }
    },
    ...(gradient && {
      gradient: ({ inputs, outputs, outputGradients, attributes }) => [
        gradient(inputs[0]!, outputs[0]!, outputGradients[0]!, attributes),
      ],
    }),
    reference: ([x], attributes) => [x!.data.map((value) => f(value, attributes))],
  };
}

/** What is specific to an operator of two inputs: `y = f(a, b)`, element by element, with broadcasting. */
export interface BinaryDefinition {
  readonly name: string;
  readonly onnx: string | ((call: EmitCall<undefined>, onnx: OnnxBuilder) => void);
  readonly f: (a: number, b: number) => number;
  /** Gradients by a and by b, already of the inputs' shapes (see `sumTo`); undefined where not requested. */
  readonly gradient?: (
    a: Tensor,
    b: Tensor,
    y: Tensor,
    dy: Tensor,
    wanted: readonly boolean[],
  ) => [Tensor | undefined, Tensor | undefined];
}

/** An operator `y = f(a, b)` with NumPy's broadcasting. */
export function binary(definition: BinaryDefinition): Operator<undefined> {
  const { name, onnx, f, gradient } = definition;
  return {
    name,
    infer([a, b]) {
      requireFloat(name, a!, b!);
      return [{ type: 'float32', shape: broadcastShapes(a!.shape, b!.shape, name) }];
    },
    emit(call, builder) {
      if (typeof onnx === 'function') onnx(call, builder);
      else builder.node(onnx, [call.inputs[0]!.name, call.inputs[1]!.name], [call.outputs[0]!.name]);
    },
    ...(gradient && {
      gradient: ({ inputs, outputs, outputGradients, wanted }) =>
        gradient(inputs[0]!, inputs[1]!, outputs[0]!, outputGradients[0]!, wanted),
    }),
    reference([a, b], _, [spec]) {
      const shape = spec!.shape;
      const left = broadcastIndex(a!.shape, shape);
      const right = broadcastIndex(b!.shape, shape);
      return [Float64Array.from({ length: sizeOf(shape) }, (_, i) => f(a!.data[left(i)]!, b!.data[right(i)]!))];
    },
  };
}

/** Throws unless every tensor is float32. */
export function requireFloat(name: string, ...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) {
    if (tensor.type !== 'float32') throw new ShapeError(`${name}: expected float32, received ${tensor.type}`);
  }
}

/** Maps a flat index of the broadcast shape to the flat index of the corresponding element of `from`. */
export function broadcastIndex(from: Shape, to: Shape): (flat: number) => number {
  const lead = to.length - from.length;
  const strides = stridesOf(from);
  const outStrides = stridesOf(to);
  return (flat) => {
    let rest = flat;
    let index = 0;
    for (let axis = 0; axis < to.length; axis++) {
      const position = Math.floor(rest / outStrides[axis]!);
      rest -= position * outStrides[axis]!;
      if (axis >= lead && from[axis - lead] !== 1) index += position * strides[axis - lead]!;
    }
    return index;
  };
}
