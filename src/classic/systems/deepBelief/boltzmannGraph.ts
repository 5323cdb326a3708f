// The graph of one step of contrastive divergence, for the engine: products of matrices are nearly all of its cost.
import type { OnnxAttribute, OnnxNode, OnnxValueInfo } from '../../../onnx/floor.ts';
import { plainGraph, plainNode, plainScalar } from '../../parts/plainGraph.ts';

const float: OnnxAttribute = { kind: 'int', value: 1 };
const yes: OnnxAttribute = { kind: 'int', value: 1 };

function given(name: string, ...shape: readonly number[]): OnnxValueInfo {
  return { name, type: 'float32', shape };
}

/**
 * One step of contrastive divergence (CD-1, Hinton 2002) on a restricted Boltzmann machine of binary units:
 *
 * `h0 = sigmoid(v W + b)`, `v1 = sigmoid([u < h0] W' + a)`, `h1 = sigmoid(v1 W + b)`; with probabilities everywhere but in the
 * hidden states that drive the reconstruction (Hinton 2012, A practical guide to training restricted Boltzmann machines).
 *
 * Inputs: `data` v `[batch, visible]` 0..1, `uniform` u `[batch, hidden]` drawn from [0, 1), `weights` W `[visible, hidden]`,
 * `hiddenBias` b `[hidden]`, `visibleBias` a `[visible]`. Outputs, each the mean over the batch of positive less negative phase:
 * `weightStep`, `hiddenStep`, `visibleStep`; and `error`, the mean squared difference of v and v1, `[1]`.
 */
export function divergenceGraph(visible: number, hidden: number, batch: number): Uint8Array {
  const hiddenOf = (data: string, label: string): OnnxNode[] => [
    plainNode('Gemm', [data, 'weights', 'hiddenBias'], [`${label}Input`]),
    plainNode('Sigmoid', [`${label}Input`], [label]),
  ];
  const meanOf = (from: string, to: string): OnnxNode =>
    plainNode('ReduceMean', [from, 'batchAxis'], [to], { keepdims: { kind: 'int', value: 0 } });
  const nodes = [
    ...hiddenOf('data', 'hidden0'),
    plainNode('Less', ['uniform', 'hidden0'], ['fires']),
    plainNode('Cast', ['fires'], ['states'], { to: float }),
    plainNode('Gemm', ['states', 'weights', 'visibleBias'], ['visibleInput'], { transB: yes }),
    plainNode('Sigmoid', ['visibleInput'], ['visible1']),
    ...hiddenOf('visible1', 'hidden1'),
    plainNode('Gemm', ['data', 'hidden0'], ['positive'], { transA: yes }),
    plainNode('Gemm', ['visible1', 'hidden1', 'positive'], ['statistics'], {
      transA: yes,
      alpha: { kind: 'float', value: -1 },
    }),
    plainNode('Mul', ['statistics', 'share'], ['weightStep']),
    plainNode('Sub', ['hidden0', 'hidden1'], ['hiddenChange']),
    meanOf('hiddenChange', 'hiddenStep'),
    plainNode('Sub', ['data', 'visible1'], ['visibleChange']),
    meanOf('visibleChange', 'visibleStep'),
    plainNode('Mul', ['visibleChange', 'visibleChange'], ['squares']),
    plainNode('ReduceMean', ['squares'], ['meanSquare'], { keepdims: { kind: 'int', value: 0 } }),
    plainNode('Reshape', ['meanSquare', 'one'], ['error']),
  ];
  return plainGraph({
    name: 'contrastive-divergence',
    nodes,
    initializers: [
      plainScalar('share', 1 / batch),
      { name: 'batchAxis', type: 'int64', shape: [1], data: BigInt64Array.of(0n) },
      { name: 'one', type: 'int64', shape: [1], data: BigInt64Array.of(1n) },
    ],
    inputs: [
      given('data', batch, visible),
      given('uniform', batch, hidden),
      given('weights', visible, hidden),
      given('hiddenBias', hidden),
      given('visibleBias', visible),
    ],
    outputs: [
      given('weightStep', visible, hidden),
      given('hiddenStep', hidden),
      given('visibleStep', visible),
      given('error', 1),
    ],
  });
}

/** `sigmoid(data W + b)`: inputs `data`, `weights`, `hiddenBias`, output `hidden`, as in {@link divergenceGraph}. */
export function hiddenGraph(visible: number, hidden: number, batch: number): Uint8Array {
  return plainGraph({
    name: 'hidden',
    nodes: [
      plainNode('Gemm', ['data', 'weights', 'hiddenBias'], ['input']),
      plainNode('Sigmoid', ['input'], ['hidden']),
    ],
    initializers: [],
    inputs: [given('data', batch, visible), given('weights', visible, hidden), given('hiddenBias', hidden)],
    outputs: [given('hidden', batch, hidden)],
  });
}
