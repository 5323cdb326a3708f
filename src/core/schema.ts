// What schemas of configs are made of: bounds that recur, and the tie between a schema and the type that it stands for.
import * as v from 'valibot';
import { suggestName } from './suggest.ts';

/** A whole number of 1 to `most`. */
export function countUpTo(most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
}

/** A number of `least` to `most`, both included. */
export function numberWithin(least: number, most: number) {
  return v.pipe(v.number(), v.minValue(least), v.maxValue(most));
}

/** Two numbers of `least` to `most`, the first not above the second. */
export function rangeWithin(least: number, most: number) {
  const bound = numberWithin(least, most);
  return v.pipe(
    v.tuple([bound, bound]),
    v.check(([from, to]) => from <= to, 'expected two numbers, the first not above the second'),
  );
}

/** 0..1, both included: a share, a probability. */
export const share = numberWithin(0, 1);
/** At least 0 and below 1. */
export const belowOne = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
/** Above 0 and finite. */
export const positive = v.pipe(v.number(), v.gtValue(0), v.finite());
/** At least 0 and finite. */
export const amount = v.pipe(v.number(), v.minValue(0), v.finite());
/** A whole number of at least 0. */
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A name that can also be a file's. */
export const fileName = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, _ . -'));

/**
 * An object with these keys and no others, as valibot's `strictObject`. Its error for another key says which one was
 * meant: `unknown key "epoch"; did you mean "epochs"?`.
 */
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const keys = Object.keys(entries);
  return v.strictObject(entries, (issue) => {
    if (issue.expected !== 'never') return issue.message;
    const key = String(issue.input);
    const near = suggestName(key, keys);
    const hint = near === undefined ? `expected ${keys.join(', ') || 'none'}` : `did you mean "${near}"?`;
    return `unknown key "${key}"; ${hint}`;
  });
}

/** Without `readonly`: schemas do not say it, interfaces do. */
type Writable<Type> = { -readonly [Key in keyof Type]: Writable<Type[Key]> };

/** Whether two types are the same one, optional keys included. */
type Equal<Left, Right> =
  (<Type>() => Type extends Left ? 1 : 2) extends <Type>() => Type extends Right ? 1 : 2 ? true : false;

/**
 * The schema itself; it does not compile unless what comes out of it is exactly `Type`, `readonly` aside. So an
 * interface and its schema cannot drift apart: `schemaOf<Point>()(strictObject({ x: v.number(), y: v.number() }))`.
 */
export function schemaOf<Type>() {
  return <Schema extends v.GenericSchema>(
    schema: Schema &
      (Equal<Writable<v.InferOutput<Schema>>, Writable<Type>> extends true
        ? unknown
        : { readonly expectedOutput: Writable<Type>; readonly receivedOutput: Writable<v.InferOutput<Schema>> }),
  ): Schema => schema;
}
