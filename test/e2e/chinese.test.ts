// What the page tells of Chinese characters: readings and meanings, marks for fonts and screen readers, 3,755 of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { glossesOf } from '../../apps/web/build/glossesOf.ts';
import type { Glosses } from '../../apps/web/src/model/glosses.ts';
import { alphabets } from '../../src/core/floor.ts';
import { writeOnnx } from '../../src/onnx/floor.ts';
import { hanziFraming } from '../../src/picture/floor.ts';
import { openRecognizer } from '../../src/platform/node/floor.ts';
import type { Recognised } from '../../src/read/floor.ts';
import { buildPage } from './buildPage.ts';
import { choose, expected, folder, hanzi, masthead, status, suggestions, useKindsPage } from './kindsPage.ts';
import {
  devices,
  digit,
  drawWithMouse,
  drawWithTouch,
  expectSentence,
  inkOf,
  modelReady,
  openOtherPage,
  openPage,
  overflowOf,
  percentOf,
  screenshot,
  sentenceOf,
} from './page.ts';
import { untrainedModel } from './untrainedModel.ts';

useKindsPage();

let glosses: Glosses;
beforeAll(async () => {
  glosses = await glossesOf(hanzi);
});

describe('Chinese characters', () => {
  const chinese = { before: (page: Page) => page.addInitScript(() => localStorage.setItem('ductus.kind', 'chinese')) };
  /** As the page writes it: `shí, rock; stone`. */
  const gloss = (label: string): string => glosses.get(label)!.join(', ');

  it('stand with reading and meaning, in the answer and in the suggestions', async () => {
    const page = await openPage(chinese);
    await modelReady(page);
    await drawWithMouse(page, digit('4'));
    const answer = await expected(page, 'chinese');
    await expectSentence(page, sentenceOf(answer));
    expect(await page.locator('.words .gloss').textContent()).toBe(gloss(answer.label));
    const others = answer.alternatives.slice(1, 5);
    expect(await suggestions(page).allTextContents()).toEqual(
      others.map(({ label, confidence }) => `${label} ${percentOf(confidence)} ${gloss(label)}`),
    );
    await status(page).toContain(`${sentenceOf(answer)}. ${gloss(answer.label)}.`);
    // What the visitor chooses instead has its own.
    await suggestions(page).nth(2).click();
    await expectSentence(page, `You chose ${others[2]!.label}`);
    expect(await page.locator('.words .gloss').textContent()).toBe(gloss(others[2]!.label));
    await status(page).toContain(`You chose ${others[2]!.label}. ${gloss(others[2]!.label)}. It was read as`);
  });

  it('are marked as such for fonts and screen readers, and their readings as pinyin', async () => {
    const page = await openPage(chinese);
    await modelReady(page);
    await drawWithMouse(page, digit('4'));
    await expectSentence(page, sentenceOf(await expected(page, 'chinese')));
    await status(page).toContain('Predicting');
    await page.getByText('About this model').click();
    const unmarked = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      let count = 0;
      while (walker.nextNode()) {
        const { textContent, parentElement } = walker.currentNode as Text;
        if (!/\p{Script=Han}/u.test(textContent)) continue;
        count++;
        if (parentElement!.closest('[lang]')!.getAttribute('lang') !== 'zh') found.push(textContent);
      }
      return { found, count };
    });
    // Glyph, sentence, hint, four suggestions, ten rows, the live region, and the classes of the card.
    expect(unmarked.count).toBeGreaterThan(100);
    expect(unmarked.found).toEqual([]);
    expect(await page.locator('.words .gloss [lang="zh-Latn-pinyin"]').textContent()).toMatch(/^\p{Script=Latin}+$/u);
  });

  it('are listed in the card, with where the readings come from and on what terms', async () => {
    const page = await openPage(chinese);
    await modelReady(page);
    await page.getByText('About this model').click();
    const card = page.locator('.about dl');
    expect(await card.textContent()).toContain(`Reads${hanzi.join(' ')}`);
    expect(await card.textContent()).toContain(
      'Readings, meaningsFrom CC-CEDICT, published by MDBG (CEDICT © 1997, 1998 Paul Andrew Denisowski), shortened',
    );
    expect(await card.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
      'https://www.mdbg.net/chinese/dictionary?page=cc-cedict',
      'https://creativecommons.org/licenses/by-sa/4.0/',
    ]);
    await choose(page, 'Digits');
    await masthead(page).toBe('Draw a digit; a small network reads it.');
    expect(await card.textContent()).not.toContain('CC-CEDICT');
  });

  it('are read without their glosses when these do not come', async () => {
    const page = await openPage({
      expectedErrors: /Failed to load resource/,
      before: async (blank) => {
        await chinese.before(blank);
        await blank.route('**/*-glosses-*', (route) => route.fulfill({ status: 404 }));
      },
    });
    await modelReady(page);
    await drawWithMouse(page, digit('2'));
    await expectSentence(page, sentenceOf(await expected(page, 'chinese')));
    expect(await page.locator('.gloss').count()).toBe(0);
  });

  it('are all 3,755 readable: the chart has the ten most probable, and the glosses weigh less than 150 KB', async () => {
    const file = join(folder, 'all.onnx');
    writeFileSync(file, writeOnnx(untrainedModel(alphabets.hanzi, 3, hanziFraming)));
    const all = await buildPage(join(folder, 'all'), { DUCTUS_MODEL: file });
    const recognizer = await openRecognizer(file);
    let glosses: Promise<Response> | undefined;
    try {
      const page = await openOtherPage(all, {
        ...devices.narrow,
        before: async (blank) => {
          glosses = blank.waitForResponse(/-glosses-/);
        },
      });
      expect(gzipSync(await (await glosses!).body()).length).toBeLessThan(150_000);
      await modelReady(page);
      expect(await page.locator('.answer .note').textContent()).toMatch(/^One of 3,755 Chinese characters, such as/);
      await drawWithTouch(page, digit('4'));
      const answer = (await recognizer.recognize(await inkOf(page))) as Recognised;
      await expectSentence(page, sentenceOf(answer));
      const table = page.getByRole('table', { name: 'The 10 most probable of 3,755 Chinese characters' });
      expect(await table.getByRole('rowheader').allTextContents()).toEqual(
        answer.alternatives.slice(0, 10).map(({ label }) => label),
      );
      await page.getByText('About this model').click();
      expect(await page.locator('.about dl').textContent()).toContain('3,755 classes, from 一 to 龟');
      await screenshot(page, 'kinds-3755');
      expect(await overflowOf(page)).toBe(0);
      expect(await table.locator('caption').evaluate((caption) => caption.scrollWidth - caption.clientWidth)).toBe(0);
    } finally {
      recognizer.dispose();
    }
  });
});
