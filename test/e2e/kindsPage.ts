// The page with models of all kinds of writing, for the tests of more than one file. Digits are read by the shipped
// model; the others are untrained and held against the recogniser in Node, as none of this hangs on accuracy.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { alphabets } from '../../src/core/floor.ts';
import { committeeCard, mergeModels, writeOnnx } from '../../src/onnx/floor.ts';
import { hanziFraming } from '../../src/picture/floor.ts';
import { loadModel, openRecognizer, resolveModel } from '../../src/platform/node/floor.ts';
import type { Recognised, Recognizer } from '../../src/read/floor.ts';
import { perturbedCopy } from '../parity/perturbedCopy.ts';
import { buildPage } from './buildPage.ts';
import { inkOf, usePage } from './page.ts';
import { untrainedModel } from './untrainedModel.ts';

/** Where the pages and models are. */
export const folder = join(inject('scratchFolder'), `kinds-${process.pid}`);
export const models = join(folder, 'models');
/** As many as the smallest Chinese model that is planned has, two of them traditional. */
export const hanzi = [...alphabets.hanzi.filter((_, index) => index % 36 === 0).slice(0, 103), '後', '漢'];

/** The models of the page beside the shipped one, in Node. */
export const inNode: Record<string, Recognizer> = {};

/** The built page; the test files of one process share it. */
let built: Promise<string> | undefined;

async function buildKindsPage(): Promise<string> {
  mkdirSync(models, { recursive: true });
  cpSync((await resolveModel('digits')).path, join(models, 'digits.onnx'));
  writeFileSync(join(models, 'characters-slim.onnx'), writeOnnx(untrainedModel(alphabets.alphanumeric, 2)));
  writeFileSync(join(models, 'chinese-mnist.onnx'), writeOnnx(untrainedModel(hanzi, 1, hanziFraming)));
  const { model } = await loadModel('digits');
  const members = [model, perturbedCopy(model, 21, 0.1)];
  const card = committeeCard(members, { name: 'two', description: 'Two networks that vote.' });
  writeFileSync(join(models, 'committee.onnx'), writeOnnx(mergeModels(members, card)));
  return buildPage(join(folder, 'page'), { DUCTUS_MODELS: models });
}

/** Serves a page that offers all kinds of writing to the tests of the calling file. */
export function useKindsPage(): void {
  usePage(() => {
    built ??= buildKindsPage();
    return built;
  });
  beforeAll(async () => {
    inNode.characters = await openRecognizer(join(models, 'characters-slim.onnx'));
    inNode.chinese = await openRecognizer(join(models, 'chinese-mnist.onnx'));
  });
  afterAll(() => {
    for (const recognizer of Object.values(inNode)) recognizer.dispose();
  });
}

/** What a model says of what is on the pad. */
export async function expected(page: Page, name: 'characters' | 'chinese'): Promise<Recognised> {
  const answer = await inNode[name]!.recognize(await inkOf(page));
  if (answer.empty) throw new Error('expected ink');
  return answer;
}

/** The kinds as the switch names them. */
export type KindText = 'Digits' | 'Letters' | 'Chinese';
export const kinds = (page: Page) => page.getByRole('group', { name: 'What is read' });
export const kind = (page: Page, name: KindText) => kinds(page).getByRole('radio', { name });
export const choose = (page: Page, name: KindText) => kind(page, name).check();
/** What becomes of a part's text; longer than usual, as a model may have to come first. */
export const textOf = (part: Locator) => expect.poll(() => part.textContent(), { timeout: 10_000 });
export const status = (page: Page) => textOf(page.getByRole('status'));
export const suggestions = (page: Page) => page.getByRole('list', { name: 'Other readings' }).getByRole('button');
export const masthead = (page: Page) => textOf(page.locator('.masthead p'));
