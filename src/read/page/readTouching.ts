// A box of a page that is too wide for one character, read as a row of characters that touch.
import type { Bounds, FoundInk } from '../../picture/floor.ts';
import type { RecognizeOptions } from '../recognizer/allowedClasses.ts';
import type { Recognised, Recognizer } from '../recognizer/recognition.ts';
import { readString } from '../string/readString.ts';

/** A character of a box, and where it stands on the page. */
export interface TouchingCharacter {
  readonly bounds: Bounds;
  readonly answer: Recognised;
}

/**
 * Parts and reads what stands in a box.
 *
 * @param ink of the box alone, with as much paper on its left as on its right, and above as below.
 * @param box where that ink stands on the page.
 * @returns from left to right; undefined when it is read best as a single character, or not at all.
 */
export async function readTouching(
  recognizer: Pick<Recognizer, 'recognizeAll'>,
  ink: FoundInk,
  box: Bounds,
  choice: RecognizeOptions,
): Promise<TouchingCharacter[] | undefined> {
  const reader: Pick<Recognizer, 'recognizeAll'> = {
    recognizeAll: (pictures) => recognizer.recognizeAll(pictures, choice),
  };
  const { characters } = await readString(reader, ink);
  if (characters.length < 2) return undefined;
  const [paperLeft, paperTop] = [(ink.width - box.width) / 2, (ink.height - box.height) / 2];
  return characters.map(({ bounds: { left, top, width, height }, ...answer }) => ({
    bounds: { left: box.left + left - paperLeft, top: box.top + top - paperTop, width, height },
    answer: { empty: false, ...answer },
  }));
}
