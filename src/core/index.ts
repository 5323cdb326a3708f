export { type Alphabet, type AlphabetName, alphabets, expandAlphabet, isAlphabetName } from './alphabet.ts';
export {
  DivergenceError,
  DuctusError,
  FormatError,
  MissingError,
  ShapeError,
  UnsupportedError,
  UsageError,
} from './errors.ts';
export { type Random, randomStream, type StreamKey, shuffle } from './random.ts';
export { broadcastShapes, formatShape, type Shape, sameShape, sizeOf, stridesOf } from './shape.ts';
