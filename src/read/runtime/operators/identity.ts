// Identity: the input under another name.
import type { Operator } from '../operator.ts';
import { aliasOperator } from './alias.ts';

/** `y = x`. */
export const identity: Operator = aliasOperator([], () => (shape) => shape);
