// Putting scaled ink in the network's square: the last step of framing. Moves by whole pixels only, as MNIST's makers
// did.

import { blankPicture, type Picture } from '../picture.ts';
import type { Framing } from './framing.ts';

/**
 * A `size` square with the ink in its middle: the pixel that holds the ink's centre of mass, or the middle of its
 * rectangle, comes to stand on pixel `floor(size / 2)`, counted from 0.
 *
 * Where that would push ink over the square's edge, it is moved back inside as far as it fits.
 *
 * @param ink scaled ink, cropped to its rectangle; what does not fit into the square is cut off.
 */
export function placeInk(ink: Picture, framing: Framing): Picture {
  const { size } = framing;
  const [left, top] = framing.centre === 'mass' ? massOffset(ink, size) : boxOffset(ink, size);
  const square = blankPicture(size, size);
  for (let y = Math.max(0, -top); y < Math.min(ink.height, size - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(ink.width, size - left); x++) {
      square.pixels[(y + top) * size + x + left] = ink.pixels[y * ink.width + x]!;
    }
  }
  return square;
}

function massOffset(ink: Picture, size: number): [number, number] {
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      const value = ink.pixels[y * ink.width + x]!;
      mass += value;
      momentX += value * x;
      momentY += value * y;
    }
  }
  if (mass === 0) return boxOffset(ink, size);
  const middle = Math.floor(size / 2);
  // Whole numbers until the one division, so that a centre of exactly one half rounds the same way everywhere: up, as
  // in MNIST.
  const left = middle - Math.floor((2 * momentX + mass) / (2 * mass));
  const top = middle - Math.floor((2 * momentY + mass) / (2 * mass));
  return [within(left, size - ink.width), within(top, size - ink.height)];
}

function boxOffset(ink: Picture, size: number): [number, number] {
  return [Math.floor((size - ink.width) / 2), Math.floor((size - ink.height) / 2)];
}

/** `offset` held between 0 and `room`; without room the middle. */
function within(offset: number, room: number): number {
  return room < 0 ? Math.floor(room / 2) : Math.max(0, Math.min(room, offset));
}
