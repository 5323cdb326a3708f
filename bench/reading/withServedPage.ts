// A built page in a headless Chromium, for as long as it is measured.
import type { Browser } from 'playwright-core';
import { startPageServer } from '#node';
import { launchChromium } from '../../scripts/build/chromium.ts';

/** Serves a folder, starts a browser, and ends both when the work is over. */
export async function withServedPage<T>(
  folder: string,
  work: (url: string, browser: Browser) => Promise<T>,
): Promise<T> {
  const server = await startPageServer({ folder, port: 0 });
  try {
    const browser = await launchChromium();
    try {
      return await work(server.url, browser);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
