import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Clock, install } from '@sinonjs/fake-timers';
import type { WireResponse } from '../../../local/wire/wire.ts';
import { type FakeGitHubScene, fakeGitHub, personToken } from '../../adapters/github/fake-github.ts';

let scene: FakeGitHubScene;
let clock: Clock;
beforeEach(() => {
  clock = install({ now: new Date('2026-03-01T10:00:00Z'), toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  scene = fakeGitHub();
});
afterEach(() => {
  clock.uninstall();
  expect(scene.problems()).toEqual([]);
});

const send = (
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<WireResponse> =>
  scene.door.send({
    method,
    path,
    headers: { host: 'api.github.com', authorization: `token ${personToken}`, ...headers },
    body: body === undefined ? '' : JSON.stringify(body),
  });
const json = async (answer: Promise<WireResponse>) =>
  JSON.parse((await answer).body) as Record<string, unknown>;

const runners = '/orgs/rr-debugger/actions/runners';

describe('a list', () => {
  test('has 30 items unless more are asked for, and 100 at most', async () => {
    scene.registered(...Array.from({ length: 130 }, (_, index) => `a-${index}`));
    const sizes = await Promise.all(
      ['', '?per_page=100', '?per_page=500', '?per_page=100&page=2', '?page=9'].map(async (query) => {
        const { total_count, runners: shown } = await json(send('GET', `${runners}${query}`));
        return [total_count, (shown as unknown[]).length];
      }),
    );

    expect(sizes).toEqual([
      [130, 30],
      [130, 100],
      [130, 100],
      [130, 30],
      [130, 0],
    ]);
  });

  test('links the next page and the last, as the caller addresses it', async () => {
    scene.registered(...Array.from({ length: 130 }, (_, index) => `a-${index}`));
    const { headers } = await send('GET', `/github${runners}?per_page=50`, undefined, {
      host: '127.0.0.1:9',
    });
    const { headers: last } = await send('GET', `${runners}?per_page=50&page=3`);

    expect(headers['link']).toBe(
      `<http://127.0.0.1:9/github${runners}?per_page=50&page=2>; rel="next", ` +
        `<http://127.0.0.1:9/github${runners}?per_page=50&page=3>; rel="last"`,
    );
    expect(last).not.toHaveProperty('link');
  });
});

describe('a registration', () => {
  const ask = (change: object = {}) =>
    send('POST', `${runners}/generate-jitconfig`, {
      name: 'a',
      runner_group_id: 1,
      labels: ['l'],
      ...change,
    });

  test('is there at once, offline, and its name is taken', async () => {
    expect(await json(ask())).toMatchObject({ runner: { name: 'a', status: 'offline', busy: false } });
    await expect(ask()).resolves.toMatchObject({ status: 409 });
  });

  test('needs a group that is there', async () => {
    await expect(ask({ runner_group_id: 99 })).resolves.toMatchObject({ status: 404 });
  });

  test('needs a name of 64 characters at most', async () => {
    expect((await ask({ name: 'a'.repeat(64) })).status).toBe(201);
    expect((await ask({ name: 'b'.repeat(65) })).status).toBe(422);
  });
});

describe('runs and jobs', () => {
  test('are described whole, a job that waits and one that runs', async () => {
    scene.github.putRun({ id: 7, repository: 'rr-debugger/rr', status: 'in_progress', runAttempt: 2 });
    const made = scene.github.register('a', ['l']);
    scene.github.connect(made?.config ?? '', { ended: () => undefined, seized: () => undefined });
    for (const labels of [['l'], ['other']]) scene.github.queueJob({ runId: 7, labels, durationSeconds: 60 });
    const path = '/repos/rr-debugger/rr/actions/runs/7';

    expect(await json(send('GET', path))).toMatchObject({
      id: 7,
      status: 'in_progress',
      run_attempt: 2,
      repository: { full_name: 'rr-debugger/rr' },
    });
    expect(await json(send('GET', `${path}/jobs?per_page=100`))).toMatchObject({
      total_count: 2,
      jobs: [
        { status: 'in_progress', runner_id: made?.runner.id, runner_name: 'a' },
        { status: 'queued', runner_id: null, runner_name: null },
      ],
    });
    clock.tick(61_000);
    expect(await json(send('GET', `${path}/jobs`))).toMatchObject({
      jobs: [{ status: 'completed', conclusion: 'success', runner_name: 'a' }, {}],
    });
  });

  test('of another repository are not found', async () => {
    scene.github.putRun({ id: 7, repository: 'rr-debugger/rr', status: 'in_progress', runAttempt: 1 });
    await expect(send('GET', '/repos/somebody/rr/actions/runs/7')).resolves.toMatchObject({ status: 404 });
  });
});

describe('the hourly limit', () => {
  test('is told with each answer, and 5,001 requests in an hour are one too many', async () => {
    const { headers } = await send('GET', runners);
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-reset': String(Date.parse('2026-03-01T11:00:00Z') / 1_000),
    });
    for (let index = 1; index < 5_000; index += 1) await send('GET', `${runners}/1`);

    await expect(send('GET', runners)).resolves.toMatchObject({
      status: 403,
      headers: { 'x-ratelimit-remaining': '0' },
    });
    clock.tick(3_600_000);
    await expect(send('GET', runners)).resolves.toMatchObject({ status: 200 });
  });
});

describe('a credential', () => {
  test.each([
    ['none', {}],
    ['one that GitHub does not know', { authorization: 'token unknown' }],
  ])('that is %s is refused', async (_, headers) => {
    await expect(send('GET', runners, undefined, { authorization: '', ...headers })).resolves.toMatchObject({
      status: 401,
    });
  });
});
