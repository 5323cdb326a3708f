// What a recogniser is given, as its network takes it: each kind of input goes through as much of framing as it still
// needs.
import { type Framing, frameCharacter, frameInk, type Picture, rasterizeInk } from '../../picture/floor.ts';
import type { RecognizerInput } from './recognition.ts';

/**
 * Frames one input: strokes are drawn first, in a picture the ink is looked for, and ink that was found already is
 * taken as it is.
 *
 * @returns undefined when there is nothing to read.
 * @throws {ShapeError} for a picture or ink that does not hold as many bytes as its extents say.
 */
export function frameInput(input: RecognizerInput, framing: Framing): Picture | undefined {
  if ('amounts' in input) return frameInk(input, framing);
  return frameCharacter('strokes' in input ? rasterizeInk(input, framing.pen) : input, framing);
}
