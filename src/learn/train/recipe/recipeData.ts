// What a recipe says of its data.
import * as v from 'valibot';
import { type AlphabetName, alphabets, parseWith, schemaOf, strictObject, whole } from '../../../core/floor.ts';
import { checkFraming, type Framing, mnistFraming, namedFramings } from '../../../picture/floor.ts';

/** What a training reads, as plain data. */
export interface RecipeData {
  /**
   * Where the training pictures are: `mnist:train`, a stored set's `chars74k:train`, an IDX file, a labelled folder; or several of
   * these, whose classes are united by their texts: digits, capitals, small letters, then all others by code point.
   */
  readonly train: string | readonly string[];
  /**
   * Trained on, too, and never held back: samples that nobody's figure should be measured on, such as letters of fonts. What is held back
   * of `train` is the same with and without them, so that a comparison of both is one.
   */
  readonly extra?: string | readonly string[];
  /**
   * Of sets whose own description leaves their terms open: why they are taken to allow everybody to pass on what is trained on them. Goes
   * into the model card, by name of the set.
   */
  readonly cleared?: Readonly<Record<string, string>>;
  /** How to get the data, for people: said where some of it is not there. */
  readonly obtain?: string;
  /** Samples taken out of the training set for validation; 0: none. */
  readonly validation: number;
  /**
   * `sample`: the same share of every class. `writer`: whole writers, of about that many samples together, so that nobody's
   * hand is on both sides. `order`: of every class the samples that stand last, for sets whose classes stand in the order of
   * writers who are not named. Default: by writer where the data says of every sample who wrote it, of two or more; else by sample.
   */
  readonly splitBy?: 'sample' | 'writer' | 'order';
  /** Read once, when training is over; absent: not at all. Of several each is measured by itself, and all together. */
  readonly test?: string | readonly string[];
  /** Samples of other classes are left out, of the test sets, too: an alphabet's name, or a list of class texts and such names. */
  readonly classes?: AlphabetName | readonly string[];
  /** Small letters that look like their capitals count as these, of the test sets, too: 62 classes become the 47 of EMNIST's merged divisions. */
  readonly merged?: boolean;
  /** Force pictures to be framed as a recogniser would (`raw`) or taken as they are; default: as each set's form says. */
  readonly framing?: 'framed' | 'raw';
  /**
   * How raw pictures are framed, here and by everybody who uses the model: its card says so. Framed ones must have its size. Default: as
   * MNIST's. A recipe's file may also name one, `"hanzi"`; read, it is its numbers.
   */
  readonly frame?: Framing;
}

/** How a recipe's pictures are framed. */
export function frameOf({ frame }: RecipeData): Framing {
  return frame ?? mnistFraming;
}

/** Sets and classes beyond these are taken for a slip. */
const mostSets = 64;
const mostClasses = 65_536;

const sets = v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostSets))]);

const alphabet = v.union([
  v.picklist(Object.keys(alphabets) as AlphabetName[]),
  v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1), v.maxLength(mostClasses)),
]);

const framingSchema = schemaOf<Framing>()(
  strictObject({
    size: v.number(),
    box: v.number(),
    centre: v.picklist(['mass', 'box']),
    lines: v.exactOptional(v.picklist(['remove', 'keep'])),
    pen: v.exactOptional(v.number()),
  }),
);

const frameSchema = v.pipe(
  v.union([v.picklist(Object.keys(namedFramings) as (keyof typeof namedFramings)[]), framingSchema]),
  v.transform((frame): Framing => (typeof frame === 'string' ? namedFramings[frame] : frame)),
  v.rawCheck(({ dataset, addIssue }) => {
    try {
      if (dataset.typed) checkFraming(dataset.value);
    } catch (error) {
      addIssue({ message: (error as Error).message });
    }
  }),
);

/** The schema of a recipe's data. */
export const recipeDataSchema = schemaOf<RecipeData>()(
  strictObject({
    train: sets,
    extra: v.exactOptional(sets),
    cleared: v.exactOptional(v.record(v.string(), v.pipe(v.string(), v.minLength(1)))),
    obtain: v.exactOptional(v.string()),
    validation: whole,
    splitBy: v.exactOptional(v.picklist(['sample', 'writer', 'order'])),
    test: v.exactOptional(sets),
    classes: v.exactOptional(alphabet),
    merged: v.exactOptional(v.boolean()),
    framing: v.exactOptional(v.picklist(['framed', 'raw'])),
    frame: v.exactOptional(frameSchema),
  }),
);

/** What a recipe reads, by itself; as `parseRecipe` reads it. @throws {FormatError} naming the source and the first wrong field. */
export function parseRecipeData(json: unknown, source: string): RecipeData {
  return parseWith(recipeDataSchema, json, source, "a recipe's data");
}
