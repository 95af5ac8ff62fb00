import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { cardOf, openConsole, requestRunner, testTimeoutMs, withStatus } from './console-page.ts';
import { startProgram } from './started-program.ts';

jest.setTimeout(testTimeoutMs);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('the console says when the program is away, and shows all of it when it is back', async () => {
  const first = await startProgram('--port', '0', '--speed', '20', '--admission', 'open');
  const { page, close } = await openConsole(browser, first.url);
  const label = await requestRunner(page);
  await withStatus(cardOf(page, label), 'ready');

  await first.stop();
  await page.getByText('Reconnecting …').waitFor();
  const second = await startProgram('--port', String(first.port), '--speed', '10', '--admission', 'open');
  try {
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.getByText('10 ×').waitFor();
    await cardOf(page, label).waitFor({ state: 'detached' });
    await withStatus(cardOf(page, await requestRunner(page)), 'ready');
    expect(await page.getByText('No runners yet').count()).toBe(0);
  } finally {
    await close();
    await second.stop();
  }
});
