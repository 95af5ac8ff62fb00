import { describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { cardOf, openConsole, openView, requestRunner, toggleFault, withStatus } from './console-page.ts';
import { consoleSession } from './console-session.ts';

const session = consoleSession();

/** What axe finds against WCAG 2.2 AA and what is held to be good practice: the rule, and what breaks it. */
const findings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
};

const focused = (page: Page): Promise<string> =>
  page.evaluate(
    'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
  ) as Promise<string>;

/** Goes on by the tab key until what has the focus is named so. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`The tab key does not come to ${name}; it ended at ${await focused(page)}`);
};

/** A lively page: a runner that is ready, one that has a job, one that failed, and one that is being launched. */
const enliven = async (page: Page): Promise<void> => {
  const busy = cardOf(page, await requestRunner(page));
  await withStatus(busy, 'ready');
  await busy.getByRole('button', { name: /^Queue job/ }).click();
  await busy.getByText(/job \d+ runs/).waitFor();
  await toggleFault(page, 'No spot capacity');
  const fault = { service: 'ec2', operation: 'RunInstances', error: 'VcpuLimitExceeded', times: 1 };
  await fetch(`${session.url}/_local/faults`, { method: 'POST', body: JSON.stringify(fault) });
  await withStatus(cardOf(page, await requestRunner(page)), 'failed');
  await withStatus(cardOf(page, await requestRunner(page)), 'booting');
};

describe.each(['light', 'dark'] as const)('the console in %s', (colorScheme) => {
  test('has nothing that keeps people out', async () => {
    const view = await openConsole(session.browser, session.url, { colorScheme });
    await enliven(view.page);
    for (const summary of await view.page
      .locator('.visit summary')
      .all()
      .then((all) => all.slice(0, 2)))
      await summary.click();

    expect(await findings(view.page)).toEqual([]);
    for (const name of ['Logs', 'Jobs', 'Runs', 'Registrations', 'Schedules', 'Faults', 'Account']) {
      await openView(view.page, name);
      expect([name, await findings(view.page)]).toEqual([name, []]);
    }
    await view.close();
  });

  test('is of that colour', async () => {
    const view = await openConsole(session.browser, session.url, { colorScheme });
    const background = (await view.page.evaluate(
      'getComputedStyle(document.body).backgroundColor',
    )) as string;
    const [red = 0] = background.match(/\d+/g)?.map(Number) ?? [];

    expect(red > 128 ? 'light' : 'dark').toBe(colorScheme);
    await view.close();
  });
});

describe('the console by keyboard alone', () => {
  test('requests a runner, queues its job and looks into a state', async () => {
    const { page } = session;
    await tabTo(page, /^Skip to the fleet$/);
    const label = await page.getByRole('form', { name: 'Request runners' }).getByLabel('Label').inputValue();
    await page.getByRole('checkbox', { name: 'arm64' }).focus();
    await page.keyboard.press('Space');
    await tabTo(page, /^Request runners$/);
    await page.keyboard.press('Enter');
    const card = cardOf(page, label);
    await withStatus(card, 'ready');

    await tabTo(page, new RegExp(`^x86_64 of ${label}$`));
    await page.keyboard.press('Enter');
    expect(await card.locator('a[aria-current="true"]').textContent()).toBe(`x86_64 of ${label}`);
    await tabTo(page, new RegExp(`^Queue job for ${label}`));
    await page.keyboard.press('Space');
    await card.getByText(/job \d+ runs/).waitFor();

    await tabTo(page, /^RunnerReady, /);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const state = (await focused(page)).split(',')[0] ?? '';
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `History of ${state}` }).waitFor();
  });

  test('shows where the focus is, wherever it is', async () => {
    const { page } = session;
    await requestRunner(page);
    await page.evaluate('document.activeElement.blur()');
    const unseen: string[] = [];
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      const isShown = await page.evaluate(`(() => {
        const element = document.activeElement;
        if (element === document.body) return true;
        const styles = [element, element.querySelector('.outline')].filter(Boolean).map((one) => getComputedStyle(one));
        const after = getComputedStyle(element, '::after');
        return [...styles, after].some(({ outlineStyle, strokeWidth }) => outlineStyle !== 'none' || parseFloat(strokeWidth) >= 3);
      })()`);
      if (!isShown) unseen.push(await focused(page));
    }

    expect(unseen).toEqual([]);
  });

  test('moves from tab to tab by the arrow keys', async () => {
    const { page } = session;
    await page.getByRole('tab', { name: /^Execution/ }).focus();
    await page.keyboard.press('ArrowLeft');

    expect(await page.getByRole('tab', { selected: true }).textContent()).toMatch(/^Account/);
    expect(await focused(page)).toMatch(/^Account/);
  });
});

describe('the console on a small screen', () => {
  test.each([360, 768, 1180])('is not wider than %i pixels', async (width) => {
    const { page } = session;
    await page.setViewportSize({ width, height: 740 });
    const fault = { service: 'ec2', operation: 'RunInstances', error: 'VcpuLimitExceeded', times: 9 };
    await fetch(`${session.url}/_local/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const failed = cardOf(page, await requestRunner(page));
    await withStatus(failed, 'failed');
    await failed.getByRole('link', { name: /^x86_64/ }).click();
    await page.getByRole('button', { name: /^RequestOnDemandInstance, / }).click();
    const overhang = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');

    expect(overhang).toBeLessThanOrEqual(0);
  });
});

describe('the console for whoever wants less motion', () => {
  test('stands still', async () => {
    const view = await openConsole(session.browser, session.url, { reducedMotion: 'reduce' });
    await requestRunner(view.page);
    await view.page.locator('.halo').waitFor();

    expect(await view.page.evaluate('document.getAnimations().length')).toBe(0);
    await view.close();
  });
});
