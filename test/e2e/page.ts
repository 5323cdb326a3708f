// The page under test: its server, a browser, and the hands that draw in it. One browser for all test files, one
// context a test.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
  type Route,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Ink } from '../../src/picture/floor.ts';
import { type PageServer, startPageServer } from '../../src/platform/node/floor.ts';
import type { Recognised } from '../../src/read/floor.ts';
import { digitStrokes, type PathPoint } from './strokes.ts';

/** Folder for the screenshots that people look at. */
const screenshotFolder: string = fileURLToPath(new URL('../../runs/screenshots', import.meta.url));

let server: PageServer;
/** Servers of other pages, until the test that asked for them is over. */
let others: PageServer[] = [];
let browser: Browser;
/** What no test may leave behind: messages of errors, and requests that left this machine. */
let faults: string[] = [];

/**
 * Starts the server and joins the browser for the tests of the calling file, and fails each test that saw an error or a
 * foreign request.
 *
 * @param buildPage makes the page and returns its folder; without it the page is the one that all tests share.
 */
export function usePage(buildPage?: () => Promise<string>): void {
  beforeAll(async () => {
    const folder = buildPage === undefined ? inject('pageFolder') : await buildPage();
    server = await startPageServer({ folder, port: 0 });
    browser = await chromium.connect(inject('browser'));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await Promise.all(others.map((other) => other.close()));
    others = [];
    const seen = faults;
    faults = [];
    expect(seen).toEqual([]);
  });
}

/** How a test opens the page. */
export interface OpenOptions extends BrowserContextOptions {
  /** Path below the server's root. */
  readonly path?: string;
  /** Console messages that this test brings about on purpose. */
  readonly expectedErrors?: RegExp;
  /** Called before the page is asked for. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** Opens the page in a fresh context and waits until the pad is there. */
export function openPage(options: OpenOptions = {}): Promise<Page> {
  return openAt(server.url, options);
}

/** Serves another page than that of the test file, and opens it as {@link openPage} does; both end with the test. */
export async function openOtherPage(folder: string, options: OpenOptions = {}): Promise<Page> {
  const other = await startPageServer({ folder, port: 0 });
  others.push(other);
  return openAt(other.url, options);
}

async function openAt(url: string, options: OpenOptions): Promise<Page> {
  const { path = '', expectedErrors, before, ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && `${origin}/` !== url)
      faults.push(`request to ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!expectedErrors?.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`));
  const page = await context.newPage();
  await before?.(page);
  await page.goto(url + path);
  await page.locator('ductus-ink-pad').waitFor();
  return page;
}

/** Holds requests back (`page.route(url, hold)`) until it is opened. */
export function gate(): { readonly open: () => void; readonly hold: (route: Route) => Promise<void> } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), hold: (route) => opened.then(() => route.continue()) };
}

/** Waits until the model is loaded. */
export async function modelReady(page: Page): Promise<void> {
  await page.locator('.loading').waitFor({ state: 'detached' });
}

/** Where a path's point is on the screen, once the pad is: a switch that was pressed may stand a screen below it. */
export async function locatePath(page: Page, path: readonly PathPoint[]): Promise<{ x: number; y: number }[]> {
  const pad = page.locator('ductus-ink-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  return path.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
}

/**
 * Draws paths with the mouse. The points of a path are sent without waiting for each to be painted; the pad gets them
 * all.
 */
export async function drawWithMouse(page: Page, paths: readonly (readonly PathPoint[])[]): Promise<void> {
  for (const path of paths) {
    const [first, ...points] = await locatePath(page, path);
    await page.mouse.move(first!.x, first!.y);
    await page.mouse.down();
    await Promise.all(points.map(({ x, y }) => page.mouse.move(x, y)));
    await page.mouse.up();
  }
}

/** Draws paths with one finger, by the browser's own touch input. */
export async function drawWithTouch(page: Page, paths: readonly (readonly PathPoint[])[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const path of paths) {
    const points = await locatePath(page, path);
    await touch(session, 'touchStart', [{ ...points[0]!, id: 1 }]);
    await Promise.all(points.slice(1).map((point) => touch(session, 'touchMove', [{ ...point, id: 1 }])));
    await touch(session, 'touchEnd', []);
  }
  await session.detach();
}

/** One touch event with the fingers that are down. */
export async function touch(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
  fingers: readonly { readonly x: number; readonly y: number; readonly id: number }[],
): Promise<void> {
  await session.send('Input.dispatchTouchEvent', { type, touchPoints: [...fingers] });
}

/** The strokes of one digit. */
export function digit(label: string): readonly (readonly PathPoint[])[] {
  return digitStrokes[label]!;
}

/** Waits until the page says this, as its main sentence. */
export async function expectSentence(page: Page, sentence: string | RegExp): Promise<void> {
  const shown = expect.poll(() => page.locator('.sentence').textContent(), { timeout: 10_000 });
  await (typeof sentence === 'string' ? shown.toBe(sentence) : shown.toMatch(sentence));
}

/** The sentence for a digit, whatever the confidence. */
export function predicting(label: string): RegExp {
  return new RegExp(`^Predicting you draw ${label} with \\d{1,3}% confidence$`);
}

/** What is on the pad. */
export function inkOf(page: Page): Promise<Ink> {
  return page.locator('ductus-ink-pad').evaluate((pad) => (pad as unknown as { ink: Ink }).ink);
}

/** Number of strokes on the pad. */
export async function strokeCount(page: Page): Promise<number> {
  return (await inkOf(page)).strokes.length;
}

/** The page's main sentence for an answer. */
export function sentenceOf({ label, confidence }: Recognised): string {
  return `Predicting you draw ${label} with ${percentOf(confidence)} confidence`;
}

/** A share as the page writes it. */
export function percentOf(share: number): string {
  return `${Math.round(100 * share)}%`;
}

/**
 * Saves a picture of the whole page for people to look at, where `DUCTUS_SCREENSHOTS` asks for them: each takes a
 * while.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env.DUCTUS_SCREENSHOTS) return;
  mkdirSync(screenshotFolder, { recursive: true });
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`), fullPage: true });
}

/** Screens by their sizes. */
export const devices = {
  wide: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 375, height: 800 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  narrow: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

/** Pixels that the page is wider than the screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
