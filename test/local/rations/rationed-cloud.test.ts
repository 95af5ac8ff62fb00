import { afterEach, describe, expect, test } from '@jest/globals';
import type { CloudRations, RationOptions } from '../../../local/rations/cloud-rations.ts';
import { createSimulation, type Simulation } from '../../../local/simulation.ts';
import { synthesizedStack } from '../../synthesized-stack.ts';

let simulation: Simulation;
let starts: string[];

const start = async (rations: Partial<RationOptions> = {}): Promise<void> => {
  starts = [];
  simulation = await createSimulation({
    stack: synthesizedStack(),
    start: new Date('2026-03-01T10:00:00Z'),
    rations,
    watcher: {
      onStateEvent: ({ name }, { type }) => {
        if (type === 'ExecutionStarted') starts.push(name);
      },
    },
  });
};
afterEach(() => simulation.end());

const signed = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=local.operator/20260301/us-east-2/${service}/aws4_request, Signature=none`;

/** One call of an operator, as it stands on the wire. */
const call = (service: string, path: string, headers: Readonly<Record<string, string>>, body: string) =>
  simulation.cloud.door.send({
    method: path === '/' ? 'POST' : 'GET',
    path,
    headers: { ...headers, authorization: signed(service) },
    body,
  });

const json = (service: string, target: string, body: object) =>
  call(service, '/', { 'x-amz-target': target }, JSON.stringify(body));

const wires = {
  ec2: () => call('ec2', '/', {}, 'Action=DescribeInstances&MaxResults=5'),
  states: () => json('states', 'AWSStepFunctions.ListExecutions', { stateMachineArn: provision() }),
  ssm: () => json('ssm', 'AmazonSSM.GetParameter', { Name: 'a' }),
  scheduler: () => call('scheduler', '/schedules?MaxResults=1', {}, ''),
};

const provision = (): string =>
  simulation.cloud.stack.stateMachines.find(({ name }) => name === 'provision-runner')?.arn ?? '';

const create = (index: number) =>
  simulation.cloud.gateway.request({
    method: 'POST',
    path: '/runners',
    headers: { host: 'stint.example', 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({ operation: 'create', label: `rr_runner_${index}`, architecture: 'x86_64' }),
    ),
    sourceIp: '192.0.2.1',
  });

const use = (service: string, operation: string): ReturnType<CloudRations['report']>[number] | undefined =>
  simulation.cloud.rations
    .report()
    .find((known) => known.service === service && known.operation === operation);

describe('a call beyond its ration', () => {
  test.each([
    ['ec2', 503, 'text/xml', '<Code>RequestLimitExceeded</Code>'],
    ['states', 400, 'x-amz-json-1.0', 'ThrottlingException'],
    ['ssm', 400, 'x-amz-json-1.1', 'ThrottlingException'],
    ['scheduler', 429, 'application/json', 'Rate exceeded'],
  ] as const)('of %s is refused with %d, in the service’s own words', async (service, status, type, word) => {
    await start();
    const answers = await Promise.all(Array.from({ length: 101 }, wires[service]));

    const last = answers.at(-1);
    expect(last).toMatchObject({ status, body: expect.stringContaining(word) });
    expect(last?.headers['content-type']).toContain(type);
  });

  test('is taken again as time goes by', async () => {
    await start();
    await Promise.all(Array.from({ length: 150 }, wires.states));
    expect((await wires.states()).status).toBe(400);

    await simulation.time.advance(1);
    expect((await wires.states()).status).toBe(200);
  });

  test('is counted and not refused with the rations off', async () => {
    await start({ isEnforced: false });
    const answers = await Promise.all(Array.from({ length: 150 }, wires.states));

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(use('states', 'ListExecutions')).toMatchObject({ total: 150, refused: 50 });
  });
});

describe('Lambda’s concurrency', () => {
  const ask = async (count: number) => {
    simulation.cloud.gateway.throttle({ ofRoutes: new Map() });
    const asking = Promise.all(Array.from({ length: count }, (_, index) => create(index)));
    await simulation.time.advance(5);
    return (await asking).map(({ status }) => status);
  };

  test('lets ten requests in at once in a new account, and API Gateway answers the others with 503', async () => {
    await start();
    const statuses = await ask(12);

    expect(statuses.filter((status) => status === 202)).toHaveLength(10);
    expect(statuses.filter((status) => status === 503)).toHaveLength(2);
    expect(use('lambda', 'concurrent invocations')).toMatchObject({ size: 10, refused: expect.any(Number) });
  });

  test('is what the account was given', async () => {
    await start({ lambdaConcurrency: 1_000 });
    expect(await ask(12)).toEqual(Array.from({ length: 12 }, () => 202));
  });

  test('is a task’s error, which the state machine retries', async () => {
    await start({ lambdaConcurrency: 1 });
    await ask(1);
    const { executions } = simulation.cloud;
    const stuck = Promise.all(Array.from({ length: 3 }, (_, index) => create(10 + index)));
    await simulation.time.advance(600);
    await stuck;

    const errors = executions.all.flatMap(({ run }) => run.history.events.map(({ error }) => error));
    expect(executions.all.length).toBeGreaterThan(0);
    expect(
      errors.filter((error) => error !== undefined && error !== 'Lambda.TooManyRequestsException'),
    ).toEqual([]);
  });

  test('makes an event wait in Lambda’s queue, and loses none', async () => {
    await start({ lambdaConcurrency: 0 });
    await simulation.time.advance(301);
    expect(use('lambda', 'concurrent invocations')).toMatchObject({ total: 1, refused: 1 });
    await simulation.time.advance(3);

    expect(use('lambda', 'concurrent invocations')).toMatchObject({ total: 3, refused: 3 });
  });
});

describe('Scheduler’s start', () => {
  test('is one of StartExecution’s, and is tried again when they are used up', async () => {
    await start({ lambdaConcurrency: 1_000 });
    const created = create(1);
    await simulation.time.advance(3_600 + 29);
    expect(await created).toMatchObject({ status: 202 });
    for (let taken = 0; taken < 800; taken += 1)
      simulation.cloud.rations.take({ service: 'states', operation: 'StartExecution', parameters: {} });
    const before = starts.length;

    await simulation.time.advance(120);

    expect(starts.slice(before)).toEqual(expect.arrayContaining([expect.stringContaining('-deadline')]));
  });
});
