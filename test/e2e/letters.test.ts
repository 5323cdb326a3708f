// The page with a model of 62 characters: the switch between alphabets, the words for letters, the strip of
// suggestions. What it answers is held against the recogniser in Node; the model is untrained, as none of this hangs on
// accuracy.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type AlphabetName, alphabets } from '../../src/core/floor.ts';
import { committeeCard, mergeModels, writeOnnx } from '../../src/onnx/floor.ts';
import { openRecognizer } from '../../src/platform/node/floor.ts';
import type { Recognised, Recognizer } from '../../src/read/floor.ts';
import { buildPage } from './buildPage.ts';
import {
  devices,
  digit,
  drawWithMouse,
  drawWithTouch,
  expectSentence,
  gate,
  inkOf,
  modelReady,
  openPage,
  percentOf as percent,
  screenshot,
  sentenceOf as sentence,
  strokeCount,
  usePage,
} from './page.ts';
import { untrainedModel } from './untrainedModel.ts';

const folder = join(inject('scratchFolder'), 'letters');
const file = join(folder, 'letters.onnx');
usePage(() => {
  mkdirSync(folder, { recursive: true });
  const members = [2, 1, 3].map((seed) => untrainedModel(alphabets.alphanumeric, seed));
  writeFileSync(file, writeOnnx(members[0]!));
  const committee = join(folder, 'committee.onnx');
  const card = committeeCard(members, { name: 'three', description: 'Three networks that vote.' });
  writeFileSync(committee, writeOnnx(mergeModels(members, card)));
  return buildPage(join(folder, 'page'), { DUCTUS_MODEL: file, DUCTUS_COMMITTEE: committee });
});

/** The same model in Node. */
let inNode: Recognizer;
beforeAll(async () => {
  inNode = await openRecognizer(file);
});
afterAll(() => inNode.dispose());

/** What the model says of what is on the pad. */
async function expected(page: Page, alphabet?: AlphabetName): Promise<Recognised> {
  const answer = await inNode.recognize(await inkOf(page), alphabet === undefined ? {} : { alphabet });
  if (answer.empty) throw new Error('expected ink');
  return answer;
}

const choices = ['Digits', 'Capitals', 'Small letters', 'Letters', 'All'] as const;
const choose = (page: Page, name: (typeof choices)[number]) => page.getByRole('radio', { name, exact: true }).check();
const status = (page: Page) => expect.poll(() => page.getByRole('status').textContent());
const suggestions = (page: Page) => page.getByRole('list', { name: 'Other readings' }).getByRole('button');
const rows = (page: Page) => page.locator('.probabilities th[scope=row]').allTextContents();

describe('the switch between alphabets', () => {
  it('restricts the answer and reads the drawing again', async () => {
    const page = await openPage();
    const group = page.getByRole('group', { name: 'What you draw' });
    expect(
      await group.getByRole('radio').evaluateAll((all) => all.map((one) => one.parentElement!.textContent)),
    ).toEqual([...choices]);
    expect(await group.getByRole('radio', { name: 'All', exact: true }).isChecked()).toBe(true);
    await drawWithMouse(page, digit('7'));
    await expectSentence(page, sentence(await expected(page)));
    for (const [name, alphabet] of [
      ['Digits', 'digits'],
      ['Capitals', 'upper'],
      ['Small letters', 'lower'],
      ['Letters', 'letters'],
    ] as const) {
      await choose(page, name);
      const answer = await expected(page, alphabet);
      await expectSentence(page, sentence(answer));
      expect(await page.locator('.glyph').textContent()).toBe(answer.label);
      const shown =
        alphabet === 'digits' ? alphabets.digits : answer.alternatives.slice(0, 10).map(({ label }) => label);
      expect((await rows(page)).map((text) => text.replace(/^(capital|small) /, ''))).toEqual(shown);
      expect(await page.locator('.probabilities .best .data').textContent()).toBe(percent(answer.confidence));
    }
    await choose(page, 'All');
    await expectSentence(page, sentence(await expected(page)));
    // And what is drawn from now on too.
    await choose(page, 'Digits');
    await drawWithMouse(page, digit('1'));
    await expectSentence(page, sentence(await expected(page, 'digits')));
  });

  it('is worked by the keyboard, told to screen readers, and remembered on this device', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, sentence(await expected(page)));
    await page.getByRole('radio', { name: 'All', exact: true }).focus();
    for (const alphabet of ['letters', 'lower', 'upper', 'digits'] as const) {
      await page.keyboard.press('ArrowLeft');
      await expectSentence(page, sentence(await expected(page, alphabet)));
    }
    const answer = await expected(page, 'digits');
    await status(page).toContain(sentence(answer));
    await page.reload();
    await modelReady(page);
    expect(await page.getByRole('radio', { name: 'Digits' }).isChecked()).toBe(true);
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, sentence(await expected(page, 'digits')));
  });

  it('holds for a committee as well', async () => {
    const page = await openPage();
    await choose(page, 'Capitals');
    await page.getByRole('radio', { name: 'Vote of five' }).check();
    await drawWithMouse(page, digit('0'));
    await expect
      .poll(() => page.locator('.ballots b').allTextContents())
      .toEqual([expect.stringMatching(/^[A-Z]$/), expect.stringMatching(/^[A-Z]$/), expect.stringMatching(/^[A-Z]$/)]);
    await choose(page, 'Digits');
    await expectSentence(page, /^Predicting you draw \d with/);
    expect((await page.locator('.ballots b').allTextContents()).join('')).toMatch(/^\d\d\d$/);
    await page.mouse.move(0, 0);
    await screenshot(page, 'letters-committee');
  });

  it('leaves an unread drawing unread', async () => {
    const page = await openPage();
    await page.getByRole('switch', { name: 'Live prediction' }).uncheck();
    await drawWithMouse(page, digit('7'));
    await choose(page, 'Capitals');
    await expectSentence(page, 'Press PREDICT to have it read');
    await page.getByRole('button', { name: 'PREDICT' }).click();
    await expectSentence(page, sentence(await expected(page, 'upper')));
  });
});

describe('the words', () => {
  it('speak of what is drawn, and of digits only where they are', async () => {
    const page = await openPage();
    expect(await page.locator('.masthead p').textContent()).toBe('Draw a digit or a letter; a small network reads it.');
    await modelReady(page);
    for (const [name, noun, range] of [
      ['All', 'character', 'Any digit, any letter, capital or small'],
      ['Digits', 'digit', 'Any digit from 0 to 9'],
      ['Letters', 'letter', 'Any letter, capital or small'],
      ['Capitals', 'capital letter', 'Any capital letter from A to Z'],
      ['Small letters', 'small letter', 'Any small letter from a to z'],
    ] as const) {
      await choose(page, name);
      await page.getByRole('application', { name: `Drawing pad for one ${noun}`, exact: true }).waitFor();
      expect(await page.locator('.invitation').textContent()).toContain(`Draw a ${noun} here`);
      expect(await page.locator('.answer .note').textContent()).toBe(range);
    }
    await drawWithMouse(page, digit('0'));
    await expectSentence(page, sentence(await expected(page, 'lower')));
    await page.getByRole('table', { name: 'The 10 most probable of 26 small letters' }).waitFor();
    // Of all that is written and told, only the switch itself may say it.
    const said = await page.locator('.desk').evaluate((desk) => {
      const copy = desk.cloneNode(true) as HTMLElement;
      for (const segments of copy.querySelectorAll('.segments')) segments.remove();
      return copy.outerHTML;
    });
    expect(said).not.toMatch(/digit/i);
  });

  it('tell the ear capitals from small letters', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('7'));
    const { label, alternatives } = await expected(page);
    const names = alternatives.map((other) =>
      alphabets.digits.includes(other.label)
        ? other.label
        : `${alphabets.upper.includes(other.label) ? 'capital' : 'small'} ${other.label}`,
    );
    await status(page).toMatch(
      new RegExp(`^Predicting you draw ${names[0]} with .* could also be an? ${names[1]}\\.$`),
    );
    expect(await page.locator('.sentence').textContent()).toContain(`you draw ${label} with`);
    expect(await suggestions(page).allTextContents()).toEqual(
      alternatives.slice(1, 6).map(({ confidence }, index) => `${names[index + 1]} ${percent(confidence)}`),
    );
    expect(await rows(page)).toEqual(names.slice(0, 10));
  });
});

describe('the suggestions', () => {
  it('become the answer when they are pressed, until something is drawn', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('7'));
    const answer = await expected(page);
    await expectSentence(page, sentence(answer));
    expect(await suggestions(page).count()).toBe(5);
    const second = answer.alternatives[2]!;
    await suggestions(page).nth(1).click();
    await expectSentence(page, new RegExp(`^You chose (capital |small )?${second.label}$`));
    expect(await page.locator('.glyph').textContent()).toBe(second.label);
    expect(await page.locator('.answer .note').textContent()).toMatch(
      new RegExp(
        `^It was read as .*${answer.label} with ${percent(answer.confidence)} confidence, as .*${second.label} `,
      ),
    );
    expect(await page.locator('.probabilities .best th').textContent()).toMatch(new RegExp(`${second.label}$`));
    await status(page).toMatch(new RegExp(`^You chose .*${second.label}\\. It was read as .*${answer.label} with`));
    // What was read stands where the choice stood; nothing else has moved.
    const shown = await suggestions(page).locator('b').allTextContents();
    expect(shown.map((text) => text.slice(-1))).toEqual(
      [1, 0, 3, 4, 5].map((place) => answer.alternatives[place]!.label),
    );
    await screenshot(page, 'letters-chosen');
    await suggestions(page).nth(1).click();
    await expectSentence(page, sentence(answer));

    await suggestions(page).nth(4).click();
    await expectSentence(page, new RegExp(`^You chose (capital |small )?${answer.alternatives[5]!.label}$`));
    await drawWithMouse(page, digit('1'));
    const next = await expected(page);
    await expectSentence(page, sentence(next));
    expect(await strokeCount(page)).toBe(2);
    await suggestions(page).nth(0).click();
    await expectSentence(page, /^You chose/);
    await choose(page, 'Digits');
    await expectSentence(page, sentence(await expected(page, 'digits')));
    await page.getByRole('button', { name: 'CLEAR' }).click();
    await expectSentence(page, 'Nothing drawn yet');
    expect(await suggestions(page).count()).toBe(0);
  });

  it('are pressed by the keyboard, which stays where it is', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('7'));
    const answer = await expected(page);
    await expectSentence(page, sentence(answer));
    await suggestions(page).nth(2).focus();
    await page.keyboard.press('Enter');
    await expectSentence(page, new RegExp(`^You chose (capital |small )?${answer.alternatives[3]!.label}$`));
    await page.keyboard.press('Space');
    await expectSentence(page, sentence(answer));
    expect(
      await suggestions(page)
        .nth(2)
        .evaluate((button) => button === document.activeElement),
    ).toBe(true);
  });
});

describe('looks', () => {
  it.each([
    ['wide', 'light'],
    ['phone', 'dark'],
    ['narrow', 'light'],
  ] as const)(
    '%s, %s: fits the screen, every control is a fingertip large, and nothing jumps',
    async (size, scheme) => {
      const { open, hold } = gate();
      const page = await openPage({
        ...devices[size],
        colorScheme: scheme,
        before: (blank) => blank.route('**/*.onnx', hold),
      });
      /** Where the parts stand, on the page and not on the screen: a touch may scroll. */
      const places = () =>
        page.evaluate(() =>
          ['.sheet', '.toolbar', '.segments', '.answer', '.probabilities', '.seen', '.colophon'].map((part) => {
            const { top, height } = document.querySelector(part)!.getBoundingClientRect();
            return [part, Math.round(top + scrollY), Math.round(height)];
          }),
        );
      const before = await places();
      open();
      await modelReady(page);
      expect(await places(), 'when the model has come').toEqual(before);
      await screenshot(page, `letters-${size}-${scheme}-empty`);
      if (size === 'wide') await drawWithMouse(page, digit('7'));
      else await drawWithTouch(page, digit('7'));
      await expectSentence(page, sentence(await expected(page)));
      expect(await places(), 'when something was read').toEqual(before);
      await page.mouse.move(0, 0);
      await screenshot(page, `letters-${size}-${scheme}`);
      const layout = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        answerEnd: document.querySelector('.answer')!.getBoundingClientRect().bottom + scrollY,
        controls: [...document.querySelectorAll('button, summary, label')].map((control) => {
          const { width, height } = control.getBoundingClientRect();
          return { name: control.textContent || control.getAttribute('aria-label'), side: Math.min(width, height) };
        }),
        spilling: [...document.querySelectorAll('.suggestions button, .segments label')].filter(
          (part) => part.scrollWidth > part.clientWidth,
        ).length,
      }));
      expect(layout.overflow).toBe(0);
      expect(layout.answerEnd, 'the answer is there without scrolling').toBeLessThan(800);
      expect(layout.controls.filter(({ side }) => side < 44)).toEqual([]);
      expect(layout.spilling, 'parts whose text does not fit').toBe(0);
      await suggestions(page).first().click();
      await expectSentence(page, /^You chose/);
      expect(await places(), 'when the visitor has chosen').toEqual(before);
      await choose(page, 'Digits');
      await expectSentence(page, sentence(await expected(page, 'digits')));
      expect(await places(), 'when digits are asked for').toEqual(before);
      await page.mouse.move(0, 0);
      await screenshot(page, `letters-${size}-${scheme}-digits`);
    },
  );
});
