// What a recogniser takes and answers: the interface that the direct recogniser, its worker twin and a committee share.
import type { Ink, Picture } from '../../picture/index.ts';

/** A class text with its probability, 0..1. */
export interface Alternative {
  readonly label: string;
  readonly confidence: number;
}

/** The answer when ink was found. */
export interface Recognised {
  readonly empty: false;
  /** Text of the most probable class. */
  readonly label: string;
  /** Its probability, 0..1. */
  readonly confidence: number;
  /** All classes, most probable first; the first is the answer itself. */
  readonly alternatives: readonly Alternative[];
  /** Probabilities in the order of `labels`; they sum to 1. */
  readonly probabilities: Float32Array;
  /** What the network saw: ink 255 on 0, `framing.size` square. */
  readonly framed: Picture;
}

/** The answer when there was nothing to read: a blank picture, or no strokes. */
export interface NothingDrawn {
  readonly empty: true;
}

/** What recognition answers; tell the two apart by `empty`. */
export type Recognition = Recognised | NothingDrawn;

/** A picture of one character on any background, dark on light or light on dark, or the strokes of a pen. */
export type RecognizerInput = Picture | Ink;

/** Reads one character a call; the direct recogniser and its worker twin have the same methods. */
export interface Recognizer {
  /** Class texts in the order of the network's outputs. */
  readonly labels: readonly string[];
  /** Reads one picture or drawing through the whole path: find ink, frame, run, rank. */
  recognize(input: RecognizerInput): Promise<Recognition>;
  /** Reads many, in order; faster than one by one because the network runs on batches. */
  recognizeAll(inputs: readonly RecognizerInput[]): Promise<Recognition[]>;
  /** Reads pictures that are framed already (`framing.size` square, ink 255 on 0): no ink finding, no scaling. */
  recognizeFramed(pictures: readonly Picture[]): Promise<Recognised[]>;
  /** Frees memory and threads; later calls are rejected. Safe to call twice. */
  dispose(): void;
}
