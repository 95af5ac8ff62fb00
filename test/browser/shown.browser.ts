import { describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { ShownLife } from '../../local/console/console-state.ts';
import type { ExecutionDetail, ExecutionHistoryEvent } from '../../local/control/snapshot.ts';
import { execution, instance, job, life } from '../local/console/page/shown.ts';
import { cardOf, openView, outcomeOf } from './console-page.ts';
import { shownConsole } from './shown-console.ts';

const shown = shownConsole();

const details = (page: Page) => page.getByRole('region', { name: 'Details' });
const cards = (page: Page) => page.locator('.life');

/** A life of that number, which is ready unless told otherwise. */
const numbered = (n: number, changed: Partial<ShownLife> = {}): ShownLife => {
  const label = `rr_runner_${n}_1`;
  const name = `${label}_x86_64-1`;
  return life({
    name,
    label,
    status: 'ready',
    instances: [instance({ id: `i-${n}` })],
    executions: [execution({ name, startedAt: n, status: 'SUCCEEDED', stoppedAt: n + 9 })],
    ...changed,
  });
};

const twoHundred = Array.from({ length: 200 }, (_, index) =>
  numbered(1_000 + index, index % 50 === 7 ? { status: 'booting' } : {}),
);

const event = (id: number, type: string, more: Partial<ExecutionHistoryEvent>): ExecutionHistoryEvent => ({
  id,
  at: new Date(id * 1_000).toISOString(),
  type,
  ...more,
});

/** A provision that EC2 refused one pool. */
const refused = (name: string): ExecutionDetail => {
  const pool = { instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a' };
  const search = { next: 'spot', poolIndex: 0, refusals: [], pools: [pool, pool] };
  const refusals = [{ market: 'spot', code: 'InsufficientInstanceCapacity', ...pool }];
  return {
    name,
    state_machine: 'provision-runner',
    status: 'RUNNING',
    started_at: new Date(0).toISOString(),
    input: {},
    events: [
      event(1, 'TaskStateEntered', { state: 'RequestSpotInstance', input: { search } }),
      event(2, 'TaskStateExited', {
        state: 'RequestSpotInstance',
        output: { search: { ...search, poolIndex: 1, refusals } },
      }),
      event(3, 'TaskStateEntered', { state: 'CheckRunner', input: { search } }),
    ],
  };
};

describe('a card', () => {
  test('of a life that failed opens the execution that failed, not its clean-up', async () => {
    const name = 'rr_runner_5_1_x86_64-1';
    const executions = [
      execution({ name, status: 'FAILED', startedAt: 1 }),
      execution({ name: `${name}-failed-1`, stateMachine: 'destroy-runner', role: 'failed', startedAt: 9 }),
    ];
    const page = await shown.show({ lives: [numbered(6), numbered(5, { status: 'failed', executions })] });

    await cardOf(page, 'rr_runner_5_1').getByRole('link').click();

    const opened = details(page).locator('a[aria-current="true"]');
    expect(await opened.textContent()).toBe('provision FAILED');
    await details(page).getByRole('heading', { name: 'provision-runner' }).waitFor();
  });

  test('of a runner that has a job says that it is busy, and that it is ready when it has none', async () => {
    const one = numbered(5);
    const page = await shown.show({ lives: [one] });
    const status = cards(page).locator('.badge').first();
    expect(await status.textContent()).toBe('ready');

    shown.change({ jobs: [job({ status: 'in_progress', life: one.name, startedAt: Date.now() })] });
    await cards(page).getByText('busy').waitFor();

    expect(await status.textContent()).toBe('busy');
  });
});

test('a launch that EC2 refused says so, and what comes next', async () => {
  const one = numbered(5, { status: 'launching' });
  shown.setDetail(refused(one.name));
  const page = await shown.show({ lives: [one] });
  const visit = details(page).locator('.visit', { hasText: 'RequestSpotInstance' });

  expect(await visit.locator('.visit-word').textContent()).toBe('refused, next pool');
});

describe('two hundred lives', () => {
  test('are twenty at a time, and every one of them can be come to', async () => {
    const page = await shown.show({ lives: twoHundred });
    const seen = new Set<string>();
    for (let pages = 1; ; pages += 1) {
      const labels = await page.locator('.label-head h3').allTextContents();
      expect(labels.length).toBeLessThanOrEqual(20);
      for (const label of labels) seen.add(label);
      if (pages === 10) break;
      await page.getByRole('button', { name: 'Next page of runners' }).click();
    }

    expect(seen.size).toBe(200);
    expect(await page.getByRole('button', { name: 'Next page of runners' }).isDisabled()).toBe(true);
  });

  test('are filtered by whatever a card says', async () => {
    const page = await shown.show({ lives: twoHundred });
    const filter = page.getByRole('searchbox', { name: 'Filter runners' });

    await filter.fill('1123');
    expect(await cards(page).count()).toBe(1);
    await filter.fill('BOOTING spot');
    expect(await cards(page).count()).toBe(4);
    await filter.fill('nothing like it');
    expect(await cards(page).count()).toBe(0);
  });

  test('leave no card of one that is over among those that live', async () => {
    const page = await shown.show({
      lives: [numbered(1), numbered(2, { isOver: true, status: 'destroyed' })],
    });
    expect(await page.locator('.label-head h3').allTextContents()).toEqual(['rr_runner_1_1']);

    await page.getByLabel('Which runners').selectOption('Over');

    expect(await page.locator('.label-head h3').allTextContents()).toEqual(['rr_runner_2_1']);
  });
});

describe('the address of the page', () => {
  test('brings all of what is shown back after a reload', async () => {
    const page = await shown.show({ lives: twoHundred });
    await page.getByRole('searchbox', { name: 'Filter runners' }).fill('rr_runner_11');
    await page.getByRole('button', { name: 'Next page of runners' }).click();
    await cards(page).nth(3).getByRole('link').click();
    await page.getByRole('button', { name: /^CheckRunner, / }).click();
    const before = await page.locator('h3.code').allTextContents();

    await page.reload();
    await page
      .getByRole('heading', { name: 'CheckRunner' })
      .or(page.locator('[aria-pressed="true"][data-state-name="CheckRunner"]'))
      .first()
      .waitFor();

    expect(await page.locator('h3.code').allTextContents()).toEqual(before);
    expect(await page.locator('.life[data-chosen="true"]').count()).toBe(1);
    await openView(page, 'Jobs');
    await page.reload();
    await page.getByRole('tab', { name: 'Jobs', selected: true }).waitFor();
  });

  test('is a link that somebody else can open, and Back leads to the one before', async () => {
    const page = await shown.show({ lives: twoHundred }, '#life=rr_runner_1042_1_x86_64-1');
    const title = details(page).locator('.summary h3');
    expect(await title.textContent()).toBe('rr_runner_1042_1_x86_64-1');

    await cards(page).first().getByRole('link').click();
    expect(await title.textContent()).toBe('rr_runner_1000_1_x86_64-1');
    await page.goBack();
    await details(page).getByRole('heading', { name: 'rr_runner_1042_1_x86_64-1' }).waitFor();
  });

  test('of a life that is no more says so', async () => {
    const page = await shown.show({ lives: twoHundred }, '#life=rr_runner_9_1_x86_64-1');

    await details(page).getByText('rr_runner_9_1_x86_64-1 is not here any more').waitFor();
  });
});

describe('the drawing', () => {
  const svg = (page: Page) => page.locator('.graph');
  const width = async (page: Page): Promise<number> => (await svg(page).boundingBox())?.width ?? 0;

  test.each(['provision-runner', 'destroy-runner'])('of %s can be read at a glance', async (stateMachine) => {
    const one = numbered(5);
    const executions = [execution({ name: one.name, stateMachine })];
    const page = await shown.show({ lives: [{ ...one, executions }] });
    const names = await svg(page)
      .locator('.state')
      .evaluateAll((states) =>
        states.map((state) => {
          const [text, outline] = [...state.querySelectorAll('text, .outline')]
            .sort((a, b) => a.tagName.localeCompare(b.tagName) * -1)
            .map((part) => part.getBoundingClientRect());
          return { height: text?.height ?? 0, spare: (outline?.width ?? 0) - (text?.width ?? 0) };
        }),
      );

    expect(names.length).toBeGreaterThan(10);
    expect(Math.min(...names.map(({ height }) => height))).toBeGreaterThan(10);
    expect(Math.min(...names.map(({ spare }) => spare))).toBeGreaterThan(2);
  });

  test('is zoomed by buttons, keys and wheel, and fits again', async () => {
    const page = await shown.show({ lives: [numbered(5)] });
    const widths = [await width(page)];
    const then = async (act: () => Promise<unknown>): Promise<void> => {
      await act();
      widths.push(await width(page));
    };
    await then(() => page.getByRole('button', { name: 'Zoom in' }).click());
    await then(() => page.keyboard.press('+'));
    await then(async () => {
      await page.locator('.zoom-box').hover();
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -100);
      await page.keyboard.up('Control');
      await page.waitForTimeout(100);
    });
    await then(() => page.getByRole('button', { name: 'Zoom out' }).click());
    await page.getByRole('button', { name: 'Fit' }).click();
    const [box, drawing] = [await page.locator('.zoom-box').boundingBox(), await svg(page).boundingBox()];

    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = widths;
    expect(second).toBeLessThan(third);
    expect(third).toBeLessThan(fourth);
    expect(fifth).toBeLessThan(fourth);
    expect(first).toBeGreaterThan(0);
    expect(drawing?.height).toBeLessThanOrEqual(box?.height ?? 0);
  });

  test('is moved by a drag when it is larger than its place', async () => {
    const page = await shown.show({ lives: [numbered(5)] });
    for (let times = 0; times < 5; times += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
    const box = page.locator('.zoom-box');
    const scroll = () => box.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
    const [left = 0, top = 0] = await scroll();
    const { x, y } = (await box.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 200, y + 200);
    await page.mouse.down();
    await page.mouse.move(x + 140, y + 120, { steps: 4 });
    await page.mouse.up();
    const [leftAfter = 0, topAfter = 0] = await scroll();

    expect(leftAfter - left).toBeCloseTo(60, -1);
    expect(topAfter - top).toBeCloseTo(80, -1);
  });

  test('fills the screen, and comes back', async () => {
    const page = await shown.show({ lives: [numbered(5)] });
    const isFull = () => page.evaluate('document.fullscreenElement?.className === "zoom"');
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.waitForFunction('document.fullscreenElement !== null');
    expect(await isFull()).toBe(true);
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.waitForFunction('document.fullscreenElement === null');
  });
});

describe('what an operator looks at', () => {
  const alarm = { name: 'budget', metric: 'RunnerHours', state: 'ALARM', value: 50.2, threshold: 48 };
  const alarms = [{ ...alarm, periodSeconds: 86_400 }];

  test('has the alarms, the budget and the switch, which closes admission', async () => {
    const page = await shown.show({ alarms });
    await page.getByRole('link', { name: 'Alarms: 1' }).click();
    await details(page).getByText('50.2 of 48 runner-hours in the last 24 h').waitFor();
    expect(
      await details(page)
        .getByRole('row', { name: /budget ALARM/ })
        .count(),
    ).toBe(1);

    await page.getByRole('button', { name: 'Close admission' }).click();
    await outcomeOf(page).filter({ hasText: 'Admission is closed' }).waitFor();
    shown.change({ admission: 'closed: a test' });
    await page.getByRole('link', { name: 'Admission closed' }).waitFor();
    await page.getByRole('button', { name: 'Open admission' }).click();
    await outcomeOf(page).filter({ hasText: 'Admission is open' }).waitFor();

    const parameter = '/stint/admission';
    expect(shown.calls.map(({ path, body }) => [path, body])).toEqual([
      ['/_local/account', { parameters: { [parameter]: expect.stringMatching(/^closed: /) } }],
      ['/_local/account', { parameters: { [parameter]: 'open' } }],
    ]);
  });

  test('has the rations that are in use, where there are some', async () => {
    const page = await shown.show({}, '#view=account');
    expect(await page.getByText('Rations in use').count()).toBe(0);

    const ration = { service: 'ec2', operation: 'RunInstances', tokens: 1, size: 5, total: 9, refused: 3 };
    shown.change({ rations: [ration] });

    await details(page)
      .getByRole('row', { name: /^ec2 RunInstances .*1 of 5 3$/ })
      .waitFor();
  });

  test('has the lines of the functions, and finds one among them', async () => {
    const add = (name: string, message: unknown) => shown.logs.add({ name, level: 'info', message });
    add('sweep', { decision: 'destroy', life: 'rr_runner_7_1_x86_64-1' });
    add('launch', { decision: 'launched', instance: { id: 'i-7' } });
    const page = await shown.show({ logCount: 2 }, '#view=logs');
    const rows = details(page).locator('tbody tr');
    await rows.nth(1).waitFor();

    await page.getByRole('searchbox', { name: 'Filter Function logs' }).fill('i-7');
    await rows.nth(1).waitFor({ state: 'detached' });
    await rows.getByText('decision launched').click();

    await rows.getByText('"i-7"').waitFor();
  });

  test('has faults to inject from a list, and to clear', async () => {
    const page = await shown.show({}, '#view=faults');
    await page.getByRole('button', { name: 'No spot capacity' }).click();
    await outcomeOf(page).filter({ hasText: 'Injected: No spot capacity.' }).waitFor();
    const fault = {
      service: 'ec2',
      operation: 'RunInstances',
      error: 'InsufficientInstanceCapacity',
      where: { market: 'spot' },
    };
    shown.change({ faults: [fault] });
    await page.getByRole('button', { name: 'No spot capacity', pressed: true }).click();
    await outcomeOf(page).filter({ hasText: 'Cleared: No spot capacity.' }).waitFor();
    const form = page.getByRole('form', { name: 'Another fault' });
    await form.getByLabel('Service').selectOption('github');
    await form.getByLabel(/^Error/).fill('502');
    await form.getByLabel('For').fill('60');
    await form.getByLabel('Unit').selectOption('simulated seconds');
    await form.getByRole('button').click();
    await outcomeOf(page).filter({ hasText: 'Injected: github everything: 502.' }).waitFor();

    expect(shown.calls.map(({ method, body }) => [method, body])).toEqual([
      ['POST', expect.objectContaining(fault)],
      ['DELETE', undefined],
      ['POST', { service: 'github', operation: '*', error: '502', seconds: 60 }],
    ]);
  });
});

describe('the form for jobs', () => {
  const runs = [
    { id: 1001, repository: 'rr-debugger/rr', attempt: 2, status: 'in_progress' },
    { id: 1002, repository: 'rr-debugger/rr', attempt: 1, status: 'completed' },
  ];

  test('queues a job by labels for a run, which nobody has asked for', async () => {
    const page = await shown.show({ runs });
    const form = page.getByRole('form', { name: 'Queue a job' });
    expect(await form.getByLabel(/^Job labels/).inputValue()).toMatch(/^rr_runner_1001_2_\w+ arch_x86_64$/);

    await form.getByLabel(/^Job labels/).fill('rr_runner_1001_1_gpu, arch_arm64');
    await form.getByRole('button').click();
    await outcomeOf(page).filter({ hasText: 'is queued with rr_runner_1001_1_gpu, arch_arm64' }).waitFor();

    expect(shown.calls).toEqual([
      {
        method: 'POST',
        path: '/_local/jobs',
        body: { run_id: 1001, labels: ['rr_runner_1001_1_gpu', 'arch_arm64'], duration_seconds: 600 },
      },
    ]);
  });

  test("is about a runner of the chosen run that has no job, and about no other run's", async () => {
    const page = await shown.show({ runs, lives: [numbered(1002), numbered(1001)] });
    const labels = page.getByRole('form', { name: 'Queue a job' }).getByLabel(/^Job labels/);
    expect(await labels.inputValue()).toBe('rr_runner_1001_1 arch_x86_64');

    await page.getByLabel('Workflow run').selectOption('1002, completed');

    expect(await labels.inputValue()).toBe('rr_runner_1002_1 arch_x86_64');
  });
});

describe('at 1280 by 720', () => {
  const executions = [execution({ name: 'x', stateMachine: 'destroy-runner' })];

  test.each(['', 'logs', 'jobs', 'runs', 'registrations', 'schedules', 'faults', 'account'])(
    'the whole page is in sight, nothing is cut off and nothing keeps people out: view %p',
    async (name) => {
      const busy = job({ status: 'in_progress', life: 'rr_runner_1000_1_x86_64-1', startedAt: Date.now() });
      const lives = [
        ...twoHundred,
        numbered(5, { status: 'failed', reason: 'QuotaExceeded: ask.', executions }),
      ];
      const page = await shown.show({ lives, jobs: [busy] }, `#view=${name}`);
      const overhang = (await page.evaluate(
        '[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]',
      )) as readonly number[];
      expect(Math.max(...overhang)).toBeLessThanOrEqual(0);
      for (const region of ['Controls', 'Fleet', 'Activity', 'Details']) {
        const box = await page.getByRole('region', { name: region }).boundingBox();
        expect([region, (box?.height ?? 0) > 50, (box?.y ?? 0) + (box?.height ?? 0) <= 720]).toEqual([
          region,
          true,
          true,
        ]);
      }
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]))).toEqual([]);
    },
  );
});
