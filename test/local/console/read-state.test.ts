import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ShownLife } from '../../../local/console/console-state.ts';
import { consoleSettings, readState } from '../../../local/console/read-state.ts';
import { createWorld, type World } from '../../statemachine/world.ts';

const label = 'rr_runner_1001_1_a';
const life = `${label}_x86_64-1`;

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

const request = () => world.post({ operation: 'create', label, architecture: 'x86_64' });

const shown = (): ShownLife => {
  const found = readState(world.cloud).lives.find(({ name }) => name === life);
  if (found === undefined) throw new Error(`${life} is not shown`);
  return found;
};

describe('the state that the console shows', () => {
  test('has of each life what the HTTP API tells of it, at every stage', async () => {
    await request();
    const stages = new Set<string>();
    const compare = async (): Promise<void> => {
      const { status, reason, deadline } = shown();
      const [told] = (await world.status(label)).runners;
      expect({ status, reason, deadline }).toEqual({
        status: told?.status,
        reason: told?.['reason'],
        deadline: Date.parse(String(told?.['deadline'])),
      });
      stages.add(status);
    };
    for (let seconds = 0; seconds < 90; seconds += 3) {
      await compare();
      await world.advance(3);
    }
    await world.post({ operation: 'destroy', label });
    while (!shown().isOver) {
      await compare();
      await world.advance(20);
    }
    await compare();

    expect([...stages]).toEqual(expect.arrayContaining(['booting', 'ready', 'destroying', 'destroyed']));
  });

  test('has the machine, the registration, the schedule and the executions of a life', async () => {
    await request();
    await world.untilStatus(label, 'ready', 120);

    const { registrations, schedules } = readState(world.cloud);
    const { instances, executions, readyAt, requestedAt } = shown();
    expect(instances).toMatchObject([{ state: 'running', market: 'spot', instanceType: 'c5.9xlarge' }]);
    expect(executions).toMatchObject([
      { name: life, role: 'provision', status: 'SUCCEEDED', state: 'RunnerReady' },
    ]);
    expect(readyAt).toBeGreaterThan(requestedAt);
    expect(registrations).toMatchObject([{ life, isOnline: true, isBusy: false }]);
    expect(schedules).toEqual([{ name: expect.stringContaining(`${life}-`), at: shown().deadline }]);
  });

  test('tells a job of the life that has it', async () => {
    await request();
    await world.untilStatus(label, 'ready', 120);
    world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: 600 });
    world.queueJob({ labels: ['rr_runner_nobody'], durationSeconds: 60 });

    expect(readState(world.cloud).jobs).toMatchObject([
      { status: 'queued', labels: ['rr_runner_nobody'], runner: null },
      { status: 'in_progress', life, durationSeconds: 600, startedAt: Date.now() },
    ]);
  });

  test('has why EC2 ended a machine, and the destroy that follows', async () => {
    await request();
    await world.untilStatus(label, 'ready', 120);
    const [instance] = shown().instances;
    world.cloud.control.interrupt(instance?.id ?? '');
    await world.advance(120);

    expect(shown().instances).toMatchObject([{ stateReason: 'Server.SpotInstanceTermination' }]);
    expect(shown().executions.map(({ role }) => role)).toEqual(['provision', 'ended']);
  });

  test('has the runs that GitHub knows', () => {
    world.cloud.control.putRun({ repository: 'a/b', runId: 7, runAttempt: 2, status: 'completed' });

    expect(readState(world.cloud).runs).toEqual([
      { id: 1001, repository: 'rr-debugger/rr', attempt: 1, status: 'in_progress' },
      { id: 7, repository: 'a/b', attempt: 2, status: 'completed' },
    ]);
  });

  test('has the faults that can still strike', () => {
    const fault = { service: 'github', operation: '*', error: '500', times: 2 };
    world.fault(fault);

    expect(readState(world.cloud).faults).toEqual([fault]);
  });

  test('shows the rations that were used, with whole tokens', async () => {
    await world.post({ operation: 'create', label: 'rr_runner_1f', architecture: 'x86_64' });
    await world.advance(10);
    const { rations } = readState(world.cloud);

    expect(rations).toContainEqual(
      expect.objectContaining({ service: 'ec2', operation: 'RunInstances', size: 5, total: 1, refused: 0 }),
    );
    expect(rations.filter(({ tokens }) => !Number.isInteger(tokens))).toEqual([]);
  });

  test('keeps only the newest of the lives that are over', async () => {
    for (let n = 0; n < 32; n += 1) {
      await world.post({ operation: 'create', label: `rr_runner_${n}`, architecture: 'x86_64' });
      await world.advance(n === 15 ? 5_400 : 5);
    }
    await world.advance(5_400);
    const names = readState(world.cloud).lives.map(({ name }) => name);

    expect(names).toHaveLength(30);
    expect(names[0]).toBe('rr_runner_31_x86_64-1');
  }, 30_000);
});

test("the settings of the console are the stack's", () => {
  const settings = consoleSettings(world.cloud);

  expect(settings).toMatchObject({ labelPrefix: 'rr_runner_', maximumLabelLength: 42 });
  expect(settings.faultServices).toEqual(expect.arrayContaining(['ec2', 'github', 'machine']));
  expect(world.cloud.parameters.get(settings.admissionParameter)).toBe('open');
});

describe("the operator's part of the state", () => {
  test('has the switch as an operator sets it', () => {
    const { admissionParameter } = consoleSettings(world.cloud);
    expect(readState(world.cloud).admission).toBe('open');

    world.cloud.parameters.put(admissionParameter, 'closed: a test');

    expect(readState(world.cloud).admission).toBe('closed: a test');
  });

  test('has what the runners cost of the budget, and the alarm on it', async () => {
    const budget = () => readState(world.cloud).alarms.find(({ metric }) => metric === 'RunnerHours');
    expect(budget()).toMatchObject({ state: 'INSUFFICIENT_DATA', value: 0, threshold: 48 });

    await request();
    await world.untilStatus(label, 'ready', 120);

    expect(budget()).toMatchObject({ state: 'OK', value: expect.closeTo(5 / 60, 5), periodSeconds: 86_400 });
  });
});

test('every job that is not over is shown, and of those that are the newest hundred', async () => {
  world.queueJob({ labels: ['rr_runner_first'], durationSeconds: 60 });
  for (let n = 0; n < 150; n += 1) world.queueJob({ labels: ['rr_runner_nobody'], durationSeconds: 60 });
  for (const job of world.cloud.github.jobs.slice(1)) job.status = 'completed';
  const { jobs } = readState(world.cloud);

  expect(jobs).toHaveLength(101);
  expect(jobs.at(-1)).toMatchObject({ status: 'queued', labels: ['rr_runner_first'] });
});
