// Squeeze: drops axes of extent 1.
import type { Operator } from '../operator.ts';
import { aliasOperator } from './alias.ts';

/** Drops the given axes, or all of extent 1; from version 13 on the axes are an input. */
export const squeeze: Operator = aliasOperator(['axes'], (node) => {
  const stated = node.opset < 13 ? node.ints('axes') : node.intConstant(1, 'axes');
  return (shape) => {
    const axes = stated?.map((axis) => node.axis(axis, shape.length));
    const dropped = (axis: number): boolean => (axes === undefined ? shape[axis] === 1 : axes.includes(axis));
    if (axes?.some((axis) => shape[axis] !== 1)) throw node.misfit(`extent 1 at axes ${stated!.join(', ')}`, shape);
    return shape.filter((_, axis) => !dropped(axis));
  };
});
