// Unsqueeze: inserts axes of extent 1.
import { FormatError } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';
import { aliasOperator } from './alias.ts';

/** Inserts an axis at each given place of the result; from version 13 on the axes are an input. */
export const unsqueeze: Operator = aliasOperator(['axes'], (node) => {
  const stated = node.opset < 13 ? node.ints('axes') : node.intConstant(1, 'axes');
  if (stated === undefined) throw new FormatError(`${node.what}: expected axes, received none`);
  return (shape) => {
    const rank = shape.length + stated.length;
    const axes = new Set(stated.map((axis) => node.axis(axis, rank)));
    if (axes.size !== stated.length) throw node.misfit('axes that differ', stated);
    let next = 0;
    return Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : shape[next++]!));
  };
});
