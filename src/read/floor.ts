// What the floors above may import of this one. What the world may import stands in index.ts.
export { type DecidedBy, vote } from './committee/vote.ts';
export { confusionCosts } from './lexicon/editCosts.ts';
export { nearestWords } from './lexicon/nearestWords.ts';
export { type PageCharacter, pageText, readPage } from './page/readPage.ts';
export type { RecognizeOptions } from './recognizer/allowedClasses.ts';
export { createRecognizer } from './recognizer/createRecognizer.ts';
export { frameInput } from './recognizer/frameInput.ts';
export { type AnswerProbabilities, estimateFrequencies, type Frequencies } from './recognizer/frequencies.ts';
export type { RecognizerOptions } from './recognizer/modelReading.ts';
export type { RecognizerPort } from './recognizer/port.ts';
export type {
  Alternative,
  MemberVote,
  Recognised,
  Recognition,
  Recognizer,
  RecognizerInput,
} from './recognizer/recognition.ts';
export { remoteRecognizer } from './recognizer/remoteRecognizer.ts';
export { temperedSoftmax } from './recognizer/scores.ts';
export { serveRecognizer } from './recognizer/serveRecognizer.ts';
export { loadNetwork } from './runtime/network.ts';
export { checkSupport } from './runtime/support.ts';
export { cutPieces, type Piece } from './string/cutPieces.ts';
export { lineInk } from './string/lineInk.ts';
export { type CharacterReader, noCharacter, readString } from './string/readString.ts';
