// Merges what follows a convolution or a matrix product into it: a constant bias, batch normalisation (a scale and
// shift of the weights) and Relu. Same answers up to rounding, fewer passes over memory.
import type { OnnxNode } from '../../onnx/floor.ts';
import type { Activation } from './kernels/kernels.ts';
import { NodeReader } from './nodeReader.ts';
import { channelScale } from './operators/batchNormalization.ts';
import type { Constant } from './values.ts';

/** A node with what was merged into it. */
export interface FusedNode {
  readonly node: OnnxNode;
  readonly activation: Activation;
  readonly bias?: Float32Array;
}

/**
 * The nodes with followers merged in; new weights are added to `constants`.
 *
 * A follower is merged only when nothing else sees the value between: one user, and not an output of the graph.
 */
export function fuseNodes(
  nodes: readonly OnnxNode[],
  opset: number,
  constants: Map<string, Constant>,
  outputs: ReadonlySet<string>,
): FusedNode[] {
  const users = new Map<string, OnnxNode[]>();
  for (const node of nodes) {
    for (const input of node.inputs) {
      const list = users.get(input);
      if (list === undefined) users.set(input, [node]);
      else list.push(node);
    }
  }
  const merged = new Set<OnnxNode>();
  const result: FusedNode[] = [];
  for (const first of nodes) {
    if (merged.has(first)) continue;
    let fused: FusedNode = { node: first, activation: 'none' };
    for (;;) {
      const value = fused.node.outputs[0] ?? '';
      const followers = users.get(value) ?? [];
      if (outputs.has(value) || followers.length !== 1 || fused.activation !== 'none') break;
      const follower = followers[0]!;
      const next = merge(fused, follower, opset, constants);
      if (next === undefined) break;
      merged.add(follower);
      fused = { ...next, node: { ...next.node, outputs: [follower.outputs[0]!] } };
    }
    result.push(fused);
  }
  return result;
}

function merge(
  fused: FusedNode,
  follower: OnnxNode,
  opset: number,
  constants: Map<string, Constant>,
): FusedNode | undefined {
  const { node } = fused;
  const weights = constants.get(node.inputs[1] ?? '');
  if (!(weights?.data instanceof Float32Array) || constants.has(node.inputs[0]!)) return undefined;
  if (node.opType === 'MatMul') {
    if (weights.shape.length !== 2) return undefined;
  } else if (node.opType === 'Gemm') {
    if (weights.shape.length !== 2 || !plainGemm(node)) return undefined;
  } else if (node.opType !== 'Conv' || weights.shape.length !== 4) return undefined;

  if (follower.opType === 'Relu') return { ...fused, activation: 'relu' };
  if (follower.opType === 'Add') return mergeAdd(fused, follower, weights, constants);
  if (follower.opType === 'BatchNormalization' && follower.inputs[0] === node.outputs[0]) {
    return mergeNormalization(fused, new NodeReader(follower, opset, constants), weights, constants);
  }
  return undefined;
}

function mergeAdd(
  fused: FusedNode,
  follower: OnnxNode,
  weights: Constant,
  constants: Map<string, Constant>,
): FusedNode | undefined {
  const { node } = fused;
  const addend = constants.get(follower.inputs.find((name) => name !== node.outputs[0]) ?? '');
  const added = addend?.data;
  if (addend === undefined || !(added instanceof Float32Array)) return undefined;
  const units = unitsOf(node, weights);
  const shape = addend.shape.join();
  // Only shapes that cannot change the result's rank or repeat along another axis.
  const fits =
    node.opType === 'Conv'
      ? shape === `${units},1,1` || shape === `1,${units},1,1`
      : shape === `${units}` || (node.opType === 'Gemm' && shape === `1,${units}`);
  if (!fits) return undefined;
  const bias = biasOf(fused, units, constants);
  if (bias === undefined) return undefined;
  const sum = Float32Array.from(bias, (value, unit) => value + added[unit]!);
  return node.opType === 'MatMul' ? { ...fused, bias: sum } : withInputs(fused, constants, sum);
}

function mergeNormalization(
  fused: FusedNode,
  normalization: NodeReader,
  weights: Constant,
  constants: Map<string, Constant>,
): FusedNode | undefined {
  const { node } = fused;
  // The rank of a MatMul's result is not known yet, and only in a matrix is the channel the last axis.
  if (node.opType === 'MatMul') return undefined;
  const units = unitsOf(node, weights);
  const bias = biasOf(fused, units, constants);
  const { scale, shift } = channelScale(normalization);
  if (bias === undefined || scale.length !== units) return undefined;
  const data = weights.data as Float32Array;
  const inner = data.length / units;
  const unitFirst = node.opType === 'Conv' || flag(node, 'transB');
  const scaled = data.map((value, at) => value * scale[unitFirst ? Math.floor(at / inner) : at % units]!);
  const moved = Float32Array.from(bias, (value, unit) => value * scale[unit]! + shift[unit]!);
  return withInputs(fused, constants, moved, { ...weights, data: scaled });
}

function withInputs(
  fused: FusedNode,
  constants: Map<string, Constant>,
  bias: Float32Array,
  weights?: Constant,
): FusedNode {
  const { node } = fused;
  const add = (role: string, constant: Constant): string => {
    let name = `${node.outputs[0]}/${role}`;
    while (constants.has(name)) name += '_';
    constants.set(name, constant);
    return name;
  };
  const weightName = weights === undefined ? node.inputs[1]! : add('fused weights', weights);
  const biasName = add('fused bias', { shape: [bias.length], type: 'float32', data: bias });
  return { ...fused, node: { ...node, inputs: [node.inputs[0]!, weightName, biasName] } };
}

/** Filters of a convolution, columns of a product. */
function unitsOf(node: OnnxNode, weights: Constant): number {
  return weights.shape[node.opType === 'Conv' || flag(node, 'transB') ? 0 : 1]!;
}

/** The bias so far, one number a unit, or `undefined` when it is computed or of another shape. */
function biasOf(fused: FusedNode, units: number, constants: Map<string, Constant>): Float32Array | undefined {
  const name = fused.node.inputs[2] ?? '';
  if (fused.node.opType === 'MatMul' || name === '') return fused.bias ?? new Float32Array(units);
  const constant = constants.get(name);
  if (!(constant?.data instanceof Float32Array) || constant.data.length !== units) return undefined;
  const shape = constant.shape.join();
  return shape === `${units}` || shape === `1,${units}` ? constant.data : undefined;
}

/** A Gemm without scale factors and without a transposed left side; all that exporters of dense layers write. */
function plainGemm(node: OnnxNode): boolean {
  const is = (name: string, value: number): boolean => (node.attributes[name]?.value ?? value) === value;
  return is('alpha', 1) && is('beta', 1) && is('transA', 0);
}

function flag(node: OnnxNode, name: string): boolean {
  return (node.attributes[name]?.value ?? 0) !== 0;
}
