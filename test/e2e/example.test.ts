// The example page `examples/draw`, bundled as a reader would bundle it, with this source tree in place of the
// installed package. What the README says of it is held by `test/house/example.test.ts`.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { entryPoints, root } from '../house/project.ts';
import { digit, drawWithMouse, gate, openPage, screenshot, usePage } from './page.ts';

/** Where the built example stands, below the page of the other tests: one server, and one folder to remove. */
const path = 'example/';

beforeAll(async () => {
  await build({
    root: join(root, 'examples/draw'),
    configFile: false,
    base: './',
    resolve: {
      alias: [
        ...Object.entries(entryPoints()).map(([name, file]) => ({
          find: new RegExp(`^${name}$`),
          replacement: join(root, file),
        })),
        { find: /^ductus\/models\//, replacement: join(root, 'models/') },
      ],
    },
    build: { outDir: join(inject('pageFolder'), path), emptyOutDir: true },
    logLevel: 'warn',
  });
});
usePage();

async function expectOutput(page: Page, text: RegExp): Promise<void> {
  await expect.poll(() => page.locator('output').textContent(), { timeout: 10_000 }).toMatch(text);
}

describe('examples/draw', () => {
  it('reads one digit, is emptied, and reads another', async () => {
    const page = await openPage({ path });
    await drawWithMouse(page, digit('3'));
    await expectOutput(page, /^3 \(\d{1,3} %\)$/);
    await screenshot(page, 'example');
    await page.keyboard.press('Delete');
    await expectOutput(page, /^$/);
    await drawWithMouse(page, digit('7'));
    await expectOutput(page, /^7 \(\d{1,3} %\)$/);
  });

  it('reads what was drawn before the model was there', async () => {
    const { open, hold } = gate();
    const page = await openPage({
      path,
      before: (blank) => blank.route('**/*.onnx', hold),
    });
    await drawWithMouse(page, digit('2'));
    expect(await page.locator('output').textContent()).toBe('');
    open();
    await expectOutput(page, /^2 \(\d{1,3} %\)$/);
  });
});
