// Checks what callers hand to a recogniser, the same in front of a worker's port and where there is none: of a buffer
// that was handed over to somebody already nothing is left, and what cannot be copied must not reach the port.
import { UsageError } from '../../core/floor.ts';
import type { Picture } from '../../picture/floor.ts';
import type { RecognizerInput } from './recognition.ts';

/**
 * Checks that inputs are pictures, found ink or strokes. What the strokes hold is checked where they are drawn.
 *
 * @throws {UsageError} naming the input, its extents and the number of bytes received.
 */
export function checkInputs(inputs: readonly RecognizerInput[]): void {
  for (const [index, input] of inputs.entries()) {
    const what = inputs.length === 1 ? 'picture' : `picture ${index}`;
    if (typeof input !== 'object' || input === null) {
      throw new UsageError(`${what}: expected a picture, found ink or strokes, received ${String(input)}`);
    }
    if ('strokes' in input) continue;
    if ('amounts' in input) checkBytes(input, input.amounts, 'amounts of ink', what);
    else checkBytes(input, input.pixels, 'pixels', what);
  }
}

/**
 * Checks that pictures that are framed already hold as many bytes as their extents say. @throws {UsageError} as
 * `checkInputs` does.
 */
export function checkFramed(pictures: readonly Picture[]): void {
  for (const [index, picture] of pictures.entries()) {
    checkBytes(picture, picture.pixels, 'pixels', `framed picture ${index}`);
  }
}

function checkBytes(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  bytes: Uint8Array | undefined,
  name: string,
  what: string,
): void {
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!whole || !(bytes instanceof Uint8Array) || bytes.length !== width * height) {
    throw new UsageError(
      `${what}: expected width x height bytes of ${name}, received ${width} x ${height} with ${bytes?.length ?? 'no'} ${name}`,
    );
  }
}
