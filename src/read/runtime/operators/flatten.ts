// Flatten: any tensor becomes a matrix, split before an axis.
import { sizeOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';
import { aliasOperator } from './alias.ts';

/** `[product of extents before axis, product of the rest]`; axis 1 where the node does not say. */
export const flatten: Operator = aliasOperator(['axis'], (node) => {
  const stated = node.int('axis', 1);
  return (shape) => {
    // The axis may also be the rank itself, which leaves a single column.
    const axis = stated === shape.length ? stated : node.axis(stated, shape.length);
    return [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))];
  };
});
