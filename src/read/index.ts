export { type Ballot, type DecidedBy, type VotingRule, vote } from './committee/vote.ts';
export {
  type Confusions,
  confusionCosts,
  type EditCostOptions,
  type EditCosts,
  plainCosts,
} from './lexicon/editCosts.ts';
export { editDistance, type NearWord, nearestWords } from './lexicon/nearestWords.ts';
export { type PageCharacter, pageText, readPage } from './page/readPage.ts';
export type { RecognizeOptions } from './recognizer/allowedClasses.ts';
export { createRecognizer } from './recognizer/createRecognizer.ts';
export { type AnswerProbabilities, estimateFrequencies, type Frequencies } from './recognizer/frequencies.ts';
export type { RecognizerOptions } from './recognizer/modelReading.ts';
export type { RecognizerSource } from './recognizer/panel.ts';
export type { RecognizerPort } from './recognizer/port.ts';
export type {
  Alternative,
  MemberVote,
  NothingDrawn,
  Recognised,
  Recognition,
  Recognizer,
  RecognizerInput,
  Verdict,
} from './recognizer/recognition.ts';
export { remoteRecognizer } from './recognizer/remoteRecognizer.ts';
export { temperedSoftmax } from './recognizer/scores.ts';
export { serveRecognizer } from './recognizer/serveRecognizer.ts';
export type { Kernels } from './runtime/kernels/kernels.ts';
export { plainKernels } from './runtime/kernels/plain.ts';
export { maximumNetworkBytes, maximumWork } from './runtime/limits.ts';
export { loadNetwork, type Network, type NetworkOptions, type NetworkOutput } from './runtime/network.ts';
export { cutPieces, type Piece, type Pieces } from './string/cutPieces.ts';
export { type LineInk, lineInk } from './string/lineInk.ts';
export {
  type CharacterReader,
  noCharacter,
  readString,
  type StringCharacter,
  type StringReading,
} from './string/readString.ts';
