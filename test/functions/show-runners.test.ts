import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import type { LifeItem } from '../../functions/domain/life/life-item.ts';
import { showRunners } from '../../functions/show-runners.ts';
import { served } from './fakes/http.ts';
import { deadline, later, life, requestedAt } from './fakes/life.ts';
import { fakeLives, type LivesScene, lifeItem } from './fakes/lives.ts';

const label = 'rr_runner_1f';

const machine: Partial<LifeItem> = {
  market: 'spot',
  instanceType: 'c5.9xlarge',
  instanceId: 'i-1',
  availabilityZone: 'us-east-2a',
  spotPrice: 0.6,
  launchedAt: later(10).toISOString(),
};

const prepare = (scene: LivesScene = {}) => {
  const lives = fakeLives(scene);
  const usual = async (architecture: string) => {
    lives.calls.push(`usual ${architecture}`);
    return 55;
  };
  const { call } = served(() => showRunners({ ...lives.ports, usual }, 'rr_runner_'));
  const get = (of = label) =>
    call({
      method: 'GET',
      path: `/runners/${of}`,
      parameters: { label: of },
      headers: { 'content-type': '' },
    });
  return { ...lives, get };
};

const only = async (item: LifeItem, seconds = 100): Promise<unknown> => {
  const { body } = await prepare({ lives: [item], seconds }).get();
  const [runner] = body['runners'] as readonly unknown[];
  return runner;
};

describe('the status of a label', () => {
  test('shows a ready runner with all that is known of it', async () => {
    const readyAt = later(50).toISOString();
    expect(await only(lifeItem(life, 'ready', { ...machine, readyAt, since: readyAt }))).toEqual({
      name: life,
      architecture: 'x86_64',
      class: 'default',
      status: 'ready',
      market: 'spot',
      instance_type: 'c5.9xlarge',
      instance_id: 'i-1',
      availability_zone: 'us-east-2a',
      requested_at: requestedAt.toISOString(),
      ready_at: readyAt,
      deadline: deadline.toISOString(),
      since: readyAt,
      estimated_cost_usd: 0.015,
    });
  });

  test('leaves out what is not known yet, and says how long it usually takes', async () => {
    expect(await only(lifeItem(life, 'requested', { since: requestedAt.toISOString() }))).toEqual({
      name: life,
      architecture: 'x86_64',
      class: 'default',
      status: 'requested',
      requested_at: requestedAt.toISOString(),
      deadline: deadline.toISOString(),
      reason: 'The request waits to begin.',
      since: requestedAt.toISOString(),
      usually_ready_seconds: 55,
    });
  });

  test('shows the newest life of each architecture, x86_64 first', async () => {
    const { get } = prepare({
      lives: [lifeItem(`${label}_arm64-2`, 'launching'), lifeItem(`${label}_x86_64-7`, 'failed')],
    });
    expect((await get()).body['runners']).toMatchObject([
      { name: `${label}_x86_64-7` },
      { name: `${label}_arm64-2` },
    ]);
  });

  test('says of a failure why, and what to do', async () => {
    const failed = { reason: 'QuotaExceeded: The quota is used up.', whatToDo: 'Run the workflow again.' };
    expect(await only(lifeItem(life, 'failed', failed))).toMatchObject({
      status: 'failed',
      reason: failed.reason,
      what_to_do: failed.whatToDo,
    });
  });

  test('is one read of the table, and another for what is usual while somebody waits', async () => {
    const waiting = prepare({ lives: [lifeItem(life, 'booting')] });
    await waiting.get();
    expect(waiting.calls).toEqual(['list runner#rr_runner_1f', 'usual x86_64']);
    const ready = prepare({ lives: [lifeItem(life, 'ready')] });
    await ready.get();
    const unknown = prepare();
    await unknown.get();
    for (const { calls } of [ready, unknown]) expect(calls).toEqual(['list runner#rr_runner_1f']);
  });

  test.each<[string, LifeItem, object]>([
    [
      'whose destroy waits for its run',
      lifeItem(life, 'ready', { endAskedAt: later(90).toISOString() }),
      { status: 'ready', reason: 'Its destroy has been asked for, and begins when its run is over.' },
    ],
    [
      'that is gone',
      lifeItem(life, 'destroyed', { reason: 'A destroy was asked for.', ...machine }),
      { status: 'destroyed', instance_id: 'i-1', reason: 'A destroy was asked for.' },
    ],
  ])('says so of a runner %s', async (_, item, shown) => {
    expect(await only(item)).toMatchObject(shown);
  });

  test.each(['requested', 'launching', 'booting', 'ready'] as const)(
    'of a runner that was last heard of as %s is past its deadline that it ends',
    async (status) => {
      expect(await only(lifeItem(life, status), 3_600)).toMatchObject({
        status: 'destroying',
        since: deadline.toISOString(),
        reason: 'Its deadline has come.',
      });
    },
  );

  test('leaves out an item that somebody has made unreadable', async () => {
    const { get, items } = prepare({ lives: [lifeItem(life, 'ready')] });
    items.set('runner#rr_runner_1f arm64', { pk: 'runner#rr_runner_1f', sk: 'arm64', life: 7 });
    expect((await get()).body['runners']).toMatchObject([{ name: life }]);
  });

  test('is 404 for a label that nobody asked for', async () => {
    expect(await prepare().get()).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { detail: expect.stringContaining('POST /runners') },
    });
  });

  test.each([
    'my_runner',
    'rr_runner_',
    `rr_runner_${'x'.repeat(33)}`,
    'rr_runner_a;b',
    'rr_runner_ä',
    'rr_runner_%2e',
  ])('is 400 for what is no label: %s', async (wrong) => {
    const { get, calls } = prepare();
    expect(await get(wrong)).toMatchObject({ status: 400, body: { errors: [{ field: 'label' }] } });
    expect(calls).toEqual([]);
  });

  test('is 503 with a time to come back while the table is away', async () => {
    const { ports } = fakeLives();
    const table = { list: () => Promise.reject(new AwsUnavailable('503')) };
    const { call } = served(() =>
      showRunners({ ...ports, table, usual: async () => undefined }, 'rr_runner_'),
    );
    expect(await call({ method: 'GET', path: `/runners/${label}`, parameters: { label } })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
    });
  });
});
