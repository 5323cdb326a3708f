// What the floors above may import of this one. What the world may import stands in index.ts.
export { type Alphabet, type AlphabetName, alphabets, expandAlphabet, isAlphabetName } from './alphabet.ts';
export { type EditCosts, editDistance, plainCosts } from './editDistance.ts';
export {
  CancelledError,
  DivergenceError,
  DuctusError,
  FormatError,
  MissingError,
  ShapeError,
  UnsupportedError,
  UsageError,
} from './errors.ts';
export { checkWith, parseWith } from './parseWith.ts';
export { type Random, randomStream, shuffle } from './random.ts';
export {
  amount,
  belowOne,
  countUpTo,
  fileName,
  numberWithin,
  positive,
  rangeWithin,
  schemaOf,
  share,
  strictObject,
  whole,
} from './schema.ts';
export { broadcastShapes, formatShape, type Shape, sameShape, sizeOf, stridesOf } from './shape.ts';
export { suggestion } from './suggest.ts';
