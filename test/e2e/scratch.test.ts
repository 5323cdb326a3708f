import { it } from 'vitest';
import { digit, drawWithMouse, expectSentence, modelReady, openPage, predicting, usePage } from './page.ts';
usePage();
it.each([1,2,3,4,5])('time %s', async () => {
  const t0 = performance.now();
  const page = await openPage();
  const t1 = performance.now();
  await modelReady(page);
  const t2 = performance.now();
  await drawWithMouse(page, digit('8'));
  const t3 = performance.now();
  await expectSentence(page, predicting('8'));
  const t4 = performance.now();
  await page.context().close();
  const t5 = performance.now();
  console.log([t1-t0,t2-t1,t3-t2,t4-t3,t5-t4].map(Math.round).join(' '));
});
