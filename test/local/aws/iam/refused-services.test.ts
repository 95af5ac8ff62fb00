import { afterEach, describe, expect, test } from '@jest/globals';
import { createSimulation, type Simulation } from '../../../../local/simulation.ts';
import type { Stack } from '../../../../local/template/stack.ts';
import type { PolicyDocument } from '../../../../local/template/stack-roles.ts';
import { synthesizedStack } from '../../../synthesized-stack.ts';

const label = 'rr_runner_1f';
const life = `${label}_x86_64-1`;

let simulation: Simulation;
let deadLetters: { readonly queue: string | undefined; readonly payload: unknown }[];

const start = async (change: Partial<Stack>): Promise<void> => {
  deadLetters = [];
  simulation = await createSimulation({
    stack: { ...synthesizedStack(), ...change },
    start: new Date('2026-03-01T10:00:00Z'),
    watcher: { onDeadLetter: (queue, payload) => deadLetters.push({ queue, payload }) },
  });
};
afterEach(() => simulation.end());

const create = async () => {
  const answering = simulation.cloud.gateway.request({
    method: 'POST',
    path: '/runners',
    headers: { host: 'stint.example', 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ operation: 'create', label, architecture: 'x86_64' })),
    sourceIp: '192.0.2.1',
  });
  await simulation.time.advance(1);
  return answering;
};

const stack = synthesizedStack();
const none: PolicyDocument = { Version: '2012-10-17', Statement: [] };

const withoutResourcePolicy = (part: string): Partial<Stack> => ({
  resourcePolicies: Object.fromEntries(
    Object.entries(stack.resourcePolicies).map(([arn, policy]) => [arn, arn.includes(part) ? none : policy]),
  ),
});

/** The roles of whoever trusts a service, without what they may do. */
const withoutRoleOf = (service: string): Partial<Stack> => ({
  roles: stack.roles.map((role) =>
    JSON.stringify(role.trust).includes(service) ? { ...role, policies: [] } : role,
  ),
});

const withoutTrustIn = (service: string): Partial<Stack> => ({
  roles: stack.roles.map((role) =>
    JSON.stringify(role.trust).includes(service) ? { ...role, trust: none } : role,
  ),
});

const failure = () => simulation.cloud.executions.all.find(({ name }) => name === life);

describe('a service that the template does not allow something', () => {
  test('API Gateway answers that something is wrong', async () => {
    await start(withoutResourcePolicy('function:Stint-request-runners'));
    expect(await create()).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    expect(simulation.cloud.executions.all).toEqual([]);
  });

  test('Lambda runs no function whose role it may not assume', async () => {
    await start(withoutTrustIn('lambda.amazonaws.com'));
    expect(await create()).toMatchObject({ status: 500 });
  });

  test.each([
    ['may do nothing', withoutRoleOf('states.amazonaws.com'), 'lambda:InvokeFunction'],
    ['does not trust it', withoutTrustIn('states.amazonaws.com'), 'sts:AssumeRole'],
  ])('Step Functions fails the task when its role %s', async (_, change, action) => {
    await start(change);
    expect(await create()).toMatchObject({ status: 202 });
    // A retrier bears it for as long as AWS itself may be away.
    await simulation.time.advance(2_400);
    expect(failure()).toMatchObject({ error: 'Lambda.AWSLambdaException' });
    expect(failure()?.cause).toContain(`is not authorized to perform: ${action}`);
  });

  test('EventBridge sends the event to the rule’s queue, or loses it', async () => {
    await start(withoutResourcePolicy('function:Stint-sweep'));
    await simulation.time.advance(1_200);
    const queue = expect.stringContaining('EventsDeadLetters');
    expect(deadLetters[0]).toMatchObject({ queue, payload: { 'detail-type': 'Scheduled Event' } });
    await simulation.end();

    const arns = ['function:Stint-sweep', 'EventsDeadLetters'];
    const change = arns.map((arn) => withoutResourcePolicy(arn).resourcePolicies ?? {});
    const [a = {}, b = {}] = change;
    const both = Object.fromEntries(
      Object.keys(a).map((arn) => [arn, a[arn] === none ? none : (b[arn] ?? none)]),
    );
    await start({ resourcePolicies: both });
    await simulation.time.advance(1_200);
    expect(deadLetters[0]).toMatchObject({ queue: undefined });
  });

  test('Scheduler’s start comes to nothing, and the sweep ends the life all the same', async () => {
    await start(withoutRoleOf('scheduler.amazonaws.com'));
    await create();
    await simulation.time.advance(3_600 + 1_500);
    expect(simulation.cloud.executions.all.map(({ name }) => name)).not.toContain(`${life}-deadline-1`);
    expect(simulation.cloud.fleet.all.every(({ state }) => state === 'terminated')).toBe(true);
  });
});
