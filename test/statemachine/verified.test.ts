import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createVerifiedWorld, label, repository, type VerifiedWorld } from './verified-world.ts';

const x86 = { architecture: 'x86_64' };

/** Hours that are simulated take a slow machine a while. */
jest.setTimeout(60_000);

let world: VerifiedWorld;
beforeEach(async () => {
  world = await createVerifiedWorld();
});
afterEach(() => world.end());

/** The stage lets few requests pass at a time. */
const afterAWhile = () => world.advance(10);

describe('admission', () => {
  test('admits an active run of an allowed repository, and binds the life to it', async () => {
    expect(await world.create({ architectures: ['x86_64', 'arm64'] })).toMatchObject({ status: 202 });
    await world.ready();
    const [instance] = world.cloud.fleet.all;
    expect(instance?.tags).toMatchObject({
      'stint:run': 'rr-debugger/rr/actions/runs/1001/attempts/1',
      'stint:requested-by': 'rr-debugger/rr run 1001 attempt 1',
    });
    expect(instance?.userData).toContain("RUN_ID='1001'\nRUN_REPOSITORY='rr-debugger/rr'\n");
  });

  test.each(['queued', 'waiting'] as const)('admits a run that is %s', async (status) => {
    world.putRun(status);
    expect(await world.create()).toMatchObject({ status: 202 });
  });

  test('takes the repository in any case', async () => {
    expect(await world.create({ ...x86, repository: 'RR-Debugger/RR' })).toMatchObject({ status: 202 });
  });

  test.each<[string, object, number, string, RegExp]>([
    [
      'an unknown run',
      { run_id: 999, label: 'rr_runner_999_1' },
      403,
      'run-unknown',
      /no run 999.*Actions: read/,
    ],
    [
      'another repository',
      { repository: 'somebody/rr' },
      403,
      'allowed-repository',
      /only those of rr-debugger\/rr/,
    ],
    ['the label of another run', { label: 'rr_runner_1002_1' }, 403, 'run-label', /rr_runner_1001_<attempt>/],
    ['a label of no run', { label: 'rr_runner_0123abcd' }, 403, 'run-label', /github\.run_attempt/],
    ['a longer number', { label: 'rr_runner_10011_1' }, 403, 'run-label', /rr_runner_1001_<attempt>/],
    ['an attempt to come', { label: 'rr_runner_1001_2' }, 403, 'run-attempt', /at attempt 1.*says 2/],
  ])('refuses %s, and says what to change', async (_, change, status, rule, detail) => {
    expect(await world.create({ ...x86, ...change })).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: { status, rule, detail: expect.stringMatching(detail) },
    });
    expect(world.state().executions).toEqual([]);
  });

  test('refuses a request that names no run, by its fields', async () => {
    expect(await world.post({ operation: 'create', label, ...x86 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'repository' }, { field: 'run_id' }] },
    });
  });

  test('refuses a run that is over, and an attempt that is', async () => {
    world.putRun('completed');
    expect(await world.create()).toMatchObject({
      status: 403,
      body: { rule: 'run-active', detail: expect.stringContaining('"completed"') },
    });
    world.putRun('in_progress', { runAttempt: 2 });
    await afterAWhile();
    expect(await world.create({ ...x86, label: 'rr_runner_1001_2' })).toMatchObject({ status: 202 });
    await afterAWhile();
    expect(await world.create({ ...x86, label: 'rr_runner_1001_1_b' })).toMatchObject({ status: 403 });
  });

  test("refuses another repository's run under an allowed name", async () => {
    world.putRun('in_progress', { repository: 'somebody/rr', runId: 7 });
    expect(await world.create({ ...x86, run_id: 7, label: 'rr_runner_7_1' })).toMatchObject({
      status: 403,
      body: { rule: 'run-unknown' },
    });
  });

  test('gives a run its quota of live runners, and its own label always', async () => {
    for (const suffix of ['a', 'b']) {
      expect(await world.create({ ...x86, label: `${label}_${suffix}` })).toMatchObject({ status: 202 });
      await afterAWhile();
    }
    expect(await world.create({ ...x86, label: `${label}_c` })).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60' },
      body: { rule: 'run-quota', detail: expect.stringContaining('its 2 live runners for x86_64') },
    });
    await afterAWhile();
    expect(await world.create()).toMatchObject({ status: 202 });
    await afterAWhile();
    expect(await world.create({ architecture: 'arm64', label: `${label}_c` })).toMatchObject({ status: 202 });
  });

  test.each([
    ['answers 500', '500'],
    ['answers 502', '502'],
    ['is not reached', 'ConnectionLost'],
    ['has no requests left', 'RateLimitExceeded'],
    ['is asked too fast', 'SecondaryRateLimit'],
  ])('is a 503 with Retry-After while GitHub %s', async (_, error) => {
    world.fault({ service: 'github', operation: '*', error, seconds: 50 });
    const { status, headers } = await world.create();
    expect({ status, retryAfter: Number(headers['retry-after']) > 0 }).toEqual({
      status: 503,
      retryAfter: true,
    });
    expect(world.state().executions).toEqual([]);
    await world.advance(Number(headers['retry-after']) + 30);
    expect(await world.create()).toMatchObject({ status: 202 });
  });

  test('leaves the end of the hour to the clean-up, and begins again with the next hour', async () => {
    await world.create();
    await world.ready();
    spendRequests(3_600);
    // The queue look reads for all, until it has learnt that no more are left for it.
    await world.advance(130);
    expect(await world.create({ ...x86, label: `${label}_a` })).toMatchObject({ status: 202 });
    await world.advance(70);
    const refused = await world.create({ architecture: 'arm64', label: `${label}_a` });
    expect(refused).toMatchObject({ status: 503, body: { rule: 'github-reserve' } });
    await world.destroy();
    world.putRun('completed');
    await world.untilNothingIsLeft(1_200);
    world.putRun('in_progress', { runAttempt: 2 });
    await world.advance(Number(refused.headers['retry-after']));
    expect(await world.create({ ...x86, label: 'rr_runner_1001_2' })).toMatchObject({ status: 202 });
  });
});

/** Requests of the deployment's credential, of whichever function, each in its time within the minute's ration. */
const spendRequests = (count: number): void => {
  for (let asked = 0; asked < count; asked += 1) world.cloud.rations.limits.count(world.token, false);
};

describe('a destroy that anybody can ask for', () => {
  test('does not take an idle runner from a run that is active, nor shows it as gone', async () => {
    await world.create();
    await world.ready();
    expect(await world.destroy()).toMatchObject({ status: 202 });
    await world.advance(1_200);
    expect((await world.status(label)).runners).toMatchObject([
      { name: `${label}_x86_64-1`, status: 'ready', reason: expect.stringContaining('when its run is over') },
    ]);
    expect((await world.create()).body).toMatchObject({ runners: [{ name: `${label}_x86_64-1` }] });
    const job = world.queueOwnJob(300);
    await world.until(() => world.job(job).status === 'completed', 400);
    expect(world.job(job).conclusion).toBe('success');
    await world.untilNothingIsLeft(600);
  });

  test('does not take a runner that boots', async () => {
    await world.create();
    await world.advance(5);
    await world.destroy();
    await world.ready();
    await world.advance(300);
    expect(world.liveInstances()).toHaveLength(1);
  });

  test('ends the runner soon after its run is over', async () => {
    await world.create();
    await world.ready();
    await world.destroy();
    await world.advance(600);
    world.putRun('completed');
    await world.advance(240);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(400);
  });

  test('never outlives the deadline, however long the run is active', async () => {
    await world.create();
    await world.ready();
    await world.destroy();
    await world.advance(3_700);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(900);
  });

  test('waits while GitHub is silent about the run, and not beyond the deadline', async () => {
    await world.create();
    await world.ready();
    world.putRun('completed');
    world.fault({ service: 'github', operation: 'GetRun', error: '502', seconds: 10_000 });
    await world.destroy();
    await world.advance(1_800);
    expect(world.liveInstances()).toHaveLength(1);
    await world.advance(1_900);
    expect(world.liveInstances()).toEqual([]);
  });
});

describe('a run that is over', () => {
  test('leaves nothing when it was cancelled, asked for or not', async () => {
    await world.create({ architectures: ['x86_64', 'arm64'] });
    await world.ready();
    world.putRun('completed');
    await world.advance(300 + 180);
    expect(world.liveInstances()).toEqual([]);
    await world.untilNothingIsLeft(400);
  });

  test('leaves nothing when it was cancelled while the runner boots', async () => {
    await world.create();
    await world.advance(10);
    world.putRun('completed');
    await world.untilNothingIsLeft(1_200);
  });

  test('leaves nothing of an attempt when the next one has begun', async () => {
    await world.create();
    await world.ready();
    world.putRun('in_progress', { runAttempt: 2 });
    await world.untilNothingIsLeft(1_200);
  });

  test('does not end a job that still is on the machine', async () => {
    await world.create();
    await world.ready();
    const job = world.queueOwnJob(1_500);
    await world.advance(60);
    const run = world.cloud.github.run(1001);
    if (run !== undefined) run.status = 'completed';
    await world.destroy();
    await world.until(() => world.job(job).status === 'completed', 1_600);
    expect(world.job(job).conclusion).toBe('success');
  });
});

describe('a job of another run', () => {
  const other = { runId: 2002, repository };

  test('is refused before any step, which the destroy records, and the run can ask again', async () => {
    world.putRun('in_progress', other);
    await world.create();
    await world.ready();
    const labels = [label, 'arch_x86_64'];
    const job = world.cloud.github.queueJob({ runId: 2002, labels, durationSeconds: 600, isHostile: true });
    await world.advance(10);
    expect(job).toMatchObject({ stepsRun: 'none', status: 'completed', conclusion: 'failure' });
    expect((await world.create()).body).toMatchObject({ runners: [{ name: `${label}_x86_64-2` }] });
    await world.untilStatus(label, 'ready', 120);
    await world.until(() => world.output(`${label}_x86_64-1-ended-1`) !== undefined, 600);
    expect(world.output(`${label}_x86_64-1-ended-1`)).toMatchObject({ need: { usedBy: 'another run' } });
  });

  test('is what the status says, until another runner is asked for', async () => {
    world.putRun('in_progress', other);
    await world.create();
    await world.ready();
    world.queueJob({ runId: 2002, labels: [label, 'arch_x86_64'], durationSeconds: 600 });
    await world.untilStatus(label, 'destroyed', 900);
    expect(await world.reason()).toMatch(/job of another run has taken it.*Ask for another/);
  });

  test('is not said of a runner that its own run has used', async () => {
    await world.create();
    await world.ready();
    world.queueOwnJob(60);
    await world.untilStatus(label, 'destroyed', 900);
    expect(await world.reason()).toMatch(/powered off, as it does when its job is over/);
    expect(world.output(`${label}_x86_64-1-ended-1`)).not.toHaveProperty('run.usedBy');
  });

  test('is not said of a machine that EC2 took away', async () => {
    await world.create();
    await world.ready();
    world.cloud.control.interrupt(world.liveInstances()[0]?.instance_id ?? '');
    await world.untilStatus(label, 'destroyed', 1_500);
    expect(await world.reason()).toMatch(/^EC2 took its machine away.*If a job was on it/);
  });
});

describe('a job that GitHub does not show as running for minutes', () => {
  beforeEach(async () => {
    await world.end();
    world = await createVerifiedWorld({ github: { staleBusySeconds: () => 700 } });
  });

  test('is not ended by a destroy', async () => {
    await world.create();
    await world.ready();
    const job = world.queueOwnJob(900);
    await world.advance(5);
    await world.destroy();
    await world.until(() => world.job(job).status === 'completed', 1_000);
    expect(world.job(job).conclusion).toBe('success');
    await world.untilNothingIsLeft(600);
  });

  test('is not ended when its provision is stopped before it has seen the runner online', async () => {
    const job = world.queueOwnJob(600);
    await world.create();
    await world.until(() => world.job(job).status === 'in_progress', 120);
    world.stop(`${label}_x86_64-1`);
    await world.until(() => world.job(job).status === 'completed', 700);
    expect(world.job(job).conclusion).toBe('success');
    await world.untilNothingIsLeft(900);
  });

  test('is not ended when its run is shown as over before it is', async () => {
    await world.create();
    await world.ready();
    const job = world.queueOwnJob(650);
    await world.advance(5);
    const run = world.cloud.github.run(1001);
    if (run !== undefined) run.status = 'completed';
    await world.destroy();
    await world.until(() => world.job(job).status === 'completed', 700);
    expect(world.job(job).conclusion).toBe('success');
  });
});
