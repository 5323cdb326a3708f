// Drawing in the page by mouse, finger, pen and keyboard, read by the shipped model.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  digit,
  drawWithMouse,
  drawWithTouch,
  expectSentence,
  locatePath,
  modelReady,
  openPage,
  predicting,
  strokeCount,
  touch,
  usePage,
} from './page.ts';

usePage();

/** Empties the pad for the next digit. */
async function clear(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'CLEAR' }).click();
  await expectSentence(page, 'Nothing drawn yet');
}

const phone = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true };

describe('digits drawn with the mouse', () => {
  it('reads each of the ten', async () => {
    const page = await openPage();
    for (const label of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
      await drawWithMouse(page, digit(label));
      await expectSentence(page, predicting(label));
      expect(await page.locator('.glyph').textContent()).toBe(label);
      expect(await page.locator('.probabilities .best th').textContent()).toBe(label);
      await clear(page);
    }
  });
});

describe('digits drawn with a finger', () => {
  it('reads five of the ten', async () => {
    const page = await openPage(phone);
    for (const label of ['0', '2', '3', '4', '7']) {
      await drawWithTouch(page, digit(label));
      await expectSentence(page, predicting(label));
      expect(await strokeCount(page)).toBe(digit(label).length);
      expect(await page.evaluate(() => scrollY), 'drawing must not scroll').toBe(0);
      await clear(page);
    }
  });

  it('a second finger does not draw', async () => {
    const page = await openPage(phone);
    const session = await page.context().newCDPSession(page);
    const [a, b, c, d] = await locatePath(page, [
      [0.5, 0.2],
      [0.5, 0.5],
      [0.5, 0.8],
      [0.2, 0.2],
    ]);
    await touch(session, 'touchStart', [{ ...a!, id: 1 }]);
    await touch(session, 'touchMove', [{ ...b!, id: 1 }]);
    await touch(session, 'touchStart', [
      { ...b!, id: 1 },
      { ...d!, id: 2 },
    ]);
    await touch(session, 'touchMove', [
      { ...c!, id: 1 },
      { ...a!, id: 2 },
    ]);
    await touch(session, 'touchEnd', []);
    expect(await strokeCount(page)).toBe(1);
    await expectSentence(page, predicting('1'));
  });

  it('a touch that the system cancels leaves nothing', async () => {
    const page = await openPage(phone);
    const session = await page.context().newCDPSession(page);
    const [a, b] = await locatePath(page, [
      [0.5, 0.2],
      [0.5, 0.8],
    ]);
    await touch(session, 'touchStart', [{ ...a!, id: 1 }]);
    await touch(session, 'touchMove', [{ ...b!, id: 1 }]);
    await touch(session, 'touchCancel', []);
    expect(await strokeCount(page)).toBe(0);
    await expectSentence(page, 'Nothing drawn yet');
  });

  it('a palm beside a pen does not draw', async () => {
    const page = await openPage(phone);
    const session = await page.context().newCDPSession(page);
    const [a, b, palm] = await locatePath(page, [
      [0.5, 0.2],
      [0.5, 0.8],
      [0.8, 0.8],
    ]);
    const pen = { button: 'left', pointerType: 'pen', buttons: 1, clickCount: 1 } as const;
    await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...a!, ...pen });
    await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...b!, ...pen });
    await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...b!, ...pen });
    await touch(session, 'touchStart', [{ ...palm!, id: 1 }]);
    await touch(session, 'touchEnd', []);
    expect(await strokeCount(page)).toBe(1);
  });
});

describe('the tools', () => {
  it('says so when nothing is drawn, also when asked', async () => {
    const page = await openPage();
    await expectSentence(page, 'Nothing drawn yet');
    // Asked before, it answers only when the model has come.
    await modelReady(page);
    await page.getByRole('button', { name: 'PREDICT' }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Nothing drawn yet');
  });

  it('CLEAR empties the pad, undo brings it back, redo clears it again', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('4'));
    await expectSentence(page, predicting('4'));
    await page.getByRole('button', { name: 'CLEAR' }).click();
    await expectSentence(page, 'Nothing drawn yet');
    expect(await page.locator('.probabilities .best').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectSentence(page, predicting('4'));
    await page.getByRole('button', { name: 'Redo' }).click();
    await expectSentence(page, 'Nothing drawn yet');
    await expect.poll(() => page.getByRole('button', { name: 'Redo' }).isDisabled()).toBe(true);
  });

  it('undo takes one stroke at a time', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('4'));
    expect(await strokeCount(page)).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await strokeCount(page)).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectSentence(page, 'Nothing drawn yet');
  });

  it('with live prediction off it reads only when asked', async () => {
    const page = await openPage();
    await page.getByRole('switch', { name: 'Live prediction' }).uncheck();
    await drawWithMouse(page, digit('7'));
    await expectSentence(page, 'Press PREDICT to have it read');
    await page.getByRole('button', { name: 'PREDICT' }).click();
    await expectSentence(page, predicting('7'));
    await drawWithMouse(page, [
      [
        [0.35, 0.5],
        [0.65, 0.5],
      ],
    ]);
    await expectSentence(page, 'Press PREDICT to have it read');
    await page.getByRole('switch', { name: 'Live prediction' }).check();
    await expectSentence(page, /^Predicting you draw/);
  });

  it('reads while the pen is still down', async () => {
    const page = await openPage();
    const points = await locatePath(page, digit('0')[0]!);
    await page.mouse.move(points[0]!.x, points[0]!.y);
    await page.mouse.down();
    await Promise.all(points.map(({ x, y }) => page.mouse.move(x, y)));
    await expectSentence(page, predicting('0'));
    expect(await page.getByRole('status').textContent(), 'only final answers are announced').toBe('');
    await page.mouse.up();
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(predicting('0'));
  });

  it('keeps the pen at the edge when it leaves the pad', async () => {
    const page = await openPage();
    await drawWithMouse(page, [
      [
        [0.5, 0.5],
        [1.4, 0.5],
        [1.4, 1.3],
      ],
    ]);
    const points = await page
      .locator('ductus-ink-pad')
      .evaluate((pad) => (pad as unknown as { ink: { strokes: { x: number; y: number }[][] } }).ink.strokes[0]!);
    expect(Math.max(...points.map(({ x }) => x))).toBe(1000);
    expect(points.at(-1)).toEqual({ x: 1000, y: 1000 });
  });
});

describe('the keyboard', () => {
  const press = async (page: Page, ...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Whatever stands before the pad. */
  const focusPad = (page: Page) => page.getByRole('application', { name: /^Drawing pad/ }).focus();
  const times = (count: number, ...keys: string[]): string[] => Array.from({ length: count }, () => keys).flat();

  it('draws, undoes and clears', async () => {
    const page = await openPage();
    await focusPad(page);
    await press(page, ...times(3, 'ArrowLeft'), ...times(6, 'ArrowUp'), 'Space', ...times(7, 'ArrowRight'));
    await press(page, ...times(4, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft'), 'Space');
    await expectSentence(page, predicting('7'));
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(predicting('7'));
    await press(page, 'ArrowUp');
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Pen up, 50% across, 75% down');
    await press(page, 'Control+z');
    await expectSentence(page, 'Nothing drawn yet');
    await press(page, 'Control+y');
    await expectSentence(page, predicting('7'));
    await press(page, 'Delete');
    await expectSentence(page, 'Nothing drawn yet');
  });

  it('Escape lifts the pen', async () => {
    const page = await openPage();
    await focusPad(page);
    await press(page, ...times(6, 'ArrowUp'), 'Space', ...times(12, 'ArrowDown'), 'Escape', ...times(4, 'ArrowRight'));
    await expectSentence(page, predicting('1'));
    expect(await strokeCount(page)).toBe(1);
  });

  it('leaves the pad with Tab and reaches every control', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('1'));
    const names: string[] = [];
    for (let stop = 0; stop < 6; stop++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const focused = document.activeElement!;
          return focused.getAttribute('aria-label') ?? focused.parentElement?.textContent?.trim() ?? '';
        }),
      );
    }
    expect(names[0]).toBe('Undo');
    expect(names.join(' ')).toContain('Live prediction');
  });
});
