// Activations: one table, from which their type, schema, graph, export to Keras and tests derive.
import * as v from 'valibot';
import type { Tensor } from '../graph/operator.ts';
import { leakyRelu } from '../graph/operators/leakyRelu.ts';
import { multiply } from '../graph/operators/multiply.ts';
import { relu } from '../graph/operators/relu.ts';
import { sigmoid } from '../graph/operators/sigmoid.ts';
import { tanh } from '../graph/operators/tanh.ts';

/** The layer of Keras 2 that computes an activation. */
export interface KerasActivation {
  readonly className: string;
  readonly config: Readonly<Record<string, string | number>>;
}

/** An elementwise nonlinearity. */
export interface ActivationKind {
  /** Adds it to a graph. Its ONNX nodes must be among those that `src/read/runtime` runs. */
  readonly apply: (x: Tensor) => Tensor;
  /**
   * Its name in Keras 2 and TensorFlow.js. `'identity'`: no layer is needed; `'none'`: they lack it, and the export is
   * refused.
   */
  readonly keras: KerasActivation | 'identity' | 'none';
}

/** Slope of leakyRelu below 0 (Maas et al. 2013; ONNX's default). Keras's is 0.3. */
const leakySlope = 0.01;

/** Every activation, by the name that configs use. A new one is a row here. */
export const activations = {
  linear: { apply: (x) => x, keras: 'identity' },
  relu: { apply: relu, keras: { className: 'ReLU', config: {} } },
  leakyRelu: {
    apply: (x) => leakyRelu(x, leakySlope),
    keras: { className: 'LeakyReLU', config: { alpha: leakySlope } },
  },
  sigmoid: { apply: sigmoid, keras: { className: 'Activation', config: { activation: 'sigmoid' } } },
  swish: {
    apply: (x) => multiply(x, sigmoid(x)),
    keras: { className: 'Activation', config: { activation: 'swish' } },
  },
  tanh: { apply: tanh, keras: { className: 'Activation', config: { activation: 'tanh' } } },
} as const satisfies Readonly<Record<string, ActivationKind>>;

/** Elementwise nonlinearities at the end of a layer. */
export type Activation = keyof typeof activations;

/** An activation's name in a config. */
export const activationSchema = v.picklist(Object.keys(activations) as Activation[]);

/** `activation(x)`; `'linear'`, the default, is x itself. */
export function activate(x: Tensor, activation: Activation = 'linear'): Tensor {
  return activations[activation].apply(x);
}
