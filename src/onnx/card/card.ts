// The model card: what a model is, how its input must be framed, where it comes from and how good it was measured to
// be. Stored as JSON in the ONNX file's metadata under `cardKey`, so that the one file says everything.

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
  /**
   * `keep`: straight strokes that reach across the picture are strokes and not printed lines, which `remove` (default)
   * leaves out.
   */
  readonly lines?: 'remove' | 'keep';
  /** Width of the pen that strokes of a pad are drawn with, as a share of the ink's longer side; absent: as MNIST's. */
  readonly pen?: number;
}

/** A measured figure, with what it was measured on. */
export interface CardFigure {
  /** Data set and part, for example `mnist:test`. */
  readonly data: string;
  /** Pictures that were read. */
  readonly count: number;
  /** Share of right answers, 0..1. */
  readonly accuracy: number;
  /** Mean cross-entropy in nats, where it was measured. */
  readonly loss?: number;
}

/** A data set that went into training. */
export interface CardData {
  /** Data set and part, for example `mnist:train`. */
  readonly name: string;
  /** Samples of it that were trained on. */
  readonly count: number;
  /** SHA-256 of the pixels and labels of the whole set, before any validation split was taken out, in hexadecimal. */
  readonly sha256: string;
  /** What the set's own description says of its terms. */
  readonly terms?: string;
  /** Why whoever wrote the recipe takes these terms to allow everybody to pass on what is trained on the set. */
  readonly cleared?: string;
}

/** How a model was trained: the recipe in full, the command, the seed. */
export interface CardTraining {
  /** Command line that repeats the training. */
  readonly command: string;
  /** The recipe in full, as plain JSON. */
  readonly recipe: unknown;
  /** Seed of everything that the training drew at random. */
  readonly seed: number;
  /** Seed of the split that held validation pictures back, where it is not `seed`: members of a committee share one. */
  readonly splitSeed?: number;
  /** Sets that it was trained on. */
  readonly data: readonly CardData[];
  /** Models that it learned from, with what they had learned from. */
  readonly teachers?: readonly { readonly name: string; readonly data: readonly CardData[] }[];
  /**
   * What whoever passes the model on must know of the terms of its data; see `termsNotice`. Absent: those of all are
   * stated.
   */
  readonly notice?: string;
  /** Day on which the training ended, ISO 8601. */
  readonly date: string;
  /** Time that the training took, over all sittings. */
  readonly seconds: number;
  /** Version of each program that had a part in it, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** How a committee decides; `src/read/committee/vote.ts` says what each means. */
export const votingRules = ['votes', 'meanProbability', 'meanLogit'] as const;

/** Name of a voting rule. */
export type VotingRule = (typeof votingRules)[number];

/** Most members of a committee: twenty times the report's five, and far beyond where one more network helps. */
export const maximumMembers = 100;

/** A network of a committee. */
export interface CommitteeMember {
  /** What it is called where the votes are shown, unlike any other member's. */
  readonly name: string;
  /** Seed of its training. */
  readonly seed?: number;
  /** Its own softmax temperature, applied to its logits before the vote. */
  readonly temperature: number;
}

/** Several networks in one file (`mergeModels`), and how they become one answer. */
export interface CardCommittee {
  /** How the members' answers become one. */
  readonly rule: VotingRule;
  /** In the order of the outputs `member_1/logits`, `member_2/logits` and so on; 2 or more. */
  readonly members: readonly CommitteeMember[];
}

/** Everything a stranger needs to use and judge the model. */
export interface ModelCard {
  /** Version of the card's format. */
  readonly format: 1;
  /** The model's name, as its recipe has it. */
  readonly name: string;
  /** What the model is, in a sentence. */
  readonly description: string;
  /** Class texts in the order of the outputs. */
  readonly labels: readonly string[];
  /** How a character stands in the network's input. */
  readonly framing: Framing;
  /**
   * Softmax temperature found by calibration; 1 means uncalibrated. Applied by the recogniser, not in the graph. A
   * committee's is applied after the vote, on top of those of its members.
   */
  readonly temperature: number;
  /**
   * The network as plain data (see `learn/nn`), so that it can be rebuilt, exported and trained on; absent for foreign
   * models.
   */
  readonly network?: unknown;
  /** Present when the file holds a committee; it then has no `network`, its members' own cards have. */
  readonly committee?: CardCommittee;
  /** How it was trained. */
  readonly training?: CardTraining;
  /** Measured on what training held back. */
  readonly validation?: CardFigure;
  /** Measured on test sets, each read once. */
  readonly test?: readonly CardFigure[];
}
