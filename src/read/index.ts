// ductus: the recogniser and all that reads with it.

export {
  CancelledError,
  DivergenceError,
  DuctusError,
  type EditCosts,
  FormatError,
  MissingError,
  ShapeError,
  UnsupportedError,
  UsageError,
} from '../core/floor.ts';
export { type Ballot, vote } from './committee/vote.ts';
export { confusionCosts } from './lexicon/editCosts.ts';
export { type NearWord, nearestWords } from './lexicon/nearestWords.ts';
export { type PageCharacter, pageText, readPage } from './page/readPage.ts';
export type { RecognizeOptions } from './recognizer/allowedClasses.ts';
export { createRecognizer } from './recognizer/createRecognizer.ts';
export { estimateFrequencies, type Frequencies } from './recognizer/frequencies.ts';
export type { RecognizerOptions } from './recognizer/modelReading.ts';
export type { RecognizerPort } from './recognizer/port.ts';
export type {
  Alternative,
  MemberVote,
  NothingDrawn,
  Recognised,
  Recognition,
  Recognizer,
  RecognizerInput,
} from './recognizer/recognition.ts';
export { remoteRecognizer } from './recognizer/remoteRecognizer.ts';
export { serveRecognizer } from './recognizer/serveRecognizer.ts';
export { plainKernels } from './runtime/kernels/plain.ts';
export { loadNetwork, type Network, type NetworkOptions, type NetworkOutput } from './runtime/network.ts';
export { type CharacterReader, readString, type StringCharacter, type StringReading } from './string/readString.ts';
