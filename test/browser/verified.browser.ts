import { expect, jest, test } from '@jest/globals';
import { launchChromium } from './chromium.ts';
import {
  cardOf,
  openConsole,
  openView,
  outcomeOf,
  requestRunner,
  testTimeoutMs,
  withStatus,
} from './console-page.ts';
import { startProgram } from './started-program.ts';

jest.setTimeout(testTimeoutMs);

test('with verified admission, a runner stays while its run is active, and a run that is over gets none', async () => {
  const [program, browser] = await Promise.all([
    startProgram('--port', '0', '--speed', '20', '--admission', 'verified'),
    launchChromium(),
  ]);
  try {
    const { page, errors } = await openConsole(browser, program.url);
    const label = await requestRunner(page);
    const card = cardOf(page, label);
    await withStatus(card, 'ready');
    await page.getByRole('button', { name: `Destroy ${label}` }).click();
    await page.getByRole('link', { name: 'destroy, asked 1' }).click();
    await page.getByRole('button', { name: /^WaitWhileNeeded, Wait, the current state/ }).waitFor();
    expect(await card.getByText('ready', { exact: true }).count()).toBe(1);

    await openView(page, 'Runs');
    await page.getByRole('button', { name: 'Complete run 1001' }).click();
    await page.getByText(`Nothing is left of ${label} x86_64.`).waitFor();

    const form = page.getByRole('form', { name: 'Request runners' });
    await form.getByRole('button').click();
    await outcomeOf(page)
      .filter({ hasText: /run 1001/i })
      .waitFor();
    await page.getByRole('button', { name: 'Begin run 1002' }).click();
    await page
      .getByRole('option', { name: '1002, in progress', selected: true })
      .waitFor({ state: 'attached' });
    const next = await requestRunner(page);
    expect(next).toMatch(/^rr_runner_1002_1_/);
    await withStatus(cardOf(page, next), 'ready');
    // A browser writes a line for the refusal, which is what was asked for.
    expect(errors.filter((error) => !error.includes('403'))).toEqual([]);
  } finally {
    await Promise.all([program.stop(), browser.close()]);
  }
});
