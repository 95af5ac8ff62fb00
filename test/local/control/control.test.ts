import { describe, expect, test } from '@jest/globals';
import type { AccountChange } from '../../../local/control/account-change.ts';
import { controlSite } from '../../../local/control/control.ts';
import type { ControlledJob, ControlledRun, Interruption } from '../../../local/control/controlled-cloud.ts';
import type { ExecutionDetail, JobSnapshot, Snapshot } from '../../../local/control/snapshot.ts';
import type { Fault } from '../../../local/wire/faults.ts';

const snapshot: Snapshot = {
  now: '2026-01-01T00:00:00.000Z',
  instances: [],
  registrations: [],
  schedules: [],
  executions: [],
  jobs: [],
};

const queued = ({ runId, labels }: ControlledJob): JobSnapshot => ({
  id: 1,
  run_id: runId,
  labels,
  status: 'queued',
  conclusion: null,
  runner: null,
});

const execution: ExecutionDetail = {
  name: 'rr_runner_1_x86_64-1',
  state_machine: 'provision-runner',
  status: 'RUNNING',
  started_at: '2026-01-01T00:00:00.000Z',
  input: { label: 'rr_runner_1' },
  events: [],
};

const interruptions: Readonly<Record<string, Interruption>> = {
  'i-1': 'interrupted',
  'i-2': 'on-demand',
  'i-3': 'ended',
};

const world = () => {
  const done: {
    changes: AccountChange[];
    runs: ControlledRun[];
    jobs: ControlledJob[];
    faults: Fault[];
    cleared: Partial<Fault>[];
  } = {
    changes: [],
    runs: [],
    jobs: [],
    faults: [],
    cleared: [],
  };
  const site = controlSite({
    faultServices: ['ec2', 'github', 'machine'],
    snapshot: () => snapshot,
    putRun: (run) => done.runs.push(run),
    queueJob: (job) => {
      done.jobs.push(job);
      return queued(job);
    },
    addFault: (fault) => done.faults.push(fault),
    faults: () => done.faults,
    clearFaults: (like) => {
      done.cleared.push(like);
    },
    changeAccount: (change) => {
      done.changes.push(change);
    },
    interrupt: (instanceId) => interruptions[instanceId] ?? 'unknown',
    execution: (stateMachine, name) =>
      stateMachine === 'provision-runner' && name === execution.name ? execution : undefined,
  });
  const ask = async (
    method: string,
    path: string,
    body: unknown = '',
    headers: Readonly<Record<string, string>> = { host: '127.0.0.1:8787' },
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = { method, path, headers, body: Buffer.from(text), sourceIp: '127.0.0.1' };
    const response = await site.answer(request);
    return { ...response, body: String(response.body) };
  };
  return { ask, done, site };
};

describe('the control calls', () => {
  test('show the whole of the cloud', async () => {
    const { status, body } = await world().ask('GET', '/_local/state');

    expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: snapshot });
  });

  test('add a run, of the first attempt when it is not said', async () => {
    const { ask, done } = world();
    const run = { repository: 'rr-debugger/rr', run_id: 7, status: 'completed' };

    const { status } = await ask('POST', '/_local/runs', run);

    expect(status).toBe(201);
    expect(done.runs).toEqual([
      { repository: 'rr-debugger/rr', runId: 7, runAttempt: 1, status: 'completed' },
    ]);
  });

  test('queue a job and show it', async () => {
    const { ask, done } = world();
    const job = { run_id: 1001, labels: ['rr_runner_1', 'arch_arm64'], duration_seconds: 60 };

    const { body } = await ask('POST', '/_local/jobs', job);

    expect(JSON.parse(body)).toMatchObject({ id: 1, run_id: 1001, status: 'queued' });
    expect(done.jobs).toEqual([{ runId: 1001, labels: ['rr_runner_1', 'arch_arm64'], durationSeconds: 60 }]);
  });

  test('inject a fault, by an error code or an HTTP status', async () => {
    const { ask, done } = world();
    const shortage = {
      service: 'ec2',
      operation: 'RunInstances',
      error: 'InsufficientInstanceCapacity',
      where: { market: 'spot' },
      times: 3,
    };

    await ask('POST', '/_local/faults', shortage);
    await ask('POST', '/_local/faults', { service: 'github', operation: '*', error: 500, seconds: 120 });

    expect(done.faults).toEqual([
      shortage,
      { service: 'github', operation: '*', error: '500', seconds: 120 },
    ]);
  });

  test('clear the faults', async () => {
    const { ask, done } = world();

    expect((await ask('DELETE', '/_local/faults')).status).toBe(204);
    expect(done.cleared).toEqual([{}]);
  });

  test('clear only the faults that a query names', async () => {
    const { ask, done } = world();

    await ask('DELETE', '/_local/faults?service=ec2&error=InsufficientInstanceCapacity&market=spot');

    expect(done.cleared).toEqual([
      { service: 'ec2', error: 'InsufficientInstanceCapacity', where: { market: 'spot' } },
    ]);
  });

  test('show the faults that can still strike', async () => {
    const { ask } = world();
    await ask('POST', '/_local/faults', { service: 'ec2', error: 'X' });

    const { body } = await ask('GET', '/_local/faults');

    expect(JSON.parse(body)).toEqual([{ service: 'ec2', operation: '*', error: 'X' }]);
  });

  test('interrupt a spot instance', async () => {
    const { status, body } = await world().ask('POST', '/_local/interruptions', { instance_id: 'i-1' });

    expect({ status, body: JSON.parse(body) }).toEqual({ status: 202, body: { instance_id: 'i-1' } });
  });

  test('change what a maintainer looks at', async () => {
    const { ask, done } = world();
    const { status } = await ask('POST', '/_local/account', {
      service_roles: [],
      quotas: { 'ec2/L-34B43A08': 32 },
      secret: '',
      token_permissions: { members: 'read' },
      allows_public_repositories: false,
      repositories: { 'rr-debugger/rr': 'private' },
    });

    expect(status).toBe(204);
    expect(done.changes).toEqual([
      {
        serviceRoles: [],
        quotas: { 'ec2/L-34B43A08': 32 },
        secret: '',
        tokenPermissions: { members: 'read' },
        repositories: { 'rr-debugger/rr': 'private' },
        runnerGroup: { isPublicAllowed: false },
      },
    ]);
  });

  test('refuse a change that nobody knows, and say what is wrong with each field', async () => {
    const { status, body } = await world().ask('POST', '/_local/account', {
      zone: [],
      quotas: { x: -1 },
      repositories: { 'rr-debugger/rr': 'secret' },
    });

    expect(status).toBe(400);
    expect(JSON.parse(body).detail).toBe(
      '"zone" is no field of this call; "quotas" must be a number, 0 or more; ' +
        '"repositories" must be one of public, private, absent.',
    );
  });

  test('show one execution with its history', async () => {
    const { ask } = world();
    const { status, body } = await ask(
      'GET',
      `/_local/executions?state_machine=provision-runner&name=${execution.name}`,
    );

    expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: execution });
  });

  describe('asked by a browser', () => {
    const host = 'localhost:8787';
    const fault = { service: 'ec2', error: 'X' };

    test.each([
      ['a page of the server itself', { host, origin: 'http://localhost:8787' }],
      ['no page at all', { host: '[::1]:8787' }],
    ])('do what %s asks for', async (_, headers) => {
      const { ask, done } = world();

      expect((await ask('POST', '/_local/faults', fault, headers)).status).toBe(201);
      expect(done.faults).toHaveLength(1);
    });

    test.each([
      ['a page of another site', { host, origin: 'https://example.com' }],
      ['a page of another port', { host, origin: 'http://localhost:3000' }],
      ['a page of another scheme', { host, origin: 'https://localhost:8787' }],
      ['a page whose origin is kept from us', { host, origin: 'null' }],
      [
        'a page whose name was bound to this machine',
        { host: 'example.com:8787', origin: 'http://example.com:8787' },
      ],
      ['a page whose name only begins like ours', { host: 'localhost.example.com:8787' }],
    ])('refuse %s, and change nothing', async (_, headers) => {
      const { ask, done } = world();
      const response = await ask('POST', '/_local/faults', fault, headers);

      expect(response.status).toBe(403);
      expect(response.headers['content-type']).toBe('application/problem+json');
      expect(done.faults).toEqual([]);
    });

    test('show a page whose name was bound to this machine nothing', async () => {
      const { status } = await world().ask('GET', '/_local/state', '', { host: 'example.com' });

      expect(status).toBe(403);
    });
  });

  test.each([
    ['POST', '/_local/faults', 'nonsense', 400, 'must be JSON'],
    ['POST', '/_local/faults', [], 400, 'must be a JSON object'],
    ['POST', '/_local/faults', { service: 's3', error: '500' }, 400, '"service" must be one of ec2, github'],
    [
      'POST',
      '/_local/faults',
      { service: 'ec2', error: 'X', times: 0 },
      400,
      '"times" must be a positive whole',
    ],
    ['POST', '/_local/faults', { service: 'ec2', error: 'X', often: 1 }, 400, '"often" is no field'],
    [
      'POST',
      '/_local/faults',
      { service: 'ec2', error: 'X', where: { market: 1 } },
      400,
      '"where" must be a text',
    ],
    ['POST', '/_local/jobs', { run_id: 1, labels: [], duration_seconds: 1 }, 400, '"labels" must be a list'],
    ['POST', '/_local/runs', { repository: 'rr', run_id: 1, status: 'queued' }, 400, 'owner/name'],
    [
      'POST',
      '/_local/runs',
      { repository: 'a/b', run_id: 1, status: 'done' },
      400,
      '"status" must be one of',
    ],
    ['POST', '/_local/interruptions', { instance_id: 'i-2' }, 409, 'on-demand'],
    ['POST', '/_local/interruptions', { instance_id: 'i-3' }, 409, 'has ended'],
    ['POST', '/_local/interruptions', { instance_id: 'i-4' }, 404, 'i-4 is no instance'],
    ['POST', '/_local/interruptions', {}, 400, '"instance_id" must be a text'],
    ['GET', '/_local/executions?name=a', '', 400, '"state_machine" must be a text'],
    ['GET', '/_local/executions?name=a&state_machine=b', '', 404, 'b has no execution of the name a'],
    ['DELETE', '/_local/faults?market=free', '', 400, '"market" must be one of spot, on-demand'],
    ['DELETE', '/_local/faults?often=1', '', 400, '"often" is no field'],
    ['PUT', '/_local/state', '', 405, 'takes GET'],
    ['GET', '/_local/nothing', '', 404, 'There is no /_local/nothing'],
  ])(
    'answer %s %s of %j with %i and a problem that says what to change',
    async (method, path, body, status, detail) => {
      const response = await world().ask(method, path, body);

      expect(response.status).toBe(status);
      expect(response.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(response.body)).toMatchObject({ status, detail: expect.stringContaining(detail) });
    },
  );

  test('take nothing but their own paths', () => {
    const { site } = world();
    const request = { method: 'GET', headers: {}, body: new Uint8Array(), sourceIp: '' };

    const taken = ['/_local/state', '/runners', '/', '/_locality'].map((path) =>
      site.takes({ ...request, path }),
    );

    expect(taken).toEqual([true, false, false, false]);
  });
});
