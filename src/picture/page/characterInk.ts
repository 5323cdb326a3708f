// The ink of one character of a page by itself, as a recogniser takes it: without neighbours, rules and specks that
// reach into its box.
import type { Bounds } from '../bounds.ts';
import type { Components } from '../components.ts';
import type { FoundInk } from '../foundInk.ts';
import type { InkMap } from '../ink/inkMap.ts';

/**
 * Paper about the character, as a share of its longer side, and pixels more. Framing needs none, but what turns out to
 * be a row of characters is cut along ways that may lead round its ends: without any, two digits fewer were found on 64
 * amounts on cheques.
 */
const margin = 0.2;
const marginPixels = 4;
/** Faint pixels within this many of a character's own are its soft edge. */
const softEdge = 2;

/**
 * The pixels of some components, and the faint ones beside them that belong to no other, with paper about them.
 *
 * @param map its rules blanked.
 * @param members numbers of the components.
 * @param box that holds them.
 * @returns ink as the map has it.
 */
export function characterInk(
  { picture: { width, height, pixels }, floor }: InkMap,
  { labels }: Components,
  members: readonly number[],
  box: Bounds,
): FoundInk {
  const paper = marginPixels + Math.round(margin * Math.max(box.width, box.height));
  const own = { width: box.width + 2 * paper, height: box.height + 2 * paper };
  const amounts = new Uint8Array(own.width * own.height);
  const numbers = new Set(members);
  const isOwn = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && numbers.has(labels[y * width + x]!);
  for (let y = 0; y < own.height; y++) {
    for (let x = 0; x < own.width; x++) {
      const [pageX, pageY] = [box.left - paper + x, box.top - paper + y];
      if (pageX < 0 || pageY < 0 || pageX >= width || pageY >= height) continue;
      const at = pageY * width + pageX;
      if (pixels[at]! <= floor) continue;
      if (isOwn(pageX, pageY) || (labels[at] === 0 && isNear(isOwn, pageX, pageY))) {
        amounts[y * own.width + x] = pixels[at]!;
      }
    }
  }
  return { ...own, amounts };
}

function isNear(isOwn: (x: number, y: number) => boolean, x: number, y: number): boolean {
  for (let dy = -softEdge; dy <= softEdge; dy++) {
    for (let dx = -softEdge; dx <= softEdge; dx++) if (isOwn(x + dx, y + dy)) return true;
  }
  return false;
}
