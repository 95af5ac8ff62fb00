import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../functions/domain/api/problem.ts';
import { type JobEvent, maximumDeliveryBytes } from '../../functions/domain/webhook/job-event.ts';
import { receiveWebhook } from '../../functions/receive-webhook.ts';

const delivery = {
  action: 'queued',
  repository: { full_name: 'rr-debugger/rr' },
  installation: { id: 7 },
  workflow_job: {
    id: 5,
    run_id: 1001,
    run_attempt: 1,
    labels: ['rr_runner_1001_1', 'arch_x86_64'],
    status: 'queued',
    conclusion: null,
    runner_id: null,
    runner_name: null,
  },
};

const scene = () => {
  const received: JobEvent[] = [];
  const step = receiveWebhook({
    isAuthentic: async (_, signature) => signature === 'good',
    receive: async (event) => {
      received.push(event);
      return { effect: 'looked', because: 'a job waits' } as never;
    },
    log: () => undefined,
  });
  const send = (change: { body?: string; headers?: Record<string, string>; contentType?: string } = {}) => {
    const { body = JSON.stringify(delivery), contentType = 'application/json', headers = {} } = change;
    return Promise.resolve(
      step({
        body: Buffer.from(body),
        contentType,
        headers: { 'x-hub-signature-256': 'good', 'x-github-event': 'workflow_job', ...headers },
      } as never),
    ).then(
      (answer) => (answer as { statusCode?: number; status?: number }).statusCode ?? 0,
      (error: unknown) => (error instanceof Problem ? error.kind : String(error)),
    );
  };
  return { received, send };
};

describe('a delivery', () => {
  test('of a job is handed on as it is read', async () => {
    const { received, send } = scene();
    expect(await send()).toBe(202);
    expect(received).toMatchObject([{ action: 'queued', jobId: 5, runId: 1001, attempt: 1 }]);
  });

  test('of another event is taken, and nothing is done by it', async () => {
    const { received, send } = scene();
    expect(await send({ headers: { 'x-github-event': 'ping' } })).toBe(202);
    expect(received).toEqual([]);
  });

  test.each([
    ['that is not signed', { headers: { 'x-hub-signature-256': '' } }, 'not-authentic'],
    ['that is too large', { body: ' '.repeat(maximumDeliveryBytes + 1) }, 'body-too-large'],
    ['that is a form', { contentType: 'application/x-www-form-urlencoded' }, 'unsupported-media-type'],
  ])('%s is refused, and nothing is done by it', async (_, change, kind) => {
    const { received, send } = scene();
    expect(await send(change)).toBe(kind);
    expect(received).toEqual([]);
  });
});
