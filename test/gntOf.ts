// Writes characters in the form of CASIA-HWDB's `.gnt` files, of real samples: dark on 255, cut to the box of their
// ink.
import type { Picture } from '../src/picture/floor.ts';

/** A record of a file. */
export interface GntLike {
  /** The code's two bytes: `[0xb0, 0xa1]` is U+554A. */
  readonly code: readonly [number, number];
  /** Ink 255 on 0. */
  readonly picture: Picture;
}

/** The bytes of a file. */
export function gntOf(records: readonly GntLike[]): Uint8Array {
  return Buffer.concat(
    records.map(({ code, picture }) => {
      const { width, height, pixels } = boxed(picture);
      const bytes = Buffer.alloc(10 + width * height);
      bytes.writeUInt32LE(bytes.length, 0);
      bytes.set(code, 4);
      bytes.writeUInt16LE(width, 6);
      bytes.writeUInt16LE(height, 8);
      bytes.set(
        pixels.map((ink) => 255 - ink),
        10,
      );
      return bytes;
    }),
  );
}

function boxed({ width, height, pixels }: Picture): Picture {
  const rows = [...Array(height).keys()].filter((y) =>
    pixels.subarray(y * width, (y + 1) * width).some((ink) => ink > 0),
  );
  const columns = [...Array(width).keys()].filter((x) => rows.some((y) => pixels[y * width + x]! > 0));
  const [left, right] = [columns[0]!, columns.at(-1)! + 1];
  const cut = [];
  for (let y = rows[0]!; y <= rows.at(-1)!; y++) cut.push(...pixels.subarray(y * width + left, y * width + right));
  return { width: right - left, height: rows.at(-1)! + 1 - rows[0]!, pixels: Uint8Array.from(cut) };
}
