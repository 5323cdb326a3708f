// Small readers of parsed JSON, tied to the types that they read: the compiler asks for every field of an interface. By
// hand and not by a schema library, as the page carries this code.
import { FormatError } from '../../core/floor.ts';

/**
 * The value itself, if it is what it should be. @throws {FormatError} naming `where`, what was expected and what was
 * received.
 */
export type Reader<Type> = (value: unknown, where: string) => Type;

/** A reader of a field that may be absent. */
interface OptionalReader<Type> {
  readonly optional: Reader<Type>;
}

/** A reader for each field: an {@link optional} one where the field may be absent, and only there. */
type FieldReaders<Type> = {
  readonly [Key in keyof Type]-?: Record<never, never> extends Pick<Type, Key>
    ? OptionalReader<Exclude<Type[Key], undefined>>
    : Reader<Type[Key]>;
};

/** A field that may be absent. */
export function optional<Type>(reader: Reader<Type>): OptionalReader<Type> {
  return { optional: reader };
}

/**
 * An object with these fields, read in this order; it is handed on as it is.
 *
 * @param others whether fields that are not listed may be there; default: they may.
 */
export function object<Type>(fields: FieldReaders<Type>, others?: 'no others'): Reader<Type> {
  const readers = Object.entries<Reader<unknown> | OptionalReader<unknown>>(fields);
  return (value, where) => {
    const owner = record(value, where);
    const stray = others && Object.keys(owner).find((key) => !Object.hasOwn(fields, key));
    if (stray !== undefined) {
      throw wrong(where, `only the fields ${readers.map(([key]) => key).join(', ')}`, stray);
    }
    for (const [key, reader] of readers) {
      const at = where === '' ? key : `${where}.${key}`;
      if (typeof reader === 'function') reader(owner[key], at);
      else if (owner[key] !== undefined) reader.optional(owner[key], at);
    }
    return value as Type;
  };
}

/** A list of such values. */
export function listOf<Type>(reader: Reader<Type>): Reader<readonly Type[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, 'a list', value);
    return value.map((entry, index) => reader(entry, `${where}[${index}]`));
  };
}

/** An object of such values under any keys. */
export function recordOf<Type>(reader: Reader<Type>): Reader<Readonly<Record<string, Type>>> {
  return (value, where) => {
    for (const [key, entry] of Object.entries(record(value, where))) reader(entry, `${where}.${key}`);
    return value as Readonly<Record<string, Type>>;
  };
}

/** One of some texts. */
export function oneOf<const Text extends string>(texts: readonly Text[]): Reader<Text> {
  return (value, where) => {
    const found = texts.find((one) => one === value);
    if (found === undefined) throw wrong(where, texts.map((one) => `"${one}"`).join(' or '), value);
    return found;
  };
}

/** A number for which something holds. */
export function numberWhere(expected: string, holds: (value: number) => boolean): Reader<number> {
  return (value, where) => {
    if (typeof value !== 'number' || !holds(value)) throw wrong(where, expected, value);
    return value;
  };
}

/** A whole number within bounds. */
export function wholeNumber(low: number, high: number): Reader<number> {
  return numberWhere(
    `a whole number of ${low}..${high}`,
    (value) => Number.isSafeInteger(value) && value >= low && value <= high,
  );
}

/** A text. */
export const text: Reader<string> = (value, where) => {
  if (typeof value !== 'string') throw wrong(where, 'a text', value);
  return value;
};

/** Whatever it is. */
export const anything: Reader<unknown> = (value) => value;

/** The error for a field of a model card. */
export function wrong(where: string, expected: string, received: unknown): FormatError {
  const shown = received === undefined ? 'nothing' : (JSON.stringify(received) ?? typeof received).slice(0, 80);
  return new FormatError(`model card, ${where === '' ? 'the card' : where}: expected ${expected}, received ${shown}`);
}

function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}
