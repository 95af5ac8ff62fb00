import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import { showRunners } from '../../functions/show-runners.ts';
import { served } from './fakes/http.ts';
import { deadline, instance, life, requestedAt } from './fakes/life.ts';
import { destroy, fakeLives, type LivesScene, output, provision } from './fakes/lives.ts';

const label = 'rr_runner_1f';

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

describe('the status of a label', () => {
  test('shows a ready runner with all that is known of it', async () => {
    const { get } = prepare({
      provisions: [provision(life, 'SUCCEEDED')],
      instances: [{ ...instance, spotPrice: 0.6 }],
    });
    expect(await get()).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
    });
    expect((await get()).body).toEqual({
      label,
      runners: [
        {
          name: life,
          architecture: 'x86_64',
          status: 'ready',
          market: 'spot',
          instance_type: 'c5.9xlarge',
          instance_id: 'i-1',
          availability_zone: 'us-east-2a',
          requested_at: requestedAt.toISOString(),
          ready_at: output.readyAt,
          deadline: deadline.toISOString(),
          since: output.readyAt,
          estimated_cost_usd: 0.015,
        },
      ],
    });
  });

  test('leaves out what is not known yet', async () => {
    const { get } = prepare({ provisions: [provision(life, 'RUNNING')] });
    expect((await get()).body['runners']).toEqual([
      {
        name: life,
        architecture: 'x86_64',
        status: 'requested',
        requested_at: requestedAt.toISOString(),
        deadline: deadline.toISOString(),
        reason: 'The request waits to begin.',
        since: requestedAt.toISOString(),
        usually_ready_seconds: 55,
      },
    ]);
  });

  test('shows the newest life of each architecture', async () => {
    const { get } = prepare({
      provisions: [
        provision(life, 'FAILED'),
        provision('rr_runner_1f_x86_64-2', 'RUNNING'),
        provision('rr_runner_1f_arm64-1', 'RUNNING'),
      ],
    });
    expect((await get()).body['runners']).toMatchObject([
      { name: 'rr_runner_1f_x86_64-2', architecture: 'x86_64' },
      { name: 'rr_runner_1f_arm64-1', architecture: 'arm64' },
    ]);
  });

  test('says why a runner is not there', async () => {
    const cause = JSON.stringify({
      errorType: 'QuotaExceeded',
      errorMessage: 'The quota is used up.',
      trace: ['at x'],
    });
    const { get } = prepare({ provisions: [provision(life, 'FAILED', { error: 'QuotaExceeded', cause })] });
    const answer = await get();
    expect(answer.body['runners']).toMatchObject([
      {
        status: 'failed',
        reason: 'QuotaExceeded: The quota is used up.',
        what_to_do: expect.stringMatching(/^Run the workflow again\./),
      },
    ]);
  });

  test('takes no more calls for a runner in its first life than it must', async () => {
    const running = prepare({ provisions: [provision(life, 'RUNNING')] });
    await running.get();
    expect(running.calls.filter((call) => call.includes('x86_64'))).toEqual([
      `describe ${life}`,
      `history ${life}`,
      `instances ${life}`,
      `describe ${life}-asked-1`,
      'usual x86_64',
    ]);
    const ready = prepare({ provisions: [provision(life, 'SUCCEEDED')], instances: [instance] });
    await ready.get();
    expect(ready.calls.filter((call) => call.startsWith('usual'))).toEqual([]);
    const unknown = prepare();
    await unknown.get();
    expect(unknown.calls).toHaveLength(2);
  });

  test('of a destroyed runner keeps what it was', async () => {
    const { get } = prepare({
      provisions: [provision(life, 'SUCCEEDED')],
      destroys: [destroy(`${life}-asked-1`, 'SUCCEEDED')],
    });
    expect((await get()).body['runners']).toMatchObject([
      {
        status: 'destroyed',
        instance_id: 'i-1',
        ready_at: output.readyAt,
        reason: 'A destroy was asked for.',
      },
    ]);
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

  test('is 503 with a time to come back while AWS is away', async () => {
    const { ports } = fakeLives();
    const provisions = { ...ports.provisions, provision: () => Promise.reject(new AwsUnavailable('503')) };
    const { call } = served(() =>
      showRunners({ ...ports, provisions, usual: async () => undefined }, 'rr_runner_'),
    );
    expect(await call({ method: 'GET', path: `/runners/${label}`, parameters: { label } })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
    });
  });
});
