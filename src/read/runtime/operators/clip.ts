// Clip: values are held between two bounds; from version 11 on the bounds are inputs, before they were attributes.
import type { Operator } from '../operator.ts';
import { unaryOperator } from './unary.ts';

/** `y = min(max(x, low), high)`; a bound that is left out does not bind. */
export const clip: Operator = unaryOperator(['max', 'min'], (node) => {
  const bound = (index: number, name: string, otherwise: number): number => {
    if (node.opset < 11) return node.float(name, otherwise);
    if (!node.hasInput(index)) return otherwise;
    const { data, shape } = node.floatConstant(index, name);
    if (data.length !== 1) throw node.misfit(`one number as ${name}`, shape);
    return data[0]!;
  };
  const low = bound(1, 'min', -Infinity);
  const high = bound(2, 'max', Infinity);
  return (input, output) => {
    for (let at = 0; at < input.length; at++) {
      const x = input[at]!;
      const raised = Math.max(x, low);
      output[at] = Math.min(raised, high);
    }
  };
});
