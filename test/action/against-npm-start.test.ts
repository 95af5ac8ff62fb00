import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Snapshot } from '../../local/control/snapshot.ts';
import { type StartedProgram, startProgram } from '../browser/started-program.ts';
import { runnerCommands } from './runner-commands.ts';
import { runStep, type StepResult, WorkflowStep } from './workflow-step.ts';

jest.setTimeout(120_000);

/** Simulated seconds for each real one: so few that the functions keep within their time-outs on a busy machine. */
const speed = '20';

let stint: StartedProgram;
let runs = 2_000;

beforeAll(async () => {
  stint = await startProgram('--port', '0', '--speed', speed, '--admission', 'verified');
});

afterAll(() => stint.stop());

const control = async (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${stint.url}/_local/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const inject = async (fault: object): Promise<void> => {
  expect((await control('POST', 'faults', fault)).status).toBe(201);
};

const noCapacity = {
  service: 'ec2',
  operation: 'RunInstances',
  error: 'InsufficientInstanceCapacity',
  times: 999,
};

const putRun = async (runId: number, status: 'in_progress' | 'completed'): Promise<void> => {
  const run = { repository: 'rr-debugger/rr', run_id: runId, status };
  expect((await control('POST', 'runs', run)).status).toBe(201);
};

/** What the step of a run is given. Each test is a run of its own, and GitHub knows it as an active one. */
const newRun = async () => {
  runs += 1;
  const runId = runs;
  await putRun(runId, 'in_progress');
  const options = { env: { GITHUB_RUN_ID: String(runId) }, reallySleeps: true };
  return { runId, label: `rr_runner_${runId}_1`, options };
};

const inputs = (more: Readonly<Record<string, string>> = {}) => ({
  endpoint: stint.url,
  'poll-seconds': '1',
  ...more,
});

const errorOf = ({ log }: StepResult): string | undefined =>
  runnerCommands(log).find(({ command }) => command === 'error')?.data;

const isLeft = async (label: string): Promise<boolean> => {
  const state = (await (await control('GET', 'state')).json()) as Snapshot;
  return (
    state.instances.some(
      ({ runner, state }) => runner?.startsWith(label) === true && state !== 'terminated',
    ) ||
    state.registrations.some(({ name }) => name.startsWith(label)) ||
    state.schedules.some(({ name }) => name.startsWith(label)) ||
    state.executions.some(({ name, status }) => name.startsWith(label) && status === 'RUNNING')
  );
};

describe('the action against npm start', () => {
  test('starts two runners, and stop gives them back', async () => {
    const { label, options } = await newRun();

    const started = await runStep(inputs({ architectures: 'x86_64 arm64' }), options);
    expect(started).toMatchObject({
      exitCode: 0,
      outputs: {
        label,
        'runs-on-x86_64': `["${label}","arch_x86_64"]`,
        'runs-on-arm64': `["${label}","arch_arm64"]`,
      },
    });
    expect(started.log).toMatch(/x86_64 {2}ready {7}spot c5\.9xlarge us-east-2\w i-\w+\n/);

    const stopped = await runStep(inputs({ mode: 'stop' }), options);
    expect(stopped.exitCode).toBe(0);
    for (const architecture of ['x86_64', 'arm64'])
      expect(stopped.log).toContain(`${label}_${architecture}-1  destroying\n`);
  });

  test('is content to stop a run that never asked for runners', async () => {
    const { exitCode, log } = await runStep(inputs({ mode: 'stop' }), (await newRun()).options);

    expect(exitCode).toBe(0);
    expect(log).toContain('There is nothing to give back.');
  });

  test("passes on the endpoint's own words about a label that is not its own", async () => {
    const result = await runStep(inputs({ prefix: 'ci_' }), (await newRun()).options);

    expect(result.exitCode).toBe(1);
    expect(errorOf(result)).toMatch(/^The endpoint answered 400: label must start with "rr_runner_"/);
  });

  test('passes on why a run is not admitted', async () => {
    const { runId, options } = await newRun();
    await putRun(runId, 'completed');

    const result = await runStep(inputs(), options);

    expect(result.exitCode).toBe(1);
    expect(errorOf(result)).toMatch(new RegExp(`^The endpoint answered 403: .*${runId}`));
  });
});

/** At the same time, for ten minutes without capacity take a while: no arm64 at all, and x86_64 on-demand only. */
describe('the action against npm start, when EC2 is short of machines', () => {
  test.concurrent('shows that a runner came on-demand when there was no spot capacity', async () => {
    await inject({ ...noCapacity, where: { market: 'spot', instance_type: 'c5.9xlarge' } });

    const { exitCode, summary } = await runStep(inputs(), (await newRun()).options);

    expect(exitCode).toBe(0);
    expect(summary).toMatch(/\| x86_64 \| ready \| on-demand c5\.9xlarge us-east-2\w i-\w+ \|/);
  });

  test.concurrent('says that EC2 had no capacity at all, pool by pool', async () => {
    await inject({ ...noCapacity, where: { instance_type: 'c6g.8xlarge' } });

    const result = await runStep(inputs({ architectures: 'arm64' }), (await newRun()).options);

    expect(result.exitCode).toBe(1);
    expect(errorOf(result)).toMatch(
      /^arm64 failed: .*EC2 had no capacity for 10 minutes \(spot c6g\.8xlarge in us-east-2\w: InsufficientInstanceCapacity; .*on-demand c6g\.8xlarge/,
    );
  });

  test.concurrent.each([
    ['gives back what it asked for', 'SIGINT', 130],
    ['was killed before it could', 'SIGKILL', null],
  ] as const)('leaves nothing of a cancelled workflow when the step %s', async (_, signal, expected) => {
    const { runId, label, options } = await newRun();
    const step = new WorkflowStep(inputs(), options);
    while (!(await isLeft(label))) await sleep(50);

    step.signal(signal);
    const { exitCode, log } = await step.result();
    await putRun(runId, 'completed');

    expect(exitCode).toBe(expected);
    expect(log.includes('Giving back what was asked for.')).toBe(signal === 'SIGINT');
    while (await isLeft(label)) await sleep(250);
  });
});
