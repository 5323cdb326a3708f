// How a character is placed in the network's square: plain data, checked here. Carried in a model's card; followed by `frameCharacter`.
import { UsageError } from '../core/index.ts';

/** How a picture becomes the network's input; the recogniser follows it, whatever the model. */
export interface Framing {
  /** Side of the square input in pixels (28 for MNIST). */
  readonly size: number;
  /** Longer side of the ink after scaling, in pixels (20 for MNIST). */
  readonly box: number;
  /** What is placed in the middle of the square: the centre of mass of the ink, or the centre of its bounding box. */
  readonly centre: 'mass' | 'box';
}

/** MNIST's framing: ink scaled to 20x20, its centre of mass in the middle of 28x28 (LeCun, Bottou, Bengio, Haffner 1998). */
export const mnistFraming: Framing = { size: 28, box: 20, centre: 'mass' };

/** Largest `size` that a framing may ask for; ours, far above any network here. */
export const framingMaxSize = 1024;

/**
 * Checks a framing that came from outside.
 *
 * @throws {UsageError} naming the field, what was expected and what was received.
 */
export function checkFraming(framing: Framing): void {
  const { size, box, centre } = framing;
  if (!Number.isSafeInteger(size) || size < 1 || size > framingMaxSize) {
    throw new UsageError(`framing, size: expected a whole number in 1..${framingMaxSize}, received ${size}`);
  }
  if (!Number.isSafeInteger(box) || box < 1 || box > size) {
    throw new UsageError(`framing, box: expected a whole number in 1..${size} (the size), received ${box}`);
  }
  if (centre !== 'mass' && centre !== 'box') {
    throw new UsageError(`framing, centre: expected "mass" or "box", received ${JSON.stringify(centre)}`);
  }
}
