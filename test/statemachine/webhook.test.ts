import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { appCredential } from '../../local/github/deployed-credential.ts';
import type { SimulationOptions } from '../../local/simulation.ts';
import { deliveryProblems } from '../witness/github-openapi.ts';
import { createVerifiedWorld, label, type VerifiedWorld } from './verified-world.ts';

let world: VerifiedWorld | undefined;
afterEach(async () => {
  await world?.end();
  world = undefined;
});

const start = async (options: Partial<SimulationOptions> = {}) => {
  const own = await createVerifiedWorld({ webhook: {}, ...options });
  world = own;
  return own;
};

const lives = ({ state }: VerifiedWorld): readonly string[] =>
  state()
    .executions.filter(({ state_machine }) => state_machine.includes('provision'))
    .map(({ name }) => name);

const deliveries = ({ cloud }: VerifiedWorld) => cloud.webhook?.deliveries ?? [];

const labels = (own: string) => [own, 'arch_x86_64'];

/** A delivery as somebody sends it, signed with the deployment's secret unless told otherwise. */
const send = async (
  { cloud, advance }: VerifiedWorld,
  body: string,
  { headers = {}, secret }: { headers?: Record<string, string>; secret?: string } = {},
) => {
  const [made] = cloud.stack.generatedSecrets;
  const key = secret ?? cloud.secrets.get(made?.arn ?? '') ?? '';
  const answering = cloud.gateway.request({
    method: 'POST',
    path: '/github/webhook',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'workflow_job',
      'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
      ...headers,
    },
    body: Buffer.from(body),
    sourceIp: '192.0.2.7',
  });
  await advance(10);
  const { status, body: text } = await answering;
  return { status, body: JSON.parse(String(text)) as Readonly<Record<string, unknown>> };
};

const queued = (change: object = {}, job: object = {}): string =>
  JSON.stringify({
    action: 'queued',
    workflow_job: { id: 7, run_id: 1001, run_attempt: 1, labels: labels(label), runner_name: null, ...job },
    repository: { full_name: 'rr-debugger/rr' },
    ...change,
  });

describe('with a webhook', () => {
  test('a queued job asks within seconds, has its machine, and nothing is left', async () => {
    const own = await start();
    const id = own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(5);
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
    await own.advance(240);
    expect(own.job(id)).toMatchObject({ conclusion: 'success' });
    await own.untilNothingIsLeft(900);
  });

  test('deliveries are as GitHub describes them, and each is taken', async () => {
    const own = await start();
    own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(300);
    expect(deliveries(own).map(({ action, statusCode }) => [action, statusCode])).toEqual([
      ['queued', 202],
      ['in_progress', 202],
      ['completed', 202],
    ]);
    expect(deliveries(own).flatMap(({ body }) => deliveryProblems('workflow_job', body))).toEqual([]);
  });

  test('a delivery that comes twice, the look and a request make one life', async () => {
    const own = await start();
    own.fault({ service: 'github', operation: 'DeliverWebhook', error: 'Doubled', times: 1 });
    await own.advance(57);
    own.queueJob({ labels: labels(label), durationSeconds: 600 });
    await Promise.all([own.create(), own.advance(10)]);
    await own.advance(120);
    expect(deliveries(own).filter(({ action }) => action === 'queued')).toHaveLength(2);
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
  });

  test.each(['Lost', 'Late'])('a delivery that is %s leaves the job to the queue look', async (error) => {
    const own = await start();
    own.fault({ service: 'github', operation: 'DeliverWebhook', error, times: 1 });
    const id = own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(400);
    expect(own.job(id)).toMatchObject({ conclusion: 'success' });
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
  });

  test('a matrix of jobs is looked at together', async () => {
    const own = await start();
    const ids = ['a', 'b'].map((suffix) =>
      own.queueJob({ labels: labels(`${label}_${suffix}`), durationSeconds: 30 }),
    );
    await own.advance(10);
    expect(lives(own)).toHaveLength(2);
    await own.advance(300);
    expect(ids.map((id) => own.job(id).conclusion)).toEqual(['success', 'success']);
  });

  test('what was made for a job that is cancelled while it waits is given back at once', async () => {
    const own = await start();
    const id = own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(10);
    own.cloud.github.cancelJob(id);
    await own.untilNothingIsLeft(900);
    expect(own.cloud.github.run(1001)?.status).toBe('in_progress');
  });

  test('it is kept when another job waits for it', async () => {
    const own = await start();
    const first = own.queueJob({ labels: labels(label), durationSeconds: 60 });
    const second = own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(10);
    own.cloud.github.cancelJob(first);
    await own.advance(200);
    expect(own.job(second)).toMatchObject({ conclusion: 'success' });
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
  });

  test('a job whose machine another run takes gets another one within seconds', async () => {
    const own = await start();
    own.putRun('in_progress', { runId: 1002 });
    own.queueJob({ runId: 1002, labels: labels(label), durationSeconds: 900 });
    const id = own.queueJob({ labels: labels(label), durationSeconds: 30 });
    await own.advance(150);
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1', 'rr_runner_1001_1_x86_64-2']);
    await own.advance(200);
    expect(own.job(id)).toMatchObject({ conclusion: 'success' });
  });

  test('a delivery that failed is asked for again by the App', async () => {
    const credential = appCredential({ organization_self_hosted_runners: 'write' });
    const own = await start({ credential });
    own.fault({ service: 'github', operation: 'DeliverWebhook', error: 'Lost', times: 1 });
    own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(1_500);
    const [lost] = deliveries(own);
    const again = deliveries(own).filter(({ guid }) => guid === lost?.guid);
    expect(again.map(({ isRedelivery, statusCode }) => [isRedelivery, statusCode])).toEqual([
      [false, 0],
      [true, 202],
    ]);
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
  });
});

describe('nothing is started by a delivery', () => {
  test.each<[string, number, Parameters<typeof send>[2], string]>([
    ['signed with another secret', 401, { secret: 'guessed' }, queued()],
    ['without a signature', 401, { headers: { 'x-hub-signature-256': '' } }, queued()],
    [
      'with a signature of SHA-1',
      401,
      { headers: { 'x-hub-signature-256': `sha1=${'0'.repeat(40)}` } },
      queued(),
    ],
    ['of 300 KB', 413, {}, queued({ padding: 'x'.repeat(300 * 1024) })],
    ['as a form', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, queued()],
    ['that is no JSON', 400, {}, 'payload'],
    ['without a run', 400, {}, queued({}, { run_id: null })],
    ['of another event', 202, { headers: { 'x-github-event': 'push' } }, queued()],
    ['of a ping', 202, { headers: { 'x-github-event': 'ping' } }, '{"zen":"Keep it logically awesome."}'],
    ['of an action without effect', 202, {}, queued({ action: 'waiting' })],
    ['of a repository that is not allowed', 202, {}, queued({ repository: { full_name: 'a/b' } })],
    [
      'of a run that GitHub does not know',
      202,
      {},
      queued({}, { run_id: 4711, labels: labels('rr_runner_4711_1') }),
    ],
    ['of a job for another runner', 202, {}, queued({}, { labels: ['ubuntu-latest'] })],
    ['of a job that GitHub does not show as queued', 202, {}, queued()],
  ])('%s: %i', async (_, status, options, body) => {
    const own = await start();
    const answer = await send(own, body, options);
    expect(answer.status).toBe(status);
    await own.advance(60);
    expect(lives(own)).toEqual([]);
  });

  test('of another installation of the App', async () => {
    const own = await start({ credential: appCredential({ organization_self_hosted_runners: 'write' }) });
    own.fault({ service: 'github', operation: 'DeliverWebhook', error: 'Lost', times: 1 });
    own.queueJob({ labels: labels(label), durationSeconds: 60 });
    const { body } = await send(own, queued({ installation: { id: 1 } }));
    expect(body).toEqual({ effect: 'none', because: 'another installation delivers it' });
    expect(lives(own)).toEqual([]);
  });

  test('that was replayed', async () => {
    const own = await start();
    own.queueJob({ labels: labels(label), durationSeconds: 60 });
    await own.advance(300);
    const [first] = deliveries(own);
    const { status, body } = await send(own, first?.body ?? '');
    expect([status, body]).toEqual([202, { effect: 'none', because: 'it was delivered before' }]);
    expect(lives(own)).toHaveLength(1);
  });
});

test('of a flood of jobs costs GitHub a bounded number of requests', async () => {
  let requests = 0;
  const own = await start({
    watcher: { onExchange: ({ call }) => (requests += call.service === 'github' ? 1 : 0) },
  });
  for (let n = 0; n < 100; n += 1) {
    own.putRun('in_progress', { runId: 2_000 + n });
    own.queueJob({ runId: 2_000 + n, labels: ['rr_runner_1_1', 'arch_x86_64'], durationSeconds: 30 });
    await send(own, queued({}, { id: 100 + n, run_id: 2_000 + n }));
  }
  // 1,000 seconds: three looks of two requests in ten seconds at the most, and those of the queue look.
  expect(requests).toBeLessThan(1_000);
  expect(lives(own)).toEqual([]);
});

test('a secret that was changed is good within a minute', async () => {
  const own = await start();
  const [made] = own.cloud.stack.generatedSecrets;
  const ping = { headers: { 'x-github-event': 'ping' } };
  expect(await send(own, '{}', ping)).toMatchObject({ status: 202 });
  own.cloud.secrets.put(made?.arn ?? '', 'changed');
  await own.advance(60);
  expect(await send(own, '{}', ping)).toMatchObject({ status: 202 });
});
