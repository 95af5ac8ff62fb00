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
  stint = await startProgram('--port', '0', '--speed', speed, '--admission', 'open');
});

afterAll(() => stint.stop());

const control = async (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${stint.url}/_local/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const plant = async (fault: object): Promise<void> => {
  expect((await control('POST', 'faults', fault)).status).toBe(201);
};

const noCapacity = {
  service: 'ec2',
  operation: 'RunInstances',
  error: 'InsufficientInstanceCapacity',
  times: 999,
};

/** What the step of a run is given: each test is a run of its own. */
const newRun = () => {
  runs += 1;
  return {
    label: `rr_runner_${runs}_1`,
    options: { env: { GITHUB_RUN_ID: String(runs) }, reallySleeps: true },
  };
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
    const { label, options } = newRun();

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
    expect(stopped.log).toContain(`${label}_x86_64-1  destroying\n${label}_arm64-1  destroying\n`);
  });

  test('is content to stop a run that never asked for runners', async () => {
    const { exitCode, log } = await runStep(inputs({ mode: 'stop' }), newRun().options);

    expect(exitCode).toBe(0);
    expect(log).toContain('There is nothing to give back.');
  });

  test("passes on the endpoint's own words about a label that is not its own", async () => {
    const result = await runStep(inputs({ prefix: 'ci_' }), newRun().options);

    expect(result.exitCode).toBe(1);
    expect(errorOf(result)).toMatch(/^The endpoint answered 400: label must start with "rr_runner_"/);
  });
});

/** At the same time, for ten minutes without capacity take a while: no arm64 at all, and x86_64 on-demand only. */
describe('the action against npm start, when EC2 is short of machines', () => {
  test.concurrent('shows that a runner came on-demand when there was no spot capacity', async () => {
    await plant({ ...noCapacity, where: { market: 'spot', instance_type: 'c5.9xlarge' } });

    const { exitCode, summary } = await runStep(inputs(), newRun().options);

    expect(exitCode).toBe(0);
    expect(summary).toMatch(/\| x86_64 \| ready \| on-demand c5\.9xlarge us-east-2\w i-\w+ \|/);
  });

  test.concurrent('says that EC2 had no capacity at all, pool by pool', async () => {
    await plant({ ...noCapacity, where: { instance_type: 'c6g.8xlarge' } });

    const result = await runStep(inputs({ architectures: 'arm64' }), newRun().options);

    expect(result.exitCode).toBe(1);
    expect(errorOf(result)).toMatch(
      /^arm64 failed: .*EC2 had no capacity for 10 minutes \(spot c6g\.8xlarge in us-east-2\w: InsufficientInstanceCapacity; .*on-demand c6g\.8xlarge/,
    );
  });

  test.concurrent('leaves nothing when the workflow is cancelled in the middle', async () => {
    const { label, options } = newRun();
    const step = new WorkflowStep(inputs(), options);
    while (!(await isLeft(label))) await sleep(50);

    step.signal('SIGINT');
    const { exitCode, log } = await step.result();

    expect(exitCode).toBe(130);
    expect(log).toContain('The workflow was cancelled.\nGiving back what was asked for.\n');
    while (await isLeft(label)) await sleep(250);
  });
});
