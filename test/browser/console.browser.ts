import { describe, expect, test } from '@jest/globals';
import {
  cardOf,
  markedState,
  openView,
  requestRunner,
  stateOf,
  toggleFault,
  withStatus,
} from './console-page.ts';
import { consoleSession, speed } from './console-session.ts';

const session = consoleSession('--boot-seconds', '60');

const activity = () => session.page.getByRole('log', { name: 'Activity' });

describe('the console in a browser', () => {
  test('shows a runner from its request to its end', async () => {
    const { page } = session;
    const label = await requestRunner(page);
    const card = cardOf(page, label);
    await markedState(page, 'WaitForBoot', /the current state/).waitFor();
    await withStatus(card, 'ready');
    expect(await card.textContent()).toMatch(/\d\d:\d\d left/);
    expect(await card.textContent()).toMatch(/spot c5\.9xlarge us-east-2\w i-…\w{4} running/);
    await markedState(page, 'RunnerReady', /the execution succeeded here/).waitFor();

    const form = page.getByRole('form', { name: 'Queue a job' });
    await form.getByLabel('Minutes').fill('1');
    await form.getByRole('button').click();
    await card.getByText(/job \d+ runs, /).waitFor();
    await withStatus(card, 'busy');
    await activity()
      .getByText(/Job \d+ is over: success\./)
      .waitFor();
    await activity().getByText(`Nothing is left of ${label} x86_64.`).waitFor();

    await page.getByLabel('Which runners').selectOption('Over');
    await withStatus(card, 'destroyed');
    await card.getByRole('link', { name: `x86_64 of ${label}` }).click();
    await markedState(page, 'LifeEnded', /the execution succeeded here/).waitFor();
  });

  test('lights the on-demand branch when spot capacity is exhausted', async () => {
    const { page } = session;
    await toggleFault(page, 'No spot capacity');

    const card = cardOf(page, await requestRunner(page));
    await withStatus(card, 'ready');

    expect(await card.textContent()).toContain('on-demand');
    await markedState(page, 'RequestOnDemandInstance', /visited/).waitFor();
    await markedState(page, 'RequestSpotInstance', /visited, \d times/).waitFor();
    const taken = page.locator('.arrow[data-taken="true"]', { hasText: 'on-demand' });
    await taken.first().waitFor();

    await page.getByRole('region', { name: 'Details' }).getByText('refused, next on-demand').waitFor();
    await toggleFault(page, 'No spot capacity');
    expect(await page.getByRole('link', { name: /^Faults/ }).count()).toBe(0);
  });

  test('begins a second round, on-demand, when a spot instance is interrupted', async () => {
    const { page } = session;
    const label = await requestRunner(page);
    const card = cardOf(page, label);

    await card.getByRole('button', { name: /^Interrupt the spot instance/ }).click();

    await activity()
      .getByText(/EC2 took i-\w+ away \(Server\.SpotInstanceTermination\)/)
      .waitFor();
    await markedState(page, 'DiscardRound', /visited/).waitFor();
    await withStatus(card, 'ready');
    expect(await card.textContent()).toMatch(/on-demand c5\.9xlarge us-east-2\w i-…\w{4} running/);
  });

  test('destroys what is asked for', async () => {
    const { page } = session;
    const label = await requestRunner(page);
    await withStatus(cardOf(page, label), 'ready');

    await page.getByRole('button', { name: `Destroy ${label}` }).click();

    await withStatus(cardOf(page, label), 'destroying');
    await page.getByText('destroy, asked 1').waitFor();
    await activity().getByText(`Nothing is left of ${label} x86_64.`).waitFor();
  });

  test('says why an execution failed, and shows what each state got and gave', async () => {
    const { page } = session;
    const fault = { service: 'ec2', operation: 'RunInstances', error: 'VcpuLimitExceeded', times: 99 };
    await fetch(`${session.url}/_local/faults`, { method: 'POST', body: JSON.stringify(fault) });
    await page.getByRole('link', { name: 'Faults: 1' }).waitFor();
    const label = await requestRunner(page);
    await withStatus(cardOf(page, label), 'failed');
    await page.getByRole('link', { name: 'destroy, failed 1' }).waitFor();
    await page.getByRole('link', { name: `x86_64 of ${label}` }).click();
    const inspector = page.getByRole('region', { name: 'Details' });
    await inspector.locator('a[aria-current="true"]', { hasText: 'provision FAILED' }).waitFor();
    await inspector.getByText('QuotaExceeded').first().waitFor();

    await stateOf(page, 'ResolveImage').click();

    const visit = inspector.getByRole('listitem').filter({ hasText: 'ResolveImage' });
    const shown = (text: string) => visit.getByText(text).filter({ visible: true });
    await shown('"image"').waitFor();
    await visit.getByText('Input', { exact: true }).click();
    await shown(`"${label}"`).waitFor();
    await visit.getByText('Output', { exact: true }).click();
    await shown('"image"').nth(1).waitFor();
  });

  test('shows registrations, jobs and schedules', async () => {
    const { page } = session;
    const label = await requestRunner(page);
    await withStatus(cardOf(page, label), 'ready');

    await openView(page, 'Registrations');
    const registration = page.getByRole('row').filter({ hasText: `${label}_x86_64-1-1-` });
    expect(await registration.textContent()).toContain('online');

    await openView(page, 'Schedules');
    const schedule = page.getByRole('row').filter({ hasText: `${label}_x86_64-1-` });
    expect(await schedule.textContent()).toMatch(/\d\d:\d\d$/);
  });

  test('runs the simulated clock at its speed', async () => {
    const { page } = session;
    const time = async (): Promise<number> =>
      Date.parse((await page.locator('.clock time').getAttribute('datetime')) ?? '');
    const [from, realFrom] = [await time(), Date.now()];
    await page.waitForTimeout(2_000);
    const simulated = (await time()) - from;
    const real = Date.now() - realFrom;

    expect(simulated / real).toBeGreaterThan(speed * 0.8);
    expect(simulated / real).toBeLessThan(speed * 1.2);
    expect(await page.getByText('20 ×').count()).toBe(1);
  });
});
