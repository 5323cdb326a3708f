// The paper's own grey: how it varies over the picture, and its removal. Takes pictures with light ink on dark paper
// (`invert` first).
import type { Picture } from '../picture.ts';

/** Widest stroke to tell from a shadow, as a share of the picture's longer side: the boldest marker in a tight crop. */
const widestStroke = 0.3;

/** What is left of the paper's grey after `levelBackground`, so that noise below the paper is not cut off. */
export const paperOffset = 32;

/** A picture's negative: dark ink on light paper becomes light ink on dark. */
export function invertPicture(picture: Picture): Picture {
  const pixels = new Uint8Array(picture.pixels.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - picture.pixels[i]!;
  return { ...picture, pixels };
}

/**
 * The paper's grey level at every pixel of a thumbnail: a morphological opening by a square wider than any stroke (ink
 * is light here, so the opening takes it away), smoothed.
 *
 * @param widest widest stroke to tell from a shadow, as a share of the longer side.
 */
export function paperSurface(thumbnail: Picture, widest: number = widestStroke): Picture {
  const { width, height } = thumbnail;
  const radius = Math.max(1, Math.round((Math.max(width, height) * widest) / 2));
  const soft = Math.max(1, Math.round(radius / 3));
  const passes = [
    [radius, 'least'],
    [radius, 'most'],
    [soft, 'mean'],
  ] as const;
  let pixels = thumbnail.pixels;
  for (const [reach, take] of passes) {
    pixels = slide(slide(pixels, width, height, reach, take, 'rows'), width, height, reach, take, 'columns');
  }
  return { width, height, pixels };
}

/**
 * How much the paper varies: the difference between the highest and the lowest grey of its surface. 0 when it is even
 * along the picture's edge: a shadow or a slope reaches the edge somewhere, and what does not is a bold stroke that the
 * opening left.
 */
export function unevenness(surface: Picture, evenRange: number): number {
  const { width, height, pixels } = surface;
  const edge = [
    ...pixels.subarray(0, width),
    ...pixels.subarray((height - 1) * width),
    ...Array.from({ length: height }, (_, y) => [pixels[y * width]!, pixels[(y + 1) * width - 1]!]).flat(),
  ];
  return Math.max(...edge) - Math.min(...edge) <= evenRange ? 0 : greyRange(pixels);
}

function greyRange(pixels: Uint8Array): number {
  let least = 255;
  let most = 0;
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}

/** Subtracts the paper's grey, interpolated bilinearly from its thumbnail, and adds `paperOffset`; held to 0..255. */
export function levelBackground(picture: Picture, surface: Picture): Picture {
  const { width, height } = picture;
  const pixels = new Uint8Array(width * height);
  const line = new Float32Array(surface.width);
  for (let y = 0; y < height; y++) {
    const atY = Math.max(0, Math.min(surface.height - 1, ((y + 0.5) * surface.height) / height - 0.5));
    const top = Math.floor(atY);
    const bottom = Math.min(surface.height - 1, top + 1);
    for (let x = 0; x < surface.width; x++) {
      const upper = surface.pixels[top * surface.width + x]!;
      line[x] = upper + (atY - top) * (surface.pixels[bottom * surface.width + x]! - upper);
    }
    for (let x = 0; x < width; x++) {
      const atX = Math.max(0, Math.min(surface.width - 1, ((x + 0.5) * surface.width) / width - 0.5));
      const left = Math.floor(atX);
      const right = Math.min(surface.width - 1, left + 1);
      const paper = line[left]! + (atX - left) * (line[right]! - line[left]!);
      const value = picture.pixels[y * width + x]! - paper + paperOffset + 0.5;
      pixels[y * width + x] = value < 0 ? 0 : Math.min(value, 255);
    }
  }
  return { width, height, pixels };
}

/** Least, most or mean of the pixels within `radius` along one axis; past the edge there is nothing. */
function slide(
  pixels: Uint8Array,
  width: number,
  height: number,
  radius: number,
  take: 'least' | 'most' | 'mean',
  axis: 'rows' | 'columns',
): Uint8Array {
  const result = new Uint8Array(pixels.length);
  const lines = axis === 'rows' ? height : width;
  const length = axis === 'rows' ? width : height;
  const step = axis === 'rows' ? 1 : width;
  for (let line = 0; line < lines; line++) {
    const start = axis === 'rows' ? line * width : line;
    for (let i = 0; i < length; i++) {
      const from = start + Math.max(0, i - radius) * step;
      const to = start + Math.min(length - 1, i + radius) * step;
      let value = pixels[from]!;
      if (take === 'least') {
        for (let k = from; k <= to; k += step) if (pixels[k]! < value) value = pixels[k]!;
      } else if (take === 'most') {
        for (let k = from; k <= to; k += step) if (pixels[k]! > value) value = pixels[k]!;
      } else {
        let sum = 0;
        for (let k = from; k <= to; k += step) sum += pixels[k]!;
        value = sum / ((to - from) / step + 1) + 0.5;
      }
      result[start + i * step] = value;
    }
  }
  return result;
}
