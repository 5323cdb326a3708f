// Nonlinearities by name.
import type { Tensor } from '../graph/operator.ts';
import { leakyRelu } from '../graph/operators/leakyRelu.ts';
import { relu } from '../graph/operators/relu.ts';
import { sigmoid } from '../graph/operators/sigmoid.ts';
import { tanh } from '../graph/operators/tanh.ts';
import type { Activation } from './config.ts';

/** `activation(x)`; `'linear'`, the default, is x itself. */
export function activate(x: Tensor, activation: Activation = 'linear'): Tensor {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return relu(x);
    case 'leakyRelu':
      return leakyRelu(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'tanh':
      return tanh(x);
  }
}
