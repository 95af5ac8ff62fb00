import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import {
  cardOf,
  markedState,
  openConsole,
  requestRunner,
  submitRequest,
  toggleFault,
  withStatus,
} from './console-page.ts';
import { startProgram } from './started-program.ts';

/**
 * Takes the README's picture of the console, `docs/console.png`, or of the colour scheme and into the file that are
 * given: `node test/browser/screenshot.ts [light|dark] [file]`.
 */

const [scheme = 'light', file = join(import.meta.dirname, '..', '..', 'docs', 'console.png')] =
  process.argv.slice(2);

const requestBoth = async (page: Page): Promise<string> => {
  await page.getByRole('checkbox', { name: 'arm64' }).check();
  return submitRequest(page);
};

/** Runners that wait, work, end and boot, the last ones on-demand because spot capacity is exhausted. */
const enliven = async (page: Page): Promise<void> => {
  const first = await requestBoth(page);
  await withStatus(cardOf(page, first), 'ready');
  await cardOf(page, first)
    .getByRole('button', { name: /^Queue job/ })
    .click();
  const ending = await requestRunner(page);
  await withStatus(cardOf(page, ending), 'ready');
  const form = page.getByRole('form', { name: 'Queue a job' });
  await form.getByLabel(/^Job labels/).fill(`${ending} arch_x86_64`);
  await form.getByLabel('Minutes').fill('1');
  await form.getByRole('button').click();
  await withStatus(cardOf(page, ending), 'destroying');
  await toggleFault(page, 'No spot capacity');
  const last = await requestBoth(page);
  await page.getByRole('link', { name: `x86_64 of ${last}` }).click();
  await markedState(page, 'WaitForRunner', /the current state, 2 times/).waitFor();
  await page.locator('.visit summary', { hasText: 'CheckRunner' }).click();
  await page.mouse.move(0, 0);
};

const [program, browser] = await Promise.all([
  startProgram('--port', '0', '--speed', '20', '--admission', 'open', '--boot-seconds', '60'),
  launchChromium(),
]);
try {
  const { page } = await openConsole(browser, program.url, {
    viewport: { width: 1560, height: 1024 },
    deviceScaleFactor: 1.5,
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  await enliven(page);
  await page.screenshot({ path: file });
} finally {
  await Promise.all([program.stop(), browser.close()]);
}
