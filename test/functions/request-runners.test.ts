import { describe, expect, test } from '@jest/globals';
import type { Admission } from '../../functions/domain/admission/admission.ts';
import { Problem } from '../../functions/domain/api/problem.ts';
import { AwsRefused, AwsUnavailable } from '../../functions/domain/errors.ts';
import { requestRunners } from '../../functions/request-runners.ts';
import { served } from './fakes/http.ts';
import { deployment, instance, later, life } from './fakes/life.ts';
import { destroy, fakeLives, type LivesScene, provision } from './fakes/lives.ts';

const label = 'rr_runner_1f';
const armLife = `${label}_arm64-1`;
const settings = { deployment, labelPrefix: 'rr_runner_', lifetimeMinutes: 60 };
const create = { operation: 'create', label, architectures: ['x86_64', 'arm64'] };
const createOne = { operation: 'create', label, architecture: 'x86_64' };

const admitting: Admission = { screen: () => undefined, admit: async () => ({}) };

const prepare = (scene: LivesScene = {}, admission: Admission = admitting) => {
  const lives = fakeLives(scene);
  const { call, logged } = served(() =>
    requestRunners(
      { ...lives.ports, admission, log: (...[decision, details]) => logged.push([decision, details]) },
      settings,
    ),
  );
  return { ...lives, logged, post: (body: object | string, headers = {}) => call({ body, headers }) };
};

const runnersOf = (body: Readonly<Record<string, unknown>>) => body['runners'];

describe('create', () => {
  test("starts a life for each architecture of the first user's request", async () => {
    const { post, inputs, logged } = prepare();
    const status_url = `http://api.example.org/runners/${label}`;
    expect(await post(create)).toMatchObject({
      status: 202,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: {
        label,
        runners: [
          { name: life, architecture: 'x86_64', status: 'requested', status_url },
          { name: armLife, architecture: 'arm64', status: 'requested', status_url },
        ],
      },
    });
    expect(inputs).toEqual([
      {
        life,
        label,
        architecture: 'x86_64',
        requestedAt: later(100).toISOString(),
        deadline: later(3_700).toISOString(),
        requestedBy: 'anonymous',
      },
      expect.objectContaining({ life: armLife, architecture: 'arm64' }),
    ]);
    expect(logged).toEqual([
      ['admitted', expect.objectContaining({ life })],
      ['admitted', expect.objectContaining({ life: armLife })],
    ]);
  });

  test("takes the seed's single architecture", async () => {
    const { post } = prepare();
    expect(runnersOf((await post(createOne)).body)).toMatchObject([{ name: life }]);
  });

  test('writes down who asks, with the attempt that the label holds', async () => {
    const { post, inputs } = prepare();
    const run = { repository: 'rr-debugger/rr', run_id: 1001 };
    await post({ ...createOne, ...run, label: 'rr_runner_1001_2_debug' });
    await post({ ...createOne, ...run });
    expect(inputs).toMatchObject([
      { requestedBy: 'rr-debugger/rr run 1001 attempt 2' },
      { requestedBy: 'rr-debugger/rr run 1001' },
    ]);
  });

  test.each<[string, LivesScene, string]>([
    [
      'on its way',
      {
        provisions: [provision(life, 'RUNNING')],
        state: { name: 'RequestSpotInstance', enteredAt: later(10) },
      },
      'launching',
    ],
    ['ready', { provisions: [provision(life, 'SUCCEEDED')], instances: [instance] }, 'ready'],
  ])(
    'answers with the runner that is %s, asks nobody for admission, and starts nothing',
    async (_, scene, status) => {
      const { post, inputs, logged } = prepare(scene, {
        ...admitting,
        admit: () => Promise.reject(new Error('nobody must be asked')),
      });
      expect(runnersOf((await post(createOne)).body)).toMatchObject([{ name: life, status }]);
      expect(inputs).toEqual([]);
      expect(logged).toEqual([['answered with an existing life', expect.objectContaining({ life, status })]]);
    },
  );

  test.each<[string, LivesScene]>([
    ['failed', { provisions: [provision(life, 'FAILED')] }],
    [
      'is used up',
      { provisions: [provision(life, 'SUCCEEDED')], instances: [{ ...instance, state: 'terminated' }] },
    ],
    [
      'is being destroyed while it launches',
      { provisions: [provision(life, 'RUNNING')], destroys: [destroy(`${life}-asked-1`, 'RUNNING')] },
    ],
    [
      'is being destroyed after it was ready',
      {
        provisions: [provision(life, 'SUCCEEDED')],
        destroys: [destroy(`${life}-asked-1`, 'RUNNING')],
        instances: [instance],
      },
    ],
  ])('starts the next life beside one that %s', async (_, scene) => {
    const { post } = prepare(scene);
    expect(runnersOf((await post(createOne)).body)).toMatchObject([
      { name: 'rr_runner_1f_x86_64-2', status: 'requested' },
    ]);
  });

  test('answers with the life whose name a request at the same time has taken', async () => {
    const { post, inputs, logged } = prepare({ taken: [life] });
    expect(await post(createOne)).toMatchObject({ status: 202, body: { runners: [{ name: life }] } });
    expect(inputs).toEqual([]);
    expect(logged).toMatchObject([['answered with an existing life', { life }]]);
  });

  test('loses no life that was started when another could not be, and the same request again is whole', async () => {
    const failingStarts: Record<string, Error> = {
      [armLife]: new AwsUnavailable('StartExecution: throttled'),
    };
    const { post, logged } = prepare({ failingStarts });
    expect(await post(create)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
      body: { detail: expect.stringContaining('same request again'), runners: [{ name: life }] },
    });
    expect(logged.map(([decision]) => decision)).toEqual(['admitted', 'a start failed', 'refused']);
    delete failingStarts[armLife];
    expect(await post(create)).toMatchObject({
      status: 202,
      body: { runners: [{ name: life }, { name: armLife }] },
    });
  });

  test('asks admission for the lives that are missing, before anything is started', async () => {
    const asked: unknown[] = [];
    const { post, inputs, logged } = prepare(
      { provisions: [provision(life, 'SUCCEEDED')], instances: [instance] },
      {
        ...admitting,
        admit: async ({ newArchitectures }) => {
          asked.push(newArchitectures);
          throw new Problem('limit-reached', 'Ask again later.', {
            rule: 'some-rule',
            retryAfterSeconds: 60,
          });
        },
      },
    );
    expect(await post(create)).toMatchObject({
      status: 429,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '60' },
      body: { status: 429, rule: 'some-rule', detail: 'Ask again later.' },
    });
    expect({ asked, inputs }).toEqual({ asked: [['arm64']], inputs: [] });
    expect(logged).toEqual([['refused', expect.objectContaining({ status: 429, rule: 'some-rule' })]]);
  });

  test('refuses a label that has had all its lives', async () => {
    const provisions = Array.from({ length: 999 }, (_, index) =>
      provision(`${label}_x86_64-${index + 1}`, 'FAILED'),
    );
    const { post, inputs } = prepare({ provisions });
    expect(await post(createOne)).toMatchObject({
      status: 403,
      body: { rule: 'lives-per-label', detail: expect.stringContaining('Use another label') },
    });
    expect(inputs).toEqual([]);
  });
});

describe('destroy', () => {
  const destroyIt = { operation: 'destroy', label };

  test("starts the graceful destroy of both architectures' newest lives", async () => {
    const { post, inputs, logged } = prepare({
      provisions: [provision(life, 'RUNNING'), provision(armLife, 'SUCCEEDED')],
      instances: [{ ...instance, life: armLife }],
    });
    expect(await post(destroyIt)).toMatchObject({
      status: 202,
      body: {
        runners: [
          { name: life, status: 'destroying' },
          { name: armLife, status: 'destroying' },
        ],
      },
    });
    expect(inputs).toEqual([
      expect.objectContaining({
        life,
        deployment,
        reason: 'asked',
        mode: 'graceful',
        deadline: later(3_600).toISOString(),
      }),
      expect.objectContaining({ life: armLife, reason: 'asked' }),
    ]);
    expect(logged).toMatchObject([
      ['destroy asked for', { life, destroy: 'started' }],
      ['destroy asked for', { life: armLife, destroy: 'started' }],
    ]);
  });

  test("takes the seed's list of labels, and one that stands twice once", async () => {
    const other = 'rr_runner_2e_x86_64-1';
    const { post } = prepare({ provisions: [provision(life, 'RUNNING'), provision(other, 'RUNNING')] });
    const answer = await post({ operation: 'destroy', labels: [label, 'rr_runner_2e', label] });
    expect(runnersOf(answer.body)).toEqual([
      { name: life, status: 'destroying' },
      { name: other, status: 'destroying' },
    ]);
  });

  test('of nothing is accepted', async () => {
    expect(await prepare().post(destroyIt)).toMatchObject({ status: 202, body: { runners: [] } });
  });

  test.each(['asked', 'ended', 'sweep'])(
    'does not start another beside one that runs (%s)',
    async (reason) => {
      const { post, inputs } = prepare({
        provisions: [provision(life, 'SUCCEEDED')],
        destroys: [destroy(`${life}-${reason}-1`, 'RUNNING')],
      });
      expect(runnersOf((await post(destroyIt)).body)).toEqual([{ name: life, status: 'destroying' }]);
      expect(inputs).toEqual([]);
    },
  );

  test.each(['SUCCEEDED', 'FAILED'] as const)(
    'finds nothing when a destroy of the life, whose provision %s, has come to its end',
    async (status) => {
      const reason = status === 'FAILED' ? 'failed' : 'ended';
      const { post, inputs } = prepare({
        provisions: [provision(life, status)],
        destroys: [destroy(`${life}-${reason}-1`, 'SUCCEEDED')],
      });
      expect(runnersOf((await post(destroyIt)).body)).toEqual([]);
      expect(inputs).toEqual([]);
    },
  );

  test('clears a failed life that nothing has begun to clear', async () => {
    const { post, inputs } = prepare({ provisions: [provision(life, 'FAILED')] });
    expect(runnersOf((await post(destroyIt)).body)).toEqual([{ name: life, status: 'destroying' }]);
    expect(inputs).toMatchObject([{ life, reason: 'asked', mode: 'graceful' }]);
  });

  test('that meets an error goes on with the other labels, and says that not all is done', async () => {
    const others = ['rr_runner_2e', 'rr_runner_3d'];
    const scene = fakeLives({
      provisions: others.map((other) => provision(`${other}_x86_64-1`, 'RUNNING')),
    });
    const provisions = {
      ...scene.ports.provisions,
      provision: async (name: string) => {
        if (name.startsWith(label)) throw new AwsUnavailable('throttled');
        return scene.ports.provisions.provision(name);
      },
    };
    const { call } = served(() =>
      requestRunners({ ...scene.ports, provisions, admission: admitting, log: () => undefined }, settings),
    );
    expect(await call({ body: { operation: 'destroy', labels: [label, ...others] } })).toMatchObject({
      status: 503,
    });
    expect(scene.inputs).toMatchObject([
      { life: 'rr_runner_2e_x86_64-1' },
      { life: 'rr_runner_3d_x86_64-1' },
    ]);
  });

  test('does not touch an earlier life', async () => {
    const { post, inputs } = prepare({
      provisions: [provision(life, 'FAILED'), provision('rr_runner_1f_x86_64-2', 'RUNNING')],
    });
    await post(destroyIt);
    expect(inputs).toMatchObject([{ life: 'rr_runner_1f_x86_64-2' }]);
  });
});

describe('a request that is not right', () => {
  const untouched = (scene: ReturnType<typeof prepare>) => {
    expect(scene.calls).toEqual([]);
    expect(scene.inputs).toEqual([]);
  };

  test('is told every mistake at once, and reaches nobody', async () => {
    const scene = prepare();
    const answer = await scene.post({
      operation: 'create',
      label: 'x; rm -rf /',
      architectures: ['x86_64', 'sparc'],
      run_id: '1001',
      size: 'large',
    });
    expect(answer).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'urn:problem-type:stint:invalid-request',
        title: 'The request is not valid',
        status: 400,
        errors: [
          { field: 'label', detail: 'must start with "rr_runner_"' },
          { field: 'architectures[1]', detail: 'must be "x86_64" or "arm64"' },
          { field: 'repository', detail: 'must be given together with run_id' },
          { field: 'run_id', detail: expect.stringContaining('positive whole number') },
          { field: 'size', detail: expect.stringContaining('is not a field of create') },
        ],
      },
    });
    expect(answer.body['detail']).toMatch(/label must start.*architectures\[1\].*run_id.*size/);
    untouched(scene);
  });

  test.each([
    ['no content type', { 'content-type': '' }, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['JSON in another encoding', { 'content-type': 'application/json; charset=utf-16' }, 415],
  ])('with %s is refused by its media type', async (_, headers, status) => {
    const scene = prepare();
    expect(await scene.post(create, headers)).toMatchObject({
      status,
      body: { detail: expect.stringContaining('application/json') },
    });
    untouched(scene);
  });

  test('with 200 KB is refused by its size', async () => {
    const scene = prepare();
    expect(await scene.post(JSON.stringify({ ...create, padding: 'x'.repeat(200_000) }))).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('16384 bytes') },
    });
    untouched(scene);
  });

  test('is answered 503 with a time to come back while AWS is away', async () => {
    const { ports } = fakeLives();
    const { call, logged } = served(() =>
      requestRunners(
        {
          ...ports,
          provisions: {
            ...ports.provisions,
            provision: () => Promise.reject(new AwsUnavailable('DescribeExecution: ECONNREFUSED 10.0.0.1')),
          },
          admission: admitting,
          log: () => undefined,
        },
        settings,
      ),
    );
    const answer = await call({ body: create });
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    expect(JSON.stringify(answer.body)).not.toContain('10.0.0.1');
    expect(logged).toMatchObject([['refused', { error: 'AwsUnavailable' }]]);
  });

  test('that meets an error nobody expected gets a problem without its message', async () => {
    const { post, logged } = prepare({
      failingStarts: { [life]: new AwsRefused('AccessDeniedException: arn:aws:iam::000000000000:role/x') },
    });
    const answer = await post(createOne);
    expect(answer).toMatchObject({ status: 500, body: { type: 'urn:problem-type:stint:unexpected' } });
    expect(JSON.stringify(answer.body)).not.toContain('arn:aws');
    expect(logged.at(-1)).toEqual(['failed', expect.objectContaining({ error: 'AwsRefused', status: 500 })]);
  });
});
