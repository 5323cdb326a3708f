// What the elementwise operators on one tensor share: the shape stays, each element is computed by itself.
import { sizeOf } from '../../../core/floor.ts';
import type { NodeReader } from '../nodeReader.ts';
import type { Operator } from '../operator.ts';

/** An operator from what makes its loop over all elements. */
export function unaryOperator(
  attributes: readonly string[],
  loopOf: (node: NodeReader) => (input: Float32Array, output: Float32Array) => void,
): Operator {
  return {
    attributes,
    prepare(node) {
      const loop = loopOf(node);
      return {
        plan(inputs) {
          const shape = node.floatShape(inputs, 0);
          return {
            outputs: [{ shape, type: 'float32' }],
            work: sizeOf(shape),
            bind: () => (values, results) => loop(values[0] as Float32Array, results[0] as Float32Array),
          };
        },
      };
    },
  };
}
