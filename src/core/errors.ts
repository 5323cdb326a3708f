// Errors that a user may meet. Every message says what was being done, what was expected and what was received,
// and names the file or option. One class per cause, so that a caller can tell them apart without reading text.

/**
 * Base of every error that Ductus throws on purpose; anything else that escapes is a bug in Ductus.
 *
 * @example
 * ```ts
 * import { DuctusError, UsageError } from 'ductus';
 * import { openRecognizer } from 'ductus/node';
 *
 * try {
 *   await openRecognizer('no-such-model');
 * } catch (error) {
 *   console.log(error instanceof DuctusError, error instanceof UsageError); // true true
 * }
 * ```
 */
export class DuctusError extends Error {
  override name = 'DuctusError';
}

/**
 * A file or byte stream does not follow its format, is cut off, lies about its size or is larger than the stated bound.
 */
export class FormatError extends DuctusError {
  override name = 'FormatError';
}

/** Two shapes do not fit an operator or a layer; the message names both. */
export class ShapeError extends DuctusError {
  override name = 'ShapeError';
}

/** A model or graph uses something that the engine at hand cannot run; the message names the operator. */
export class UnsupportedError extends DuctusError {
  override name = 'UnsupportedError';
}

/** An option, argument, name or configuration is not one of those allowed; the message lists what is. */
export class UsageError extends DuctusError {
  override name = 'UsageError';
}

/** A file or an optional package that the work needs is not there; the message says how to get it. */
export class MissingError extends DuctusError {
  override name = 'MissingError';
}

/**
 * Training met a loss or gradient that is not a finite number; the message names the step and the last good checkpoint.
 */
export class DivergenceError extends DuctusError {
  override name = 'DivergenceError';
}

/**
 * Work was cancelled by its caller and left nothing behind. Not a failure of the work itself.
 *
 * @example
 * ```ts
 * import { CancelledError } from 'ductus';
 * import { classifierKindNamed } from 'ductus/classic';
 * import { onnxRuntimeEngine, openDataset } from 'ductus/node';
 * import { limitSamples } from 'ductus/samples';
 *
 * const kind = classifierKindNamed('fuzzy-membership', { engine: onnxRuntimeEngine, now: () => performance.now() });
 * const some = limitSamples(await openDataset('mnist:train'), 100, 1);
 * const stopped = await kind.fit(some, { seed: 1, cancelled: () => true }).catch((error: unknown) => error);
 * console.log(stopped instanceof CancelledError); // true
 * ```
 */
export class CancelledError extends DuctusError {
  override name = 'CancelledError';
}
