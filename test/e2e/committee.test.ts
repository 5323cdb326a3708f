// The vote of five in the page: the switch, the lazy download, the five votes and what decided. No committee ships yet,
// so a page is built here with one of the shipped network and four copies of it with seeded noise in their weights.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import {
  committeeCard,
  mergeModels,
  modelCardOf,
  type OnnxModel,
  splitModel,
  withModelCard,
  writeOnnx,
} from '../../src/onnx/floor.ts';
import { loadModel } from '../../src/platform/node/floor.ts';
import { perturbedCopy } from '../parity/perturbedCopy.ts';
import { buildPage } from './buildPage.ts';
import {
  devices,
  digit,
  drawWithMouse,
  drawWithTouch,
  expectSentence,
  gate,
  modelReady,
  openOtherPage,
  openPage,
  predicting,
  screenshot,
  usePage,
} from './page.ts';

const folder = join(inject('scratchFolder'), 'committee');
/** What the page holds as `models/committee.onnx`. */
let committee: OnnxModel;

usePage(async () => {
  const { model } = await loadModel('digits');
  const members = [model, ...[1, 2, 3, 4].map((seed) => perturbedCopy(model, seed + 20, 0.1))];
  committee = mergeModels(members, committeeCard(members, { name: 'five', description: 'Five networks that vote.' }));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'committee.onnx');
  writeFileSync(file, writeOnnx(committee));
  return buildPage(join(folder, 'page'), { DUCTUS_COMMITTEE: file });
});

/** Requests of the committee's file are answered by this. */
const serving = (answer: (route: Route) => unknown) => ({
  before: (page: Page) => page.route('**/committee-*.onnx', (route) => void answer(route)),
});

/** Says what it is told whatever it sees: a member whose scores hang on nothing but its bias. */
function stubborn(label: number): OnnxModel {
  const [model] = splitModel(committee) as [OnnxModel];
  const initializers = model.graph.initializers.map((tensor) => {
    if (tensor.name === 'dense_1/kernel/float16') return { ...tensor, data: new Uint16Array(tensor.data.length) };
    if (tensor.name !== 'dense_1/bias') return tensor;
    return { ...tensor, data: Float32Array.from({ length: 10 }, (_, index) => (index === label ? 8 : 0)) };
  });
  return { ...model, graph: { ...model.graph, initializers } };
}

function committeeOf(members: readonly OnnxModel[]): Buffer {
  return Buffer.from(writeOnnx(mergeModels(members, committeeCard(members, { name: 'five', description: 'Five.' }))));
}

const choose = (page: Page, name: 'One network' | 'Vote of five') => page.getByRole('radio', { name }).check();
const ballots = (page: Page) => page.locator('.ballots b').allTextContents();
const decision = (page: Page) => expect.poll(() => page.locator('.decision').textContent());

describe('the switch', () => {
  it('asks for the committee only when it is chosen, reads the drawing again and shows five votes', async () => {
    const asked: string[] = [];
    const page = await openPage(
      serving((route) => {
        asked.push(route.request().url());
        return route.continue();
      }),
    );
    await drawWithMouse(page, digit('3'));
    await expectSentence(page, predicting('3'));
    expect(await page.locator('.votes').count()).toBe(0);
    expect(asked).toEqual([]);
    await choose(page, 'Vote of five');
    await decision(page).toBe('All five networks say 3.');
    expect(asked).toHaveLength(1);
    expect(await ballots(page)).toEqual(['3', '3', '3', '3', '3']);
    expect(await page.locator('.sureness').allTextContents()).toEqual(
      Array.from({ length: 5 }, () => expect.stringMatching(/^\d+%$/)),
    );
    expect(await page.locator('.votes .note').textContent()).toMatch(/^The rule: most votes win; on a tie/);
    await expectSentence(page, predicting('3'));

    // Back and forth: nothing is fetched again, and the drawing stays.
    await choose(page, 'One network');
    await expect.poll(() => page.locator('.votes').count()).toBe(0);
    await expectSentence(page, predicting('3'));
    await choose(page, 'Vote of five');
    await decision(page).toBe('All five networks say 3.');
    expect(asked).toHaveLength(1);
  });

  it('is remembered on this device', async () => {
    const page = await openPage();
    await choose(page, 'Vote of five');
    await page.locator('.ballots').waitFor();
    await page.reload();
    await page.locator('.ballots').waitFor();
    expect(await page.getByRole('radio', { name: 'Vote of five' }).isChecked()).toBe(true);
    await drawWithMouse(page, digit('0'));
    await decision(page).toBe('All five networks say 0.');
    await choose(page, 'One network');
    await page.reload();
    await modelReady(page);
    expect(await page.getByRole('radio', { name: 'One network' }).isChecked()).toBe(true);
    expect(await page.locator('.votes').count()).toBe(0);
  });

  it('is worked by the keyboard and told to screen readers', async () => {
    const page = await openPage();
    await drawWithMouse(page, digit('7'));
    await expectSentence(page, predicting('7'));
    const group = page.getByRole('group', { name: 'Who reads' });
    await group.getByRole('radio', { name: 'One network' }).focus();
    await page.keyboard.press('ArrowRight');
    await decision(page).toBe('All five networks say 7.');
    await expect
      .poll(() => page.getByRole('status').textContent())
      .toMatch(/^Predicting you draw 7 with \d+% confidence\. All five networks say 7\.$/);
    const votes = page.getByRole('region', { name: 'Votes' });
    expect(await votes.getByRole('listitem').allTextContents()).toEqual(
      [1, 2, 3, 4, 5].map((place) => expect.stringMatching(new RegExp(`^Network ${place}: 7\\d+%$`))),
    );
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => votes.count()).toBe(0);
  });

  it('is not there when the page was built without a committee', async () => {
    const page = await openPage();
    expect(await page.getByRole('group', { name: 'Who reads' }).getByRole('radio').count()).toBe(2);
    const without = await buildPage(join(folder, 'without'), { DUCTUS_COMMITTEE: 'none' });
    // As if it had been chosen when there was one.
    const other = await openOtherPage(without, {
      before: (blank) => blank.addInitScript(() => localStorage.setItem('ductus.reader', 'committee')),
    });
    await modelReady(other);
    expect(await other.getByRole('group', { name: 'Who reads' }).count()).toBe(0);
    expect(await other.locator('.votes').count()).toBe(0);
    await drawWithMouse(other, digit('2'));
    await expectSentence(other, predicting('2'));
  });
});

describe('the way of the file', () => {
  it('shows its progress while the one network reads on', async () => {
    const { open, hold } = gate();
    const page = await openPage(serving(hold));
    await choose(page, 'Vote of five');
    const bar = page.getByRole('progressbar', { name: 'Loading the committee' });
    await bar.waitFor();
    expect(await page.locator('.votes .note').textContent()).toMatch(/^Loading the committee: 0% of \d+ KB\. Until/);
    await drawWithMouse(page, digit('4'));
    await expectSentence(page, predicting('4'));
    await screenshot(page, 'committee-loading');
    open();
    await decision(page).toBe('All five networks say 4.');
    expect(await bar.count()).toBe(0);
  });

  it('says why it failed and can be tried again; the one network reads on', async () => {
    let refuse = true;
    const page = await openPage({
      expectedErrors: /Failed to load resource/,
      ...serving((route) => (refuse ? route.fulfill({ status: 503 }) : route.continue())),
    });
    await choose(page, 'Vote of five');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/one network reads on.*expected status 200, received 503/);
    await drawWithMouse(page, digit('6'));
    await expectSentence(page, predicting('6'));
    await screenshot(page, 'committee-failed');
    refuse = false;
    await page.getByRole('button', { name: 'Load the committee again' }).click();
    await decision(page).toBe('All five networks say 6.');
  });

  it('a damaged committee is refused with a message', async () => {
    const page = await openPage(serving((route) => route.fulfill({ body: Buffer.from('not a model at all') })));
    await choose(page, 'Vote of five');
    await page.getByRole('alert').waitFor();
    await drawWithMouse(page, digit('1'));
    await expectSentence(page, predicting('1'));
  });
});

describe('the vote', () => {
  it('shows who was outvoted', async () => {
    const body = committeeOf([...splitModel(committee).slice(0, 3), stubborn(9), stubborn(5)]);
    const page = await openPage(serving((route) => route.fulfill({ body })));
    await choose(page, 'Vote of five');
    await drawWithMouse(page, digit('3'));
    await decision(page).toBe('Three of five votes for 3.');
    expect(await ballots(page)).toEqual(['3', '3', '3', '9', '5']);
    expect(await page.locator('.unelected b').allTextContents()).toEqual(['9', '5']);
    expect(await page.locator('.unelected').first().textContent()).toMatch(/, not elected$/);
    expect(await page.locator('.probabilities .best th').textContent()).toBe('3');
  });

  it('says that a tie was broken by confidence, and by whose', async () => {
    const [own, , third] = splitModel(committee) as [OnnxModel, OnnxModel, OnnxModel];
    const body = committeeOf([own, third, stubborn(8), stubborn(8), stubborn(1)]);
    const page = await openPage(serving((route) => route.fulfill({ body })));
    await choose(page, 'Vote of five');
    await drawWithMouse(page, digit('2'));
    // The two that read are surer of their 2 than exp(8) to 1 a network can be of its 8.
    await decision(page).toMatch(
      /^Two of five votes for 2, and as many for 8\. The higher sum of confidences decided\.$/,
    );
    expect(await ballots(page)).toEqual(['2', '2', '8', '8', '1']);
    expect(await page.locator('.glyph').textContent()).toBe('2');
    await page.mouse.move(0, 0);
    await screenshot(page, 'committee-tie');
  });

  it('marks the elected class in the chart, even where another is more probable', async () => {
    // Three that doubt against two that do not.
    const members = [...splitModel(committee).slice(0, 3), stubborn(8), stubborn(8)].map((model, index) =>
      withModelCard(model, { ...modelCardOf(model)!, temperature: index < 3 ? 8 : 1 }),
    );
    const page = await openPage(serving((route) => route.fulfill({ body: committeeOf(members) })));
    await choose(page, 'Vote of five');
    await drawWithMouse(page, digit('0'));
    await decision(page).toBe('Three of five votes for 0.');
    expect(await page.locator('.probabilities .best th').textContent()).toBe('0');
    await expectSentence(page, predicting('0'));
    expect(await page.locator('.hint').textContent()).toBe('Not sure: it could also be an 8.');
  });
});

describe('looks', () => {
  it.each([
    ['wide', 'light'],
    ['wide', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('%s, %s: fits the screen and every control is a fingertip large', async (size, colorScheme) => {
    const body = committeeOf([...splitModel(committee).slice(0, 4), stubborn(8)]);
    const page = await openPage({ ...devices[size], colorScheme, ...serving((route) => route.fulfill({ body })) });
    await choose(page, 'Vote of five');
    await page.locator('.ballots').waitFor();
    await screenshot(page, `committee-${size}-${colorScheme}-empty`);
    if (size === 'phone') await drawWithTouch(page, digit('5'));
    else await drawWithMouse(page, digit('5'));
    await decision(page).toBe('Four of five votes for 5.');
    await page.mouse.move(0, 0);
    await screenshot(page, `committee-${size}-${colorScheme}`);
    const layout = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      controls: [...document.querySelectorAll('button, summary, label')].map((control) => {
        const { width, height } = control.getBoundingClientRect();
        return { name: control.textContent || control.getAttribute('aria-label'), side: Math.min(width, height) };
      }),
      spilling: [...document.querySelectorAll('.ballots li')].filter(
        (ballot) => ballot.scrollWidth > ballot.clientWidth,
      ).length,
      tops: [...document.querySelectorAll('.ballots li')].map((ballot) => ballot.getBoundingClientRect().top),
    }));
    expect(layout.overflow).toBe(0);
    expect(layout.controls.filter(({ side }) => side < 44)).toEqual([]);
    expect(layout.spilling, 'ballots whose text does not fit').toBe(0);
    expect(new Set(layout.tops).size, 'five ballots in one row').toBe(1);
  });
});
