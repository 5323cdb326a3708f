import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DuctusError, FormatError, MissingError, ShapeError } from '../../../core/floor.ts';
import type { Picture } from '../../../picture/floor.ts';
import { encodePng, imageLongestSide, readPicture } from './image.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-image-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const gradient: Picture = { width: 40, height: 30, pixels: Uint8Array.from({ length: 1200 }, (_, i) => (i * 7) % 256) };

describe('readPicture and encodePng', () => {
  it('bring a grey picture back unchanged', async () => {
    const path = await put('gradient.png', await encodePng(gradient));
    expect(await readPicture(path)).toEqual(gradient);
  });

  it('write one grey channel of 8 bits', async () => {
    const { channels, depth, width, height } = await sharp(await encodePng(gradient)).metadata();
    expect({ channels, depth, width, height }).toEqual({ channels: 1, depth: 'uchar', width: 40, height: 30 });
  });

  it('reads colour as luminance and lays transparency on white', async () => {
    const pixels = Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 128);
    const png = await sharp(pixels, { raw: { width: 4, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    const picture = await readPicture(await put('colour.png', png));
    const [red, blue, clear, half] = picture.pixels;
    expect(red).toBeGreaterThan(blue!);
    expect(red).toBeLessThan(160);
    expect(clear).toBe(255);
    expect(half).toBeGreaterThan(100);
    expect(half).toBeLessThan(200);
  });

  it('reads three and four channels, 16 bits and TIFF as the same grey', async () => {
    const grey = sharp(gradient.pixels, { raw: { width: 40, height: 30, channels: 1 } });
    const files = [
      await grey.clone().toColourspace('srgb').png().toBuffer(),
      await grey.clone().toColourspace('srgb').ensureAlpha().png().toBuffer(),
      await grey.clone().toColourspace('grey16').png().toBuffer(),
      await grey.clone().tiff({ compression: 'lzw' }).toBuffer(),
    ];
    for (const [index, bytes] of files.entries()) {
      const picture = await readPicture(await put(`grey${index}`, bytes));
      expect([picture.width, picture.height, picture.pixels.length]).toEqual([40, 30, 1200]);
      const worst = Math.max(...picture.pixels.map((value, i) => Math.abs(value - gradient.pixels[i]!)));
      expect(worst, `file ${index}`).toBeLessThanOrEqual(1);
    }
  });

  it("applies a camera's orientation", async () => {
    const jpeg = await sharp(gradient.pixels, { raw: { width: 40, height: 30, channels: 1 } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const picture = await readPicture(await put('turned.jpg', jpeg));
    expect([picture.width, picture.height]).toEqual([30, 40]);
  });

  it('shrinks a picture of 20,000 x 200 while decoding', async () => {
    const wide = { width: 20_000, height: 200, pixels: new Uint8Array(4_000_000).fill(200) };
    const picture = await readPicture(await put('wide.png', await encodePng(wide)));
    expect([picture.width, picture.height]).toEqual([imageLongestSide, 20]);
    expect(picture.pixels.every((value) => value === 200)).toBe(true);
  });

  it('keeps at least one row of a picture of 20,000 x 1', async () => {
    const line = { width: 20_000, height: 1, pixels: new Uint8Array(20_000).fill(9) };
    const picture = await readPicture(await put('line.png', await encodePng(line)));
    expect([picture.width, picture.height]).toEqual([imageLongestSide, 1]);
  });

  it('names the file when it is missing, empty, a folder, no image, cut off or claims too many pixels', async () => {
    const noise = Uint8Array.from({ length: 120 * 120 }, (_, i) => (i * i * 31) % 251);
    const image = sharp(noise, { raw: { width: 120, height: 120, channels: 1 } });
    const png = await image.clone().png().toBuffer();
    const jpeg = await image.clone().jpeg().toBuffer();
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    const missing = join(folder, 'nowhere.png');
    const cases: [string, new (message: string) => DuctusError][] = [
      [missing, MissingError],
      [folder, FormatError],
      [await put('empty.png', new Uint8Array()), FormatError],
      [await put('text.png', new TextEncoder().encode('not a picture')), FormatError],
      [await put('cut.png', png.subarray(0, png.length >> 1)), FormatError],
      [await put('cut.jpg', jpeg.subarray(0, jpeg.length >> 1)), FormatError],
      [await put('huge.png', huge), FormatError],
    ];
    for (const [path, kind] of cases) {
      const error = await readPicture(path).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error, path).toBeInstanceOf(kind);
      expect((error as Error).message).toContain(path);
    }
  });

  it('answers random and damaged bytes with a picture or a FormatError', async () => {
    const png = await encodePng(gradient);
    const damaged = fc
      .array(fc.tuple(fc.nat(png.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = Uint8Array.from(png);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 400 }), damaged), async (bytes) => {
        const path = await put('random', bytes);
        try {
          const { width, height, pixels } = await readPicture(path);
          expect(pixels.length).toBe(width * height);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('refuses to write a picture whose pixels do not match its extents', async () => {
    await expect(encodePng({ width: 3, height: 3, pixels: new Uint8Array(8) })).rejects.toBeInstanceOf(ShapeError);
  });
});
