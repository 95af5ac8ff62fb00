import { describe, expect, test } from '@jest/globals';
import type { Admission } from '../../functions/domain/admission/admission.ts';
import { capPool } from '../../functions/domain/admission/cap-pool.ts';
import { Problem } from '../../functions/domain/api/problem.ts';
import { AwsRefused, AwsUnavailable } from '../../functions/domain/errors.ts';
import { lifeRecord } from '../../functions/domain/life/life-item.ts';
import type { Item } from '../../functions/domain/table.ts';
import { requestRunners } from '../../functions/request-runners.ts';
import { classes } from './fakes/classes.ts';
import { served } from './fakes/http.ts';
import { deployment, later, life, provisionInput } from './fakes/life.ts';
import { fakeLives, type LivesScene, lifeItem, provision } from './fakes/lives.ts';

const label = 'rr_runner_1f';
const armLife = `${label}_arm64-1`;
const settings = { deployment, labelPrefix: 'rr_runner_', classes, minimumMinutes: 15 };
const create = { operation: 'create', label, architectures: ['x86_64', 'arm64'] };
const createOne = { operation: 'create', label, architecture: 'x86_64' };

const admittingUpTo = (cap: number): Admission => ({
  screen: () => undefined,
  admit: async () => ({ pools: () => ({ cap: capPool(cap), others: [] }) }),
});

const admitting = admittingUpTo(20);

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
    ['just requested', { lives: [lifeItem(life, 'requested')] }, 'requested'],
    ['on its way', { lives: [lifeItem(life, 'launching')] }, 'launching'],
    ['ready', { lives: [lifeItem(life, 'ready')] }, 'ready'],
    [
      'ready, and whose end waits for its run',
      { lives: [lifeItem(life, 'ready', { endAskedAt: later(90).toISOString() })] },
      'ready',
    ],
  ])('answers with the runner that is %s, and asks nobody for admission', async (_, scene, status) => {
    const { post, logged } = prepare(scene, {
      ...admitting,
      admit: () => Promise.reject(new Error('nobody must be asked')),
    });
    expect(runnersOf((await post(createOne)).body)).toMatchObject([
      { name: life, status, deadline: later(3_600).toISOString() },
    ]);
    expect(logged).toEqual([['answered with an existing life', expect.objectContaining({ life, status })]]);
  });

  test('starts a life of a class with its lifetime, and of the default one without a name', async () => {
    const { post, inputs } = prepare();
    const { status, body } = await post({ ...createOne, class: 'big' });
    expect(status).toBe(202);
    expect(runnersOf(body)).toMatchObject([{ deadline: later(100 + 240 * 60).toISOString() }]);
    expect(inputs).toMatchObject([{ life, class: 'big', deadline: later(100 + 240 * 60).toISOString() }]);
    const usual = prepare();
    await usual.post({ ...createOne, class: 'default' });
    expect(usual.inputs[0]).not.toHaveProperty('class');
  });

  test.each([
    ['default', undefined, 'big'],
    ['big', 'big', undefined],
  ])('says so when the runner that lives is of class %s', async (has, own, asked) => {
    const input = {
      ...JSON.parse(lifeItem(life, 'ready').input),
      ...(own === undefined ? {} : { class: own }),
    };
    const { post, inputs } = prepare({
      lives: [lifeItem(life, 'ready', { input: JSON.stringify(input) })],
    });
    const body = asked === undefined ? createOne : { ...createOne, class: asked };
    expect(await post(body)).toMatchObject({
      status: 403,
      body: { rule: 'one-class', detail: expect.stringContaining(`${life} is a runner of class "${has}"`) },
    });
    expect(inputs).toEqual([]);
    const same = own === undefined ? createOne : { ...createOne, class: own };
    expect(await post(same)).toMatchObject({ status: 202 });
  });

  test('gives a label another class once its runner is past', async () => {
    const { post, inputs } = prepare({ lives: [lifeItem(life, 'destroying')] });
    expect(await post({ ...createOne, class: 'big' })).toMatchObject({ status: 202 });
    expect(inputs).toMatchObject([{ life: 'rr_runner_1f_x86_64-2', class: 'big' }]);
  });

  test('starts a life again that was written down and, as it seems, never begun', async () => {
    const { post, inputs } = prepare({ lives: [lifeItem(life, 'requested')] });
    await post(createOne);
    expect(inputs).toEqual([JSON.parse(lifeItem(life, 'requested').input)]);
  });

  test.each<[string, LivesScene]>([
    ['failed', { lives: [lifeItem(life, 'failed')] }],
    ['is being destroyed', { lives: [lifeItem(life, 'destroying')] }],
    ['is gone', { lives: [lifeItem(life, 'destroyed')] }],
    ['has come to its deadline', { lives: [lifeItem(life, 'ready')], seconds: 3_600 }],
    ['has less than a quarter of an hour left', { lives: [lifeItem(life, 'ready')], seconds: 2_701 }],
  ])('starts the next life beside one that %s', async (_, scene) => {
    const { post } = prepare(scene);
    expect(runnersOf((await post(createOne)).body)).toMatchObject([
      { name: 'rr_runner_1f_x86_64-2', status: 'requested' },
    ]);
  });

  test('still answers with a runner that has a quarter of an hour left', async () => {
    const { post } = prepare({ lives: [lifeItem(life, 'ready')], seconds: 2_700 });
    expect(runnersOf((await post(createOne)).body)).toMatchObject([{ name: life, status: 'ready' }]);
  });

  test('knows a label whatever its case, as GitHub does', async () => {
    const { post } = prepare({ lives: [lifeItem(life, 'ready')] });
    const answer = await post({ ...createOne, label: 'rr_runner_1F' });
    expect(runnersOf(answer.body)).toMatchObject([{ name: life }]);
  });

  test('answers requests at the same time with one life', async () => {
    const { post, inputs } = prepare();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(createOne)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(inputs).toHaveLength(1);
  });

  test.each<[string, Item]>([
    ['without a life', { pk: 'runner#rr_runner_1f', sk: 'x86_64', status: 'ready' }],
    ['of an unknown status', { ...lifeRecord(lifeItem(life, 'ready')), status: 'excellent' }],
    ['with an input that is no JSON', { ...lifeRecord(lifeItem(life, 'requested')), input: '{' }],
    ['with a number for its deadline', { ...lifeRecord(lifeItem(life, 'ready')), deadline: 7 }],
    ['with a text for its rank', { ...lifeRecord(lifeItem(life, 'ready')), rank: 'high', since: 'today' }],
  ])('takes an item that somebody left %s for no life', async (_, item) => {
    const { post, items, inputs } = prepare();
    items.set(`${item.pk} ${item.sk}`, item);
    expect(await post(createOne)).toMatchObject({ status: 202 });
    expect(inputs).toHaveLength(1);
  });

  test('finds the life that began before there was a table, and starts nothing beside it', async () => {
    const input = { ...provisionInput, requestedAt: later(20).toISOString() };
    const { post, inputs } = prepare({ executions: [provision(life, 'RUNNING', { input })] });
    expect(runnersOf((await post(createOne)).body)).toMatchObject([{ name: life, status: 'launching' }]);
    expect(inputs).toEqual([]);
  });

  test('goes on to the next name when one was used up before there was a table', async () => {
    const used = [1, 2].map((n) => provision(`${label}_x86_64-${n}`, 'FAILED'));
    const { post } = prepare({ executions: used });
    expect(runnersOf((await post(createOne)).body)).toMatchObject([{ name: `${label}_x86_64-3` }]);
  });

  test('refuses what is more than the cap allows, and starts none of the request', async () => {
    const { post, inputs, items } = prepare({}, admittingUpTo(1));
    expect(await post(create)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60' },
      body: {
        rule: 'live-runner-cap',
        detail: expect.stringMatching(/^1 of this deployment's 1 seats for live runners are taken\. /),
      },
    });
    expect({ inputs, seats: [...items.values()] }).toEqual({ inputs: [], seats: [] });
    expect(await post(createOne)).toMatchObject({ status: 202 });
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
      { lives: [lifeItem(life, 'ready')] },
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
    const { post, inputs } = prepare({ lives: [lifeItem(`${label}_x86_64-999`, 'failed')] });
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
    const { post, inputs, logged, itemOf } = prepare({
      lives: [lifeItem(armLife, 'ready'), lifeItem(life, 'launching')],
    });
    expect(await post(destroyIt)).toMatchObject({
      status: 202,
      body: {
        runners: [
          { name: armLife, status: 'destroying' },
          { name: life, status: 'destroying' },
        ],
      },
    });
    expect(itemOf(life)).toMatchObject({ status: 'destroying', reason: 'A destroy was asked for.' });
    expect(inputs).toEqual([
      expect.objectContaining({ life: armLife, reason: 'asked' }),
      expect.objectContaining({
        life,
        deployment,
        reason: 'asked',
        mode: 'graceful',
        deadline: later(3_600).toISOString(),
      }),
    ]);
    expect(logged).toMatchObject([
      ['destroy asked for', { life: armLife, destroy: 'started' }],
      ['destroy asked for', { life, destroy: 'started' }],
    ]);
  });

  test("takes the seed's list of labels, and one that stands twice once", async () => {
    const other = 'rr_runner_2e_x86_64-1';
    const { post } = prepare({ lives: [lifeItem(life, 'launching'), lifeItem(other, 'launching')] });
    const answer = await post({ operation: 'destroy', labels: [label, 'rr_runner_2e', label] });
    expect(runnersOf(answer.body)).toEqual([
      { name: life, status: 'destroying' },
      { name: other, status: 'destroying' },
    ]);
  });

  test('of nothing is accepted, and costs one read', async () => {
    const { post, calls } = prepare();
    expect(await post(destroyIt)).toMatchObject({ status: 202, body: { runners: [] } });
    expect(calls).toEqual(['list runner#rr_runner_1f']);
  });

  test('that comes again is the same destroy', async () => {
    const { post, inputs } = prepare({ lives: [lifeItem(life, 'ready')] });
    const answers = await Promise.all([post(destroyIt), post(destroyIt)]);
    for (const { body } of answers) expect(runnersOf(body)).toEqual([{ name: life, status: 'destroying' }]);
    expect(inputs).toHaveLength(1);
  });

  test('of a runner that serves a run says in the status that it waits for the run, and no more', async () => {
    const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
    const input = JSON.stringify({ ...provisionInput, run });
    const { post, itemOf } = prepare({ lives: [lifeItem(life, 'ready', { input })] });
    await post(destroyIt);
    expect(itemOf(life)).toMatchObject({ status: 'ready', endAskedAt: later(100).toISOString() });
  });

  test.each(['destroyed', 'failed'] as const)(
    'finds nothing of a life that is %s and of which nothing is left',
    async (status) => {
      const { post, inputs } = prepare({
        lives: [lifeItem(life, status, { goneAt: later(90).toISOString() })],
      });
      expect(runnersOf((await post(destroyIt)).body)).toEqual([]);
      expect(inputs).toEqual([]);
    },
  );

  test('clears a failed life of which something may be left', async () => {
    const { post, inputs } = prepare({ lives: [lifeItem(life, 'failed')] });
    expect(runnersOf((await post(destroyIt)).body)).toEqual([{ name: life, status: 'destroying' }]);
    expect(inputs).toMatchObject([{ life, reason: 'asked', mode: 'graceful' }]);
  });

  test('that meets an error goes on with the other labels, and says that not all is done', async () => {
    const others = ['rr_runner_2e', 'rr_runner_3d'];
    const scene = fakeLives({ lives: others.map((other) => lifeItem(`${other}_x86_64-1`, 'ready')) });
    const { table } = scene.ports;
    const list = async (pk: string) => {
      if (pk.includes(label)) throw new AwsUnavailable('throttled');
      return table.list(pk);
    };
    const ports = { ...scene.ports, table: { ...table, list }, admission: admitting, log: () => undefined };
    const { call } = served(() => requestRunners(ports, settings));
    expect(await call({ body: { operation: 'destroy', labels: [label, ...others] } })).toMatchObject({
      status: 503,
    });
    expect(scene.inputs).toMatchObject([
      { life: 'rr_runner_2e_x86_64-1' },
      { life: 'rr_runner_3d_x86_64-1' },
    ]);
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
    const list = () => Promise.reject(new AwsUnavailable('Query: ECONNREFUSED 10.0.0.1'));
    const away = { ...ports, table: { ...ports.table, list }, admission: admitting, log: () => undefined };
    const { call, logged } = served(() => requestRunners(away, settings));
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
