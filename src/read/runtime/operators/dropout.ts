// Dropout for inference, where it does nothing.
import type { Operator } from '../operator.ts';
import { aliasOperator } from './alias.ts';

/** `y = x`; a model that asks for training mode, or for the mask, is refused. */
export const dropout: Operator = aliasOperator(['is_test', 'ratio', 'seed'], (node) => {
  if ((node.node.outputs[1] ?? '') !== '') throw node.unsupported('the output of the mask');
  if (node.opset < 7) node.demandInt('is_test', 1);
  if (node.hasInput(2)) {
    const training = node.constant(2);
    if (training === undefined || training.data.length !== 1 || Number(training.data[0]) !== 0) {
      throw node.unsupported('training mode');
    }
  }
  return (shape) => shape;
});
