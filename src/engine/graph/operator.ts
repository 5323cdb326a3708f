// What a graph is made of: symbolic tensors, and operators that turn tensors into tensors. A tensor holds a shape and
// its origin, never numbers. An operator is a shape rule, ONNX nodes, a gradient and a slow float64 reference in one
// object. The types are in one file because each needs the others.
import type { Shape } from '../../core/floor.ts';
import type { TensorData } from '../../onnx/floor.ts';
import type { OnnxBuilder } from './onnxBuilder.ts';

/** Element types of symbolic tensors; gradients flow only through float32. */
export type ElementType = 'float32' | 'uint8' | 'int32';

/** A value in the graph: an input, a constant, or one output of an operator applied to other tensors. */
export interface Tensor {
  /** Type of its elements. */
  readonly type: ElementType;
  /** Its extents; empty for a scalar. */
  readonly shape: Shape;
  /** The origin of its values. */
  readonly origin:
    | { readonly kind: 'input'; readonly name: string }
    | { readonly kind: 'constant'; readonly data: TensorData }
    | { readonly kind: 'node'; readonly node: GraphNode; readonly output: number };
}

/** Type and shape of an operator's output. */
export interface OutputSpec {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** A tensor of numbers for the reference: float64 for any element type, row-major. */
export interface ReferenceTensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/**
 * An operator, the unit that the graph, its differentiation and its compilation are made of.
 *
 * Attributes are plain data (they take part in no gradient). To add one, see CONTRIBUTING.md.
 */
export interface Operator<Attributes = unknown> {
  /** Unique name, for error messages and node names. */
  readonly name: string;
  /** Shape rule. @throws {ShapeError} naming the shapes that do not fit. */
  infer(inputs: readonly Tensor[], attributes: Attributes): OutputSpec[];
  /** Adds the ONNX nodes that compute the outputs, under the given names. */
  emit(call: EmitCall<Attributes>, onnx: OnnxBuilder): void;
  /**
   * Gradients of a scalar with respect to each input, given those with respect to the outputs (undefined: the scalar
   * does not depend on the output). Undefined in the result: no gradient flows. Absent: the operator is not
   * differentiable.
   */
  gradient?(call: GradientCall<Attributes>): (Tensor | undefined)[];
  /** The definition, in plain loops over float64: every formulation is checked against it. */
  reference(inputs: readonly ReferenceTensor[], attributes: Attributes, outputs: readonly OutputSpec[]): Float64Array[];
}

/** Arguments of an operator's gradient rule. */
export interface GradientCall<Attributes> {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputGradients: readonly (Tensor | undefined)[];
  /** Which inputs' gradients are requested; a rule may skip the others. */
  readonly wanted: readonly boolean[];
}

/** Arguments of an operator's ONNX writer: tensors and their ONNX names. */
export interface EmitCall<Attributes> {
  readonly inputs: readonly { readonly name: string; readonly shape: Shape; readonly type: ElementType }[];
  readonly outputs: readonly { readonly name: string; readonly shape: Shape; readonly type: ElementType }[];
  readonly attributes: Attributes;
}

/** One application of an operator. */
export interface GraphNode {
  readonly operator: Operator;
  readonly inputs: readonly Tensor[];
  readonly attributes: unknown;
  readonly outputs: readonly Tensor[];
}

/** Applies an operator: checks shapes at once and returns its symbolic outputs. */
export function apply<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): readonly Tensor[] {
  const specs = operator.infer(inputs, attributes);
  const outputs: Tensor[] = [];
  const node: GraphNode = { operator: operator as Operator, inputs, attributes, outputs };
  for (const [output, spec] of specs.entries()) {
    outputs.push({ type: spec.type, shape: spec.shape, origin: { kind: 'node', node, output } });
  }
  return outputs;
}

/** Applies an operator that has one output. */
export function applyOne<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  return apply(operator, inputs, attributes)[0]!;
}
