// The model card: what a model is, how its input must be framed, where it comes from and how good it was measured to be.
// Stored as JSON in the ONNX file's metadata under `cardKey`, so that the one file says everything.

/** Metadata key under which the card's JSON stands in the ONNX file. */
export const cardKey = 'ductus.card';

/** How a picture becomes the network's input; the recogniser follows it, whatever the model. */
export interface Framing {
  /** Side of the square input in pixels (28 for MNIST). */
  readonly size: number;
  /** Longer side of the ink after scaling, in pixels (20 for MNIST). */
  readonly box: number;
  /** What is placed in the middle of the square: the centre of mass of the ink, or the centre of its bounding box. */
  readonly centre: 'mass' | 'box';
}

/** A measured figure, with what it was measured on. */
export interface CardFigure {
  /** Data set and part, for example `mnist:test`. */
  readonly data: string;
  readonly count: number;
  /** Share of right answers, 0..1. */
  readonly accuracy: number;
  /** Mean cross-entropy in nats, where it was measured. */
  readonly loss?: number;
}

/** A data set that went into training. */
export interface CardData {
  readonly name: string;
  readonly count: number;
  /** SHA-256 of the pixels and labels of the whole set, before any validation split was taken out, in hexadecimal. */
  readonly sha256: string;
  readonly terms?: string;
}

/** Everything a stranger needs to use and judge the model. */
export interface ModelCard {
  readonly format: 1;
  readonly name: string;
  readonly description: string;
  /** Class texts in the order of the outputs. */
  readonly labels: readonly string[];
  readonly framing: Framing;
  /** Softmax temperature found by calibration; 1 means uncalibrated. Applied by the recogniser, not in the graph. */
  readonly temperature: number;
  /** The network as plain data (see `learn/nn`), so that it can be rebuilt, exported and trained on; absent for foreign models. */
  readonly network?: unknown;
  /** How it was trained: the recipe in full, the command, the seed. */
  readonly training?: {
    readonly command: string;
    readonly recipe: unknown;
    readonly seed: number;
    readonly data: readonly CardData[];
    readonly date: string;
    readonly seconds: number;
    readonly versions: Readonly<Record<string, string>>;
  };
  readonly validation?: CardFigure;
  readonly test?: readonly CardFigure[];
}
