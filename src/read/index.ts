export type {
  Alternative,
  NothingDrawn,
  Recognised,
  Recognition,
  Recognizer,
  RecognizerInput,
} from './recognizer/recognition.ts';
