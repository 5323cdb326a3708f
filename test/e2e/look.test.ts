// The page around the drawing: its looks in light and dark, wide and on a phone, what assistive technology is told,
// a model that fails to load, and a server that has the page below its root.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { modelCardOf, readOnnx, withModelCard, writeOnnx } from '../../src/onnx/floor.ts';
import {
  digit,
  drawWithMouse,
  expectSentence,
  gate,
  modelReady,
  openPage,
  predicting,
  screenshot,
  usePage,
} from './page.ts';

usePage();

const wide = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true };

/** Chromium's advice on the reading back of pixels, which only these tests do. */
const readBack = /willReadFrequently/;

/** Colour of the pad's canvas under a point (shares of its side), as red, green, blue, alpha. */
function inkAt(page: Page, x: number, y: number): Promise<number[]> {
  return page.locator('ductus-ink-pad').evaluate(
    (pad, at) => {
      const canvas = pad.shadowRoot!.querySelector('canvas')!;
      return Array.from(canvas.getContext('2d')!.getImageData(at.x * canvas.width, at.y * canvas.height, 1, 1).data);
    },
    { x, y },
  );
}

describe('looks', () => {
  it.each([
    ['wide', 'light', wide],
    ['wide', 'dark', wide],
    ['phone', 'light', phone],
    ['phone', 'dark', phone],
  ] as const)('%s, %s: fits the screen and every control is a fingertip large', async (size, colorScheme, device) => {
    const page = await openPage({ ...device, colorScheme });
    await modelReady(page);
    await screenshot(page, `${size}-${colorScheme}-empty`);
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, predicting('3'));
    await page.getByText('About this model').click();
    await page.mouse.move(0, 0);
    await screenshot(page, `${size}-${colorScheme}`);

    const layout = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      // The switch's box is small, but its label is the target.
      controls: [...document.querySelectorAll('button, summary, label')].map((control) => {
        const { width, height } = control.getBoundingClientRect();
        return { name: control.textContent || control.getAttribute('aria-label'), side: Math.min(width, height) };
      }),
      pad: document.querySelector('ductus-ink-pad')!.getBoundingClientRect().toJSON() as DOMRect,
    }));
    expect(layout.overflow).toBe(0);
    expect(layout.controls.filter(({ side }) => side < 44)).toEqual([]);
    expect(layout.pad.width).toBeCloseTo(layout.pad.height, 1);
    if (size === 'phone') expect(layout.pad.width).toBeGreaterThan(320);
  });

  it('paints the ink anew when the system turns dark or light', async () => {
    const page = await openPage({ colorScheme: 'light', expectedErrors: readBack });
    await drawWithMouse(page, digit('1'));
    await expect.poll(async () => (await inkAt(page, 0.51, 0.5))[3]).toBe(255);
    expect((await inkAt(page, 0.51, 0.5))[0]).toBeLessThan(80);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(async () => (await inkAt(page, 0.51, 0.5))[0]).toBeGreaterThan(180);
  });

  it('paints at the resolution of the screen and keeps the ink on a resize', async () => {
    const page = await openPage({
      viewport: { width: 360, height: 780 },
      deviceScaleFactor: 3,
      expectedErrors: readBack,
    });
    await drawWithMouse(page, digit('1'));
    const sides = () =>
      page.locator('ductus-ink-pad').evaluate((pad) => {
        const canvas = pad.shadowRoot!.querySelector('canvas')!;
        return { painted: canvas.width, shown: canvas.clientWidth };
      });
    const before = await sides();
    expect(before.painted).toBe(before.shown * 3);
    await page.setViewportSize({ width: 700, height: 900 });
    await expect.poll(async () => (await sides()).painted).toBeGreaterThan(before.painted);
    expect((await inkAt(page, 0.51, 0.5))[3]).toBe(255);
    expect((await inkAt(page, 0.2, 0.5))[3]).toBe(0);
    await expectSentence(page, predicting('1'));
  });

  it('moves nothing when the user asks for less motion', async () => {
    const page = await openPage({ reducedMotion: 'reduce' });
    const durations = await page
      .locator('.probabilities td')
      .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).transitionProperty));
    expect(new Set(durations)).toEqual(new Set(['none']));
  });
});

describe('what is told', () => {
  it('the pad has a name, a role and instructions', async () => {
    const page = await openPage();
    const pad = page.getByRole('application', { name: 'Drawing pad for one digit' });
    expect(await pad.getAttribute('aria-roledescription')).toBe('drawing pad');
    expect(
      await pad.evaluate(
        (surface) =>
          (surface.getRootNode() as ShadowRoot).getElementById(surface.getAttribute('aria-describedby')!)?.textContent,
      ),
    ).toContain('Space sets the pen down');
  });

  it('the chart is a table of ten rows whose figures add up', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('2'));
    await expectSentence(page, predicting('2'));
    const table = page.getByRole('table', { name: 'Probability of each digit' });
    expect(await table.getByRole('rowheader').allTextContents()).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    const figures = (await table.getByRole('cell').allTextContents()).map((text) => Number(text.replace('%', '')));
    expect(figures).toHaveLength(10);
    // Ten rounded figures are at most five off.
    expect(Math.abs(figures.reduce((sum, figure) => sum + figure) - 100)).toBeLessThanOrEqual(5);
    expect(Math.max(...figures)).toBe(figures[2]);
  });

  it('shows the 28 x 28 pixels that the network sees, and the time it took', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('0'));
    const seen = page.getByRole('img', { name: 'What the network sees: 28 by 28 pixels' });
    await seen.waitFor();
    const pixels = await seen.evaluate((canvas: HTMLCanvasElement) => ({
      width: canvas.width,
      height: canvas.height,
      values: Array.from(canvas.getContext('2d')!.getImageData(0, 0, 28, 28).data).filter(
        (_, index) => index % 4 === 0,
      ),
    }));
    expect([pixels.width, pixels.height]).toEqual([28, 28]);
    expect(Math.max(...pixels.values)).toBeGreaterThan(200);
    expect(pixels.values[14 * 28 + 14], 'the hole of the 0').toBeLessThan(60);
    expect(
      pixels.values.slice(0, 28 * 3).every((value) => value === 0),
      'a margin above',
    ).toBe(true);
    expect(await page.locator('.time').textContent()).toMatch(/^Read in [\d.]+ ms$/);
    const measures = await page.evaluate(() => performance.getEntriesByName('ductus:recognize').length);
    expect(measures).toBeGreaterThan(0);
  });

  it('unfolds the model card', async () => {
    const page = await openPage();
    await modelReady(page);
    const card = page.locator('.about dl');
    expect(await card.isVisible()).toBe(false);
    await page.getByText('About this model').click();
    const text = (await card.textContent())!;
    for (const part of ['Reads0 1 2 3 4 5 6 7 8 9', 'Seed', 'Trained onmnist', 'Tested onmnist:test'])
      expect(text).toContain(part);
  });
});

describe('circumstances', () => {
  it('a model that cannot be loaded is named, and loaded on a second try', async () => {
    let refuse = true;
    const page = await openPage({
      expectedErrors: /Failed to load resource/,
      before: (blank) =>
        blank.route('**/*.onnx', (route) => (refuse ? route.fulfill({ status: 404 }) : route.continue())),
    });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/fetching model .*\.onnx: expected status 200, received 404/);
    await drawWithMouse(page, digit('0'));
    await screenshot(page, 'model-failed');
    refuse = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectSentence(page, predicting('0'));
  });

  it('a damaged model is refused with a message', async () => {
    const page = await openPage({
      before: (blank) =>
        blank.route('**/*.onnx', (route) => route.fulfill({ body: Buffer.from('not a model at all') })),
    });
    await page.getByText('The model could not be loaded').waitFor();
    expect(await page.locator('.failure .problem').textContent()).not.toBe('');
  });

  it('a worker that cannot start is told', async () => {
    const page = await openPage({
      expectedErrors: /Failed to load resource/,
      before: (blank) => blank.route('**/recognizerWorker*', (route) => route.fulfill({ status: 404 })),
    });
    await page.getByText('The model could not be loaded').waitFor();
    expect(await page.locator('.failure .problem').textContent()).toContain('recognizer worker');
  });

  it('says so when it is not sure', async () => {
    // The shipped model itself, made to doubt by a softmax temperature in its card that levels all answers.
    const assets = join(inject('pageFolder'), 'assets');
    // Where other models ship, their files lie beside it.
    const file = readdirSync(assets).find(
      (name) => /\.onnx$/.test(name) && !/^(committee|characters|chinese)-/.test(name),
    )!;
    const model = readOnnx(readFileSync(join(assets, file)));
    const doubting = writeOnnx(withModelCard(model, { ...modelCardOf(model)!, temperature: 30 }));
    const page = await openPage({
      before: (blank) => blank.route('**/*.onnx', (route) => route.fulfill({ body: Buffer.from(doubting) })),
    });
    await drawWithMouse(page, digit('9'));
    await expectSentence(page, predicting('9'));
    expect(await page.locator('.hint').textContent()).toMatch(/^Not sure: it could also be an? \d\.$/);
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(/confidence\. Not sure: it could also be/);
    await screenshot(page, 'unsure');
    // One of the runners-up is chosen instead: ten digits at one temperature leave five that are worth it.
    const others = page.getByRole('list', { name: 'Other readings' }).getByRole('button');
    expect(await others.count()).toBe(5);
    const [label] = (await others.nth(1).textContent())!.split(' ');
    await others.nth(1).click();
    await expectSentence(page, `You chose ${label}`);
    await expect
      .poll(() => page.getByRole('status').textContent())
      .toMatch(`You chose ${label}. It was read as 9 with`);
    await drawWithMouse(page, digit('1'));
    await expectSentence(page, /^Predicting you draw/);
  });

  it('what is drawn before the model is there is read when it comes', async () => {
    const { open, hold } = gate();
    const page = await openPage({
      before: (blank) => blank.route('**/*.onnx', hold),
    });
    await drawWithMouse(page, digit('3'));
    expect(await page.locator('.loading').isVisible()).toBe(true);
    open();
    await expectSentence(page, predicting('3'));
  });

  it('reads digits, and offers no other alphabet, whatever was chosen for another model', async () => {
    const page = await openPage({
      before: (blank) => blank.addInitScript(() => localStorage.setItem('ductus.alphabet', 'upper')),
    });
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, predicting('3'));
    expect(await page.getByRole('group', { name: 'What you draw' }).count()).toBe(0);
    expect(await page.locator('.masthead p').textContent()).toBe('Draw a digit; a small network reads it.');
  });

  it('works below the root of a server', async () => {
    const page = await openPage({ path: `${inject('subPath')}/` });
    await drawWithMouse(page, digit('2'));
    await expectSentence(page, predicting('2'));
  });
});
