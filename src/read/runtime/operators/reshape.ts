// Reshape: the same elements under another shape, which must be a constant.
import { FormatError, sizeOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';
import { aliasOperator } from './alias.ts';

/** In the target, -1 stands for what is left over and 0 for the input's own extent (unless allowzero is 1). */
export const reshape: Operator = aliasOperator(['allowzero', 'shape'], (node) => {
  const target = node.opset < 5 ? node.ints('shape') : node.intConstant(1, 'shape');
  if (target === undefined) throw new FormatError(`${node.what}: expected a target shape, received none`);
  if (target.filter((extent) => extent === -1).length > 1) throw node.misfit('at most one -1', target);
  const keepZero = node.int('allowzero', 0) !== 0;
  return (shape) => {
    const result = target.map((extent, axis) => (extent === 0 && !keepZero ? (shape[axis] ?? -2) : extent));
    const free = result.indexOf(-1);
    if (free >= 0) {
      const known = sizeOf(result.filter((_, axis) => axis !== free));
      result[free] = known === 0 ? 0 : sizeOf(shape) / known;
    }
    return result;
  };
});
