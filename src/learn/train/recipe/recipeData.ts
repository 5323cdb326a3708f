// The data section of a recipe.
import * as v from 'valibot';
import { type AlphabetName, alphabets, parseWith, schemaOf, strictObject, whole } from '../../../core/floor.ts';
import { checkFraming, type Framing, mnistFraming, namedFramings } from '../../../picture/floor.ts';

/** What a training reads, as plain data. */
export interface RecipeData {
  /**
   * Where the training pictures are: `mnist:train`, a stored set's `chars74k:train`, an IDX file, a labelled folder; or
   * several of these. Classes with the same text are one; their order is digits, capitals, small letters, then all
   * others by code point.
   */
  readonly train: string | readonly string[];
  /**
   * Also trained on and never held back: samples on which nothing should be measured, for example letters of fonts. The
   * part held back from `train` is the same with and without them, so both can be compared.
   */
  readonly extra?: string | readonly string[];
  /**
   * For sets whose own description leaves their terms open: why everybody may pass on what is trained on them. Goes
   * into the model card, by name of the set.
   */
  readonly cleared?: Readonly<Record<string, string>>;
  /** How to get the data, for people: shown where some of it is missing. */
  readonly obtain?: string;
  /** Samples taken out of the training set for validation; 0: none. */
  readonly validation: number;
  /**
   * `sample`: the same share of every class. `writer`: whole writers with about that many samples together, so that
   * nobody's hand is on both sides. `order`: the last samples of every class, for sets whose classes are in the order
   * of unnamed writers. Default: by writer where every sample has a known writer and there are two or more; otherwise
   * by sample.
   */
  readonly splitBy?: 'sample' | 'writer' | 'order';
  /** Read once, after training; absent: not at all. Several are measured separately and all together. */
  readonly test?: string | readonly string[];
  /**
   * Samples of other classes are left out, also from the test sets: an alphabet's name, or a list of class texts and
   * such names.
   */
  readonly classes?: AlphabetName | readonly string[];
  /**
   * Small letters that look like their capitals count as these, also in the test sets: 62 classes become the 47 of
   * EMNIST's merged divisions.
   */
  readonly merged?: boolean;
  /** Forces pictures to be framed as a recogniser would (`raw`) or used as they are; default: by each set's form. */
  readonly framing?: 'framed' | 'raw';
  /**
   * How raw pictures are framed, here and by every user of the model, whose card holds it. Framed pictures must have
   * its size. Default: as MNIST's. A recipe's file may also name one, `"hanzi"`; the parsed recipe holds its numbers.
   */
  readonly frame?: Framing;
}

/** How a recipe's pictures are framed. */
export function frameOf({ frame }: RecipeData): Framing {
  return frame ?? mnistFraming;
}

/** Larger numbers of sets and classes are taken for a mistake. */
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

/**
 * The data section of a recipe alone, parsed as `parseRecipe` does. @throws {FormatError} naming the source and the
 * first wrong field.
 */
export function parseRecipeData(json: unknown, source: string): RecipeData {
  return parseWith(recipeDataSchema, json, source, "a recipe's data");
}
