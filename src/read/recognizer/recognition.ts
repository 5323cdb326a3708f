// What a recogniser takes and answers: the interface that the direct recogniser, its worker twin and a committee share.
import type { VotingRule } from '../../onnx/floor.ts';
import type { FoundInk, Ink, Picture } from '../../picture/floor.ts';
import type { DecidedBy } from '../committee/vote.ts';
import type { RecognizeOptions } from './allowedClasses.ts';

/** A class text with its probability, 0..1. */
export interface Alternative {
  /** The class's text, as in the model's `labels`. */
  readonly label: string;
  /** Its probability, 0..1. */
  readonly confidence: number;
}

/** What one member of a committee answered by itself, at its own temperature. */
export interface MemberVote extends Alternative {
  /** The member's name. */
  readonly name: string;
}

/** How a committee came to its answer. */
export interface Verdict {
  /** Each member's own answer, in the order of the members. */
  readonly members: readonly MemberVote[];
  /** Members that put each class first, in the order of `labels`, whatever the rule. */
  readonly votes: readonly number[];
  readonly rule: VotingRule;
  /** What the decision came down to under the rule. */
  readonly decidedBy: DecidedBy;
}

/** The answer when ink was found; the fields of the verdict are there when a committee answered, all or none. */
export interface Recognised extends Partial<Verdict> {
  /** Tells this answer from `NothingDrawn`. */
  readonly empty: false;
  /** Text of the most probable class; of a committee that votes, of the elected one, which is hardly ever another. */
  readonly label: string;
  /**
   * Its probability, 0..1. A committee's is not its share of the votes (five of five would always claim 100 %): it is
   * that of the mean of its members' probabilities (of their logits, under the rule of that name), at the committee's
   * temperature. An answer that was elected against that mean is thus as unsure as it should be: another class may have
   * more.
   */
  readonly confidence: number;
  /**
   * All classes, or those of the alphabet that was asked for: the answer itself, then the others, most probable first.
   */
  readonly alternatives: readonly Alternative[];
  /** Probabilities in the order of `labels`, whence `confidence`; they sum to 1, and are 0 outside the alphabet. */
  readonly probabilities: Float32Array;
  /** What the network saw: ink 255 on 0, `framing.size` square. */
  readonly framed: Picture;
}

/** The answer when there was nothing to read: a blank picture, or no strokes. */
export interface NothingDrawn {
  /** Tells this answer from `Recognised`. */
  readonly empty: true;
}

/** What recognition answers; tell the two apart by `empty`. */
export type Recognition = Recognised | NothingDrawn;

/**
 * One character: a picture on any background, dark on light or light on dark; ink that was found already, on a page or
 * in a row; or the strokes of a pen. Which of them it is shows by its field: `pixels`, `amounts` or `strokes`.
 */
export type RecognizerInput = Picture | FoundInk | Ink;

/**
 * Reads one character a call; the direct recogniser and its worker twin have the same methods. A `choice` restricts the
 * answers of one call; a call is rejected with a UsageError when it asks for classes that the model lacks.
 */
export interface Recognizer {
  /** Class texts in the order of the network's outputs. */
  readonly labels: readonly string[];
  /**
   * Reads one picture, found ink or drawing through the whole path: find ink where it is not found yet, frame, run,
   * rank.
   */
  recognize(input: RecognizerInput, choice?: RecognizeOptions): Promise<Recognition>;
  /** Reads many, in order; faster than one by one because the network runs on batches. */
  recognizeAll(inputs: readonly RecognizerInput[], choice?: RecognizeOptions): Promise<Recognition[]>;
  /** Reads pictures that are framed already (`framing.size` square, ink 255 on 0): no ink finding, no scaling. */
  recognizeFramed(pictures: readonly Picture[], choice?: RecognizeOptions): Promise<Recognised[]>;
  /** Frees memory and threads; later calls are rejected. Safe to call twice. */
  dispose(): void;
}
