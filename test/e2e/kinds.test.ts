// The kinds of writing that the page reads: digits, letters, Chinese characters. The switch, the way of the models, the
// words, the looks.
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Recognised } from '../../src/read/floor.ts';
import { buildPage } from './buildPage.ts';
import { choose, expected, folder, inNode, kind, kinds, masthead, models, status, useKindsPage } from './kindsPage.ts';
import {
  devices,
  digit,
  drawWithMouse,
  drawWithTouch,
  expectSentence,
  gate,
  inkOf,
  modelReady,
  openOtherPage,
  openPage,
  overflowOf,
  predicting,
  screenshot,
  sentenceOf,
} from './page.ts';

useKindsPage();

const drawDigitHere = 'Draw a digit; a small network reads it.';

/** Notes which models and glosses are asked for, by the first part of their names. */
function noting(asked: string[]) {
  return {
    before: (page: Page) =>
      page.route(/\.onnx$|-glosses-/, (route) => {
        asked.push(/([a-z]+(-glosses)?)-[\w-]+\.\w+$/.exec(route.request().url())![1]!);
        return route.continue();
      }),
  };
}

/** Requests of one model's file are answered by this. */
const serving = (name: string, answer: (route: Route) => unknown) => ({
  before: (page: Page) => page.route(`**/${name}-*`, (route) => void answer(route)),
});

describe('the switch', () => {
  it('fetches a model when it is chosen, reads the drawing again, and keeps what it fetched', async () => {
    const asked: string[] = [];
    const page = await openPage(noting(asked));
    expect(
      await kinds(page)
        .getByRole('radio')
        .evaluateAll((all) => all.map((one) => one.parentElement!.textContent)),
    ).toEqual(['Digits', 'Letters', 'Chinese']);
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, predicting('3'));
    expect(await kind(page, 'Digits').isChecked()).toBe(true);
    expect(asked).toEqual(['digits']);

    await choose(page, 'Letters');
    await expectSentence(page, sentenceOf(await expected(page, 'characters')));
    expect(asked).toEqual(['digits', 'characters']);
    await choose(page, 'Chinese');
    await expectSentence(page, sentenceOf(await expected(page, 'chinese')));
    expect(asked.slice(2).sort()).toEqual(['chinese', 'chinese-glosses']);

    await choose(page, 'Digits');
    await expectSentence(page, predicting('3'));
    await choose(page, 'Chinese');
    await expectSentence(page, sentenceOf(await expected(page, 'chinese')));
    expect(asked).toHaveLength(4);
  });

  it('changes the words of the page', async () => {
    const page = await openPage();
    await modelReady(page);
    for (const [name, subject, noun, range, side] of [
      ['Letters', 'a digit or a letter', 'character', 'Any digit, any letter, capital or small', 28],
      ['Chinese', 'a Chinese character', 'Chinese character', /^One of 105 Chinese characters, such as . . .$/, 48],
      ['Digits', 'a digit', 'digit', 'Any digit from 0 to 9', 28],
    ] as const) {
      await choose(page, name);
      await masthead(page).toBe(`Draw ${subject}; a small network reads it.`);
      await page.getByRole('application', { name: `Drawing pad for one ${noun}`, exact: true }).waitFor();
      expect(await page.locator('.invitation').textContent()).toContain(`Draw a ${noun} here`);
      expect(await page.locator('.answer .note').textContent()).toMatch(range);
      expect(await page.locator('.seen').textContent()).toContain(`${side}\u00a0×\u00a0${side} pixels`);
    }
  });

  it('is worked by the keyboard and told to screen readers', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('7'));
    await expectSentence(page, predicting('7'));
    await kind(page, 'Digits').focus();
    await page.keyboard.press('ArrowRight');
    await expectSentence(page, sentenceOf(await expected(page, 'characters')));
    expect(await kind(page, 'Letters').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'CLEAR' }).click();
    await expectSentence(page, 'Nothing drawn yet');
    await kind(page, 'Letters').focus();
    await page.keyboard.press('ArrowRight');
    await status(page).toBe('The model of Chinese characters reads now');
    await page.keyboard.press('ArrowLeft');
    await status(page).toBe('The model of letters reads now');
  });

  it('is remembered on this device, and the model that was chosen is the only one that is fetched', async () => {
    const asked: string[] = [];
    const page = await openPage(noting(asked));
    await modelReady(page);
    await choose(page, 'Letters');
    await masthead(page).toMatch(/^Draw a digit or a letter/);
    asked.length = 0;
    await page.reload();
    await modelReady(page);
    expect(await kind(page, 'Letters').isChecked()).toBe(true);
    await drawWithMouse(page, digit('0'));
    await expectSentence(page, sentenceOf(await expected(page, 'characters')));
    expect(asked).toEqual(['characters']);
    await choose(page, 'Digits');
    await expectSentence(page, predicting('0'));
  });

  it('offers a vote where there is a committee, and the alphabets where there are several', async () => {
    const page = await openPage();
    const groups = () =>
      page.locator('.draw > .segments legend').evaluateAll((all) => all.map((one) => one.textContent));
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, predicting('3'));
    expect(await groups()).toEqual(['Who reads']);
    await page.getByRole('radio', { name: 'Vote of five' }).check();
    await page.getByText('All two networks say 3.', { exact: true }).waitFor();
    await choose(page, 'Letters');
    await expectSentence(page, sentenceOf(await expected(page, 'characters')));
    expect(await groups()).toEqual(['What you draw']);
    expect(await page.locator('.votes').count()).toBe(0);
    const answer = await inNode.characters!.recognize(await inkOf(page), { alphabet: 'upper' });
    await page.getByRole('radio', { name: 'Capitals' }).check();
    await expectSentence(page, sentenceOf(answer as Recognised));
    await choose(page, 'Chinese');
    await expectSentence(page, sentenceOf(await expected(page, 'chinese')));
    expect(await groups()).toEqual([]);
    // Both choices wait for their kinds.
    await choose(page, 'Digits');
    await page.getByText('All two networks say 3.', { exact: true }).waitFor();
    await choose(page, 'Letters');
    await expectSentence(page, sentenceOf(answer as Recognised));
  });

  it("is not there beside a model of one's own, whatever was chosen before", async () => {
    const own = await buildPage(join(folder, 'own'), { DUCTUS_MODEL: join(models, 'characters-slim.onnx') });
    const page = await openOtherPage(own, {
      before: (blank) => blank.addInitScript(() => localStorage.setItem('ductus.kind', 'chinese')),
    });
    await modelReady(page);
    expect(await kinds(page).count()).toBe(0);
    await drawWithMouse(page, digit('2'));
    await expectSentence(page, sentenceOf(await expected(page, 'characters')));
  });
});

describe('the way of a model', () => {
  it('is shown while the one before reads on', async () => {
    const { open, hold } = gate();
    const page = await openPage(serving('characters', hold));
    await modelReady(page);
    await choose(page, 'Letters');
    const bar = page.getByRole('progressbar', { name: 'Loading the model of letters' });
    await bar.waitFor();
    expect(await page.locator('.arriving .note').textContent()).toMatch(
      /^Loading the model of letters: 0% of \d+ KB\. Until it is here, the model of digits reads\.$/,
    );
    expect(await page.locator('.kinds').getAttribute('aria-busy')).toBe('true');
    await drawWithMouse(page, digit('4'));
    await expectSentence(page, predicting('4'));
    expect(await page.locator('.masthead p').textContent()).toBe(drawDigitHere);
    await screenshot(page, 'kinds-loading');
    open();
    await expectSentence(page, sentenceOf(await expected(page, 'characters')));
    await masthead(page).toMatch(/^Draw a digit or a letter/);
    expect(await bar.count()).toBe(0);
    expect(await page.locator('.kinds').getAttribute('aria-busy')).toBe('false');
  });

  it('that failed is told, and can be gone again; the model before reads on', async () => {
    let refuse = true;
    const page = await openPage({
      expectedErrors: /Failed to load resource/,
      ...serving('chinese', (route) => (refuse ? route.fulfill({ status: 503 }) : route.continue())),
    });
    await modelReady(page);
    await choose(page, 'Chinese');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /^The model of Chinese characters could not be loaded; the model of digits reads on\. .*expected status 200, received 503/,
    );
    await drawWithMouse(page, digit('6'));
    await expectSentence(page, predicting('6'));
    await screenshot(page, 'kinds-failed');
    refuse = false;
    await page.getByRole('button', { name: 'Load the model of Chinese characters again' }).click();
    await expectSentence(page, sentenceOf(await expected(page, 'chinese')));
    expect(await alert.count()).toBe(0);
  });

  it('that failed when nothing read before leaves the others to choose', async () => {
    const page = await openPage({
      expectedErrors: /Failed to load resource/,
      before: async (blank) => {
        await blank.addInitScript(() => localStorage.setItem('ductus.kind', 'letters'));
        await blank.route('**/characters-*', (route) => route.fulfill({ status: 404 }));
      },
    });
    await page.getByText('The model could not be loaded').waitFor();
    expect(await page.locator('.masthead p').textContent()).toMatch(/^Draw a digit or a letter/);
    await choose(page, 'Digits');
    await masthead(page).toBe(drawDigitHere);
    await drawWithMouse(page, digit('1'));
    await expectSentence(page, predicting('1'));
  });

  it('may be overtaken: what was chosen last reads, whichever came last', async () => {
    const { open, hold } = gate();
    const page = await openPage(serving('characters', hold));
    await drawWithMouse(page, digit('5'));
    await expectSentence(page, predicting('5'));
    await choose(page, 'Letters');
    await choose(page, 'Chinese');
    const sentence = sentenceOf(await expected(page, 'chinese'));
    await expectSentence(page, sentence);
    const arrived = page.waitForResponse(/characters-/);
    open();
    await (await arrived).finished();
    await choose(page, 'Digits');
    await expectSentence(page, predicting('5'));
    await choose(page, 'Chinese');
    await expectSentence(page, sentence);
  });
});

describe('looks', () => {
  it.each([
    ['wide', 'light'],
    ['wide', 'dark'],
    ['phone', 'dark'],
    ['narrow', 'light'],
  ] as const)('%s, %s: every kind fits the screen, and nothing jumps when something is read', async (size, scheme) => {
    const page = await openPage({ ...devices[size], colorScheme: scheme });
    /** Where the parts stand, on the page and not on the screen: a touch may scroll. */
    const places = () =>
      page.evaluate(() =>
        ['.kinds', '.sheet', '.toolbar', '.answer', '.probabilities', '.seen', '.colophon'].map((part) => {
          const { top, height } = document.querySelector(part)!.getBoundingClientRect();
          return [part, Math.round(top + scrollY), Math.round(height)];
        }),
      );
    const draw = size === 'wide' ? drawWithMouse : drawWithTouch;
    for (const [name, subject] of [
      ['Letters', 'a digit or a letter'],
      ['Chinese', 'a Chinese character'],
      ['Digits', 'a digit'],
    ] as const) {
      await choose(page, name);
      await masthead(page).toBe(`Draw ${subject}; a small network reads it.`);
      await modelReady(page);
      const before = await places();
      await screenshot(page, `kinds-${size}-${scheme}-${name}-empty`);
      await draw(page, digit('3'));
      await expectSentence(page, /^Predicting you draw/);
      expect(await places(), name).toEqual(before);
      await page.mouse.move(0, 0);
      await screenshot(page, `kinds-${size}-${scheme}-${name}`);
      const layout = await page.evaluate(() => ({
        controls: [...document.querySelectorAll('button, summary, label')].map((control) => {
          const { width, height } = control.getBoundingClientRect();
          return { name: control.textContent || control.getAttribute('aria-label'), side: Math.min(width, height) };
        }),
        spilling: [
          ...document.querySelectorAll('.suggestions button, .segments label, .kinds, .sheet, .captioned caption'),
        ]
          .filter((part) => part.scrollWidth > part.clientWidth)
          .map((part) => part.textContent),
        switchEnd: document.querySelector('.kinds')!.getBoundingClientRect().bottom + scrollY,
      }));
      expect(await overflowOf(page), name).toBe(0);
      expect(layout.controls.filter(({ side }) => side < 44)).toEqual([]);
      expect(layout.spilling, 'parts whose text does not fit').toEqual([]);
      expect(layout.switchEnd, 'the switch is above the pad, on the first screen').toBeLessThan(240);
      await page.getByRole('button', { name: 'CLEAR' }).click();
      await expectSentence(page, 'Nothing drawn yet');
    }
  });
});
