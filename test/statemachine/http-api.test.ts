import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { apiRoutes } from '../../functions/domain/api/routes.ts';
import { createWorld, type World } from './world.ts';

const label = 'rr_runner_0123456789abcdef0123456789abcdef';
const one = { operation: 'create', label, architecture: 'x86_64' };

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

/** The stage lets few requests pass at a time. */
const afterAWhile = () => world.advance(10);

const reason = async (): Promise<unknown> => (await world.status(label)).runners[0]?.['reason'];

describe('behind the gateway', () => {
  test.each<[string, object, string]>([
    ['another prefix', { ...one, label: 'my_runner' }, 'label'],
    ['a shell word in its label', { ...one, label: 'rr_runner_$(id)' }, 'label'],
    ['a path in its label', { ...one, label: 'rr_runner_../../x' }, 'label'],
    ['another alphabet in its label', { ...one, label: 'rr_runner_\u0430' }, 'label'],
    ['too long a label', { ...one, label: `${label}0` }, 'label'],
    [
      'an architecture twice',
      { operation: 'create', label, architectures: ['arm64', 'arm64'] },
      'architectures',
    ],
    ['an unknown field', { ...one, user_data: '#!/bin/sh' }, 'user_data'],
  ])('a request with %s is a problem that names the field, and starts nothing', async (_, body, field) => {
    expect(await world.post(body)).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { status: 400, detail: expect.stringContaining(field) },
    });
    expect(world.state().executions).toEqual([]);
  });

  test.each([
    ['GET', '/', 405],
    ['DELETE', `/runners/${label}`, 405],
    ['GET', '/wp-login.php', 404],
    ['GET', `/runners/${label}`, 404],
    ['GET', '/runners/rr_runner_..%2f..%2fetc', 404],
    ['GET', '/runners/rr_runner_%00', 400],
  ])('%s %s is a problem', async (method, path, status) => {
    expect(await world.request(method, path)).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: { status },
    });
  });

  test('the apiRoutes that a refusal names are those that the stack has', () => {
    const deployed = world.cloud.stack.httpApi.routes.map(({ routeKey }) => routeKey);
    const named = apiRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(deployed.toSorted()).toEqual([...named, '$default'].toSorted());
  });

  test('the status is where the answer says it is', async () => {
    const { body } = await world.post(one);
    const { status_url } = (body['runners'] as { status_url: string }[])[0] ?? { status_url: '' };
    expect(await world.request('GET', new URL(status_url).pathname)).toMatchObject({ status: 200 });
    expect(new URL(status_url).host).toBe('stint.example');
  });
});

describe('a status while the runner is on its way', () => {
  test('says what it waits for, and what the last attempt met', async () => {
    world.fault({ service: 'github', operation: '*', error: '500', seconds: 60 });
    await world.post(one);
    await world.advance(20);
    expect(await reason()).toBe(
      'GitHub is asked for a runner configuration. The last attempt met GitHubUnavailable; it is repeated.',
    );
    await world.untilStatus(label, 'ready', 300);
    expect(await reason()).toBeUndefined();
  });

  test('goes from requested to ready, never back', async () => {
    const order = ['requested', 'launching', 'booting', 'ready'];
    await world.post(one);
    const seen: string[] = [];
    while (seen.at(-1) !== 'ready') {
      seen.push((await world.status(label)).runners[0]?.status ?? '');
      await world.advance(3);
    }
    const places = seen.map((status) => order.indexOf(status));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(seen).has('booting')).toBe(true);
  });
});

describe('a status', () => {
  const shown = async () => (await world.status(label)).runners[0] ?? { name: '', status: '' };

  test('says since when, what the machine costs, and when it will be gone', async () => {
    await world.post(one);
    await world.untilStatus(label, 'ready', 120);
    const { since, ready_at, deadline, estimated_cost_usd, usually_ready_seconds } = await shown();
    expect(since).toBe(ready_at);
    expect(deadline).toEqual(expect.any(String));
    expect(usually_ready_seconds).toBeUndefined();
    await world.advance(1_800);
    const later = (await shown())['estimated_cost_usd'];
    expect(Number(later)).toBeGreaterThan(Number(estimated_cost_usd));
    expect(Number(later)).toBeLessThan(2);
  });

  test('says nothing of the cost of an on-demand instance, whose price it does not know', async () => {
    world.fault({
      service: 'ec2',
      operation: 'RunInstances',
      error: 'InsufficientInstanceCapacity',
      where: { market: 'spot' },
      times: 99,
    });
    await world.post(one);
    await world.untilStatus(label, 'ready', 180);
    expect(await shown()).not.toHaveProperty('estimated_cost_usd');
  });

  test('says how long it usually takes, once that is known, and from when the present launch counts', async () => {
    for (const n of [1, 2, 3]) {
      const earlier = `rr_runner_earlier_${n}`;
      await world.post({ ...one, label: earlier });
      await world.untilStatus(earlier, 'ready', 120);
    }
    await world.advance(400);
    await world.post(one);
    await world.advance(12);
    const { status, since, requested_at, usually_ready_seconds } = await shown();
    expect(['launching', 'booting']).toContain(status);
    expect(Date.parse(String(since))).toBeGreaterThanOrEqual(Date.parse(String(requested_at)));
    expect(usually_ready_seconds).toBeGreaterThan(20);
    expect(usually_ready_seconds).toBeLessThan(120);
  });

  test('of a failure says what to do', async () => {
    world.fault({ service: 'ec2', operation: 'RunInstances', error: 'UnauthorizedOperation', times: 9 });
    await world.post(one);
    await world.untilStatus(label, 'failed', 60);
    expect(await shown()).toMatchObject({
      reason: expect.stringMatching(/^AwsRefused/),
      what_to_do: expect.stringContaining('The operator of the deployment must look.'),
      since: expect.any(String),
    });
  });
});

describe('a spot interruption of an idle runner', () => {
  test('is told in the status', async () => {
    await world.post(one);
    await world.untilStatus(label, 'ready', 120);
    expect(world.cloud.control.interrupt(world.liveInstances()[0]?.instance_id ?? '')).toBe('interrupted');
    await world.untilStatus(label, 'destroyed', 900);
    expect(await reason()).toMatch(/^EC2 took its machine away \(.*Server\.SpotInstanceTermination\)/);
  });
});

describe('admission', () => {
  const parameter = () => world.cloud.stack.parameters[0]?.name ?? '';

  test('is closed and opened without a deployment, and what exists is still answered', async () => {
    await world.post(one);
    world.cloud.parameters.put(parameter(), 'closed: the budget is used up');
    await afterAWhile();
    expect(await world.post({ ...one, label: 'rr_runner_other' })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '300' },
      body: { rule: 'switch', detail: expect.stringContaining('the budget is used up') },
    });
    expect(await world.post(one)).toMatchObject({ status: 202 });
    world.cloud.parameters.put(parameter(), 'open');
    await afterAWhile();
    expect(await world.post({ ...one, label: 'rr_runner_other' })).toMatchObject({ status: 202 });
  });

  test('ends at the cap on live runners, and begins again when others have ended', async () => {
    const labels = Array.from({ length: 11 }, (_, index) => `rr_runner_${index}`);
    const both = (of: string) => ({ operation: 'create', label: of, architectures: ['x86_64', 'arm64'] });
    for (const of of labels.slice(0, 10)) {
      expect(await world.post(both(of))).toMatchObject({ status: 202 });
      await afterAWhile();
    }
    expect(await world.post(both('rr_runner_10'))).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60' },
      body: { rule: 'live-runner-cap', detail: expect.stringContaining('20 seats') },
    });
    await world.post({ operation: 'destroy', label: 'rr_runner_0' });
    await world.advance(600);
    expect(await world.post(both('rr_runner_10'))).toMatchObject({ status: 202 });
  });
});

describe('while AWS is away', () => {
  test.each([
    ['Step Functions', 'states'],
    ['the switch', 'ssm'],
    ['the table', 'dynamodb'],
  ])('a request is told when to come back (%s)', async (_, service) => {
    world.fault({ service, operation: '*', error: '503', seconds: 30 });
    expect(await world.post(one)).toMatchObject({
      status: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '10' },
      body: { type: 'urn:problem-type:stint:dependency-unavailable' },
    });
    await world.advance(40);
    expect(await world.post(one)).toMatchObject({ status: 202 });
  });

  test('a start whose answer is lost is one life', async () => {
    world.fault({ service: 'states', operation: 'StartExecution', error: 'AnswerLost', times: 1 });
    expect(await world.post(one)).toMatchObject({
      status: 202,
      body: { runners: [{ name: `${label}_x86_64-1` }] },
    });
    await world.advance(5);
    expect(world.state().executions).toHaveLength(1);
  });
});
