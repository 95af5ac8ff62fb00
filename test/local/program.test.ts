import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../local/control/snapshot.ts';

/** Simulated seconds for each real one: so many that a life is short, so few that workers keep up. */
const speed = 30;

const main = join(import.meta.dirname, '..', '..', 'local', 'main.ts');

let program: ChildProcess;
let url: string;
let printed = '';

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [main, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(async () => {
  program = start('--speed', String(speed), '--admission', 'open');
  url = await new Promise<string>((resolve, reject) => {
    program.stdout?.on('data', (data: Buffer) => {
      printed += String(data);
      const [, found] = /^Stint is listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
}, 60_000);

afterAll(() => {
  program.kill('SIGKILL');
});

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The stage's throttle lets few requests through at once; whoever is turned away comes again. */
const call = async (method: string, path: string, body?: object): Promise<Answer> => {
  const answer = await callOnce(method, path, body);
  if (answer.status !== 429) return answer;
  await pause(100);
  return call(method, path, body);
};

const callOnce = async (method: string, path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
};

const state = async (): Promise<Snapshot> => (await call('GET', '/_local/state')).body as unknown as Snapshot;

type Runner = Readonly<Record<'name' | 'status' | 'market' | 'reason', string>>;

const runnersOf = async (label: string): Promise<readonly Runner[]> =>
  ((await call('GET', `/runners/${label}`)).body['runners'] ?? []) as readonly Runner[];

const until = async (
  what: string,
  simulatedSeconds: number,
  holds: () => Promise<boolean>,
): Promise<void> => {
  const end = Date.now() + (simulatedSeconds / speed) * 1_000;
  while (!(await holds())) {
    if (Date.now() > end)
      throw new Error(
        `Not ${what} within ${simulatedSeconds} simulated seconds: ${JSON.stringify(await state())}`,
      );
    await pause(50);
  }
};

const untilAll = (label: string, status: string, simulatedSeconds: number) =>
  until(status, simulatedSeconds, async () => {
    const runners = await runnersOf(label);
    return runners.length > 0 && runners.every((runner) => runner.status === status);
  });

const untilNothingIsLeft = (label: string, simulatedSeconds: number) =>
  until('clean', simulatedSeconds, async () => {
    const { instances, registrations, schedules, executions } = await state();
    return (
      instances.every((instance) => !instance.runner?.startsWith(label) || instance.state === 'terminated') &&
      !registrations.some(({ name }) => name.startsWith(label)) &&
      !schedules.some(({ name }) => name.startsWith(label)) &&
      !executions.some(({ name, status }) => name.startsWith(label) && status === 'RUNNING')
    );
  });

const job = (label: string, architecture: string, seconds: number) =>
  call('POST', '/_local/jobs', {
    run_id: 1001,
    labels: [label, `arch_${architecture}`],
    duration_seconds: seconds,
  });

describe('npm start', () => {
  test.concurrent("serves the first user's request, runs its jobs on the right machines, and leaves nothing", async () => {
    const label = 'rr_runner_0123456789abcdef0123456789abcdef';
    const created = await call('POST', '/', {
      operation: 'create',
      architectures: ['x86_64', 'arm64'],
      label,
    });
    expect(created).toMatchObject({ status: 202, body: { label } });
    await untilAll(label, 'ready', 300);
    for (const architecture of ['x86_64', 'arm64']) await job(label, architecture, 120);
    await until('completed', 400, async () => {
      const { jobs } = await state();
      const own = jobs.filter(({ labels }) => labels.includes(label));
      return own.length === 2 && own.every(({ conclusion }) => conclusion === 'success');
    });
    const { jobs } = await state();
    for (const { labels, runner } of jobs.filter((known) => known.labels.includes(label)))
      expect(runner).toContain(`${label}_${labels[1]?.replace('arch_', '')}-1-`);
    expect(await call('POST', '/', { operation: 'destroy', label })).toMatchObject({ status: 202 });
    await untilNothingIsLeft(label, 900);
  }, 60_000);

  test.concurrent("serves the seed's older request", async () => {
    const label = 'rr_runner_seed';
    await call('POST', '/', { operation: 'create', architecture: 'arm64', label });
    await untilAll(label, 'ready', 300);
    expect(await call('POST', '/', { operation: 'destroy', labels: [label] })).toMatchObject({ status: 202 });
    await untilNothingIsLeft(label, 900);
  }, 60_000);

  test.concurrent('shows what is wrong with a request, and starts nothing for it', async () => {
    const refused = await call('POST', '/runners', {
      operation: 'create',
      label: 'x; reboot',
      architecture: 'mips',
    });
    expect(refused.status).toBe(400);
    expect(refused.body['detail']).toMatch(/label.*rr_runner_.*architecture/s);
  }, 60_000);

  test.concurrent('refuses a call that the template’s policies would refuse, and says so', async () => {
    const scope = 'Credential=local.Stint-show-runners/20260301/us-east-2/ec2/aws4_request';
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none` },
      body: 'Action=TerminateInstances&InstanceId.1=i-00000000000000001',
    });
    const denial =
      /show-runners is not authorized to perform: ec2:TerminateInstances on resource: arn:aws:ec2:/;
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(denial);
    expect(printed).toMatch(denial);
  }, 60_000);

  test.concurrent('prints each state entered, with the simulated time, the life and what was decided', async () => {
    const label = 'rr_runner_printed';
    await call('POST', '/', { operation: 'create', architecture: 'x86_64', label });
    await untilAll(label, 'ready', 300);
    expect(printed).toMatch(
      /^\d\d:\d\d:\d\d {2}provision-runner {2}rr_runner_printed_x86_64-1 {2}IsInstanceLaunched {2}← search: .*next launched/m,
    );
  }, 60_000);
});

describe('the command line', () => {
  test('says what is wrong with its options, all at once, and what they are', async () => {
    const wrong = start('--speed', 'fast', '--boot-seconds=-1');
    let errors = '';
    wrong.stderr?.on('data', (data: Buffer) => {
      errors += String(data);
    });
    const code = await new Promise((resolve) => wrong.once('exit', resolve));
    expect(code).toBe(2);
    expect(errors).toMatch(/--speed.*--boot-seconds[\s\S]*--port 8787/);
  });

  test('ends everything on Ctrl-C', async () => {
    program.kill('SIGINT');
    expect(await new Promise((resolve) => program.once('exit', resolve))).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });
});
