// What the operators that only rename or reshape share: the output is the input's very memory.
import { formatShape, ShapeError, sizeOf } from '../../../core/floor.ts';
import type { NodeReader } from '../nodeReader.ts';
import type { Operator } from '../operator.ts';

/** An operator from the rule that turns the input's shape into the output's. */
export function aliasOperator(
  attributes: readonly string[],
  shapeRuleOf: (node: NodeReader) => (shape: readonly number[]) => readonly number[],
): Operator {
  return {
    attributes,
    prepare(node) {
      const shapeRule = shapeRuleOf(node);
      return {
        plan(inputs) {
          const { shape, type } = node.info(inputs, 0);
          const result = shapeRule(shape);
          if (
            result.some((extent) => !Number.isSafeInteger(extent) || extent < 0) ||
            sizeOf(result) !== sizeOf(shape)
          ) {
            throw new ShapeError(`${node.what}: shape ${formatShape(shape)} does not turn into ${formatShape(result)}`);
          }
          return { outputs: [{ shape: result, type }], work: 0, alias: true, bind: () => () => {} };
        },
      };
    },
  };
}
