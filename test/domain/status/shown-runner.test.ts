import { describe, expect, test } from '@jest/globals';
import { errorAdvice } from '../../../functions/domain/error-advice.ts';
import * as errors from '../../../functions/domain/errors.ts';
import type { LifeReading } from '../../../functions/domain/life/life-reading.ts';
import type { Execution, ExecutionStatus, Instance } from '../../../functions/domain/ports.ts';
import { failureReason } from '../../../functions/domain/status/failure-reason.ts';
import { shownRunner } from '../../../functions/domain/status/shown-runner.ts';
import { deadline, instance, later, life } from '../../functions/fakes/life.ts';
import { destroy, output, provision } from '../../functions/fakes/lives.ts';

const running: LifeReading = {
  life,
  provision: provision(life, 'RUNNING'),
  state: { name: 'WaitForRunner', enteredAt: later(30) },
  destroys: [],
  instances: [instance],
  deadline,
  now: later(100),
};
const ready: LifeReading = { ...running, provision: provision(life, 'SUCCEEDED') };
const terminated = (stateReason?: string): Instance => ({
  ...instance,
  state: 'terminated',
  ...(stateReason === undefined ? {} : { stateReason }),
});

describe('why a runner failed', () => {
  const reasonOf = (status: ExecutionStatus, change: Partial<Execution>) =>
    failureReason(provision(life, status, change));
  const lambdaCause = (errorMessage: string) =>
    JSON.stringify({ errorType: 'E', errorMessage, trace: ['at secret.ts'] });

  test.each<[string, ExecutionStatus, Partial<Execution>, RegExp]>([
    [
      "is a step's error and its message",
      'FAILED',
      { error: 'QuotaExceeded', cause: lambdaCause('The quota is used up. Ask for more.') },
      /^QuotaExceeded: The quota is used up\. Ask for more\.$/,
    ],
    [
      "has what to do where a service's message does not say it",
      'FAILED',
      { error: 'AwsUnavailable', cause: lambdaCause('RunInstances: RequestLimitExceeded: slow down') },
      /^AwsUnavailable: RunInstances: RequestLimitExceeded: slow down AWS gave no answer .* Run the workflow again\.$/,
    ],
    [
      "keeps what to do apart from a machine's last console line",
      'FAILED',
      { error: 'RunnerNeverOnline', cause: lambdaCause('Its console ends with:\nE: no such package') },
      /^RunnerNeverOnline: Its console ends with:\nE: no such package\nRun the workflow again\./,
    ],
    [
      'names the execution when the error is nobody’s',
      'FAILED',
      { error: 'Sandbox.Timedout', cause: 'Task timed out after 30.00 seconds' },
      new RegExp(`^Sandbox.Timedout: Task timed out after 30.00 seconds Run .* execution ${life}\\.$`),
    ],
    ['is something even when nothing is known', 'FAILED', {}, /^Unknown: Run the workflow again/],
    [
      'is the time-out',
      'TIMED_OUT',
      { error: 'States.Timeout' },
      /^States\.Timeout: .*not come to its end in time/,
    ],
    [
      "is an operator's Stop",
      'ABORTED',
      {},
      /^Stopped by an operator: no cause was given\. Run the workflow again\.$/,
    ],
    [
      "is an operator's Stop with what was given",
      'ABORTED',
      { error: 'Maintenance', cause: 'We move to another region' },
      /^Stopped by an operator: Maintenance: We move to another region\. Run/,
    ],
    [
      'is the deadline when that stopped it',
      'ABORTED',
      { error: 'Destroyed', cause: 'The deadline has come.' },
      /^Stopped before the runner was ready: The deadline has come\.$/,
    ],
  ])('%s', (_, status, change, expected) => {
    expect(reasonOf(status, change)).toMatch(expected);
  });

  test('never shows a trace, a long opaque text, or a control of a terminal', () => {
    const reason = reasonOf('FAILED', {
      error: 'RunnerNeverOnline',
      cause: lambdaCause(`It ended with:\n\u001b[31m ${'k'.repeat(100)}\u0007 done`),
    });
    expect(reason).toContain('It ended with:\n[31m [cut] done');
    expect(reason).not.toContain('secret.ts');
  });

  test('has a bounded length', () => {
    expect(reasonOf('FAILED', { error: 'E', cause: 'word '.repeat(10_000) })).toHaveLength(3_000);
  });

  test('is known for every error of ours that can end a provision', () => {
    const names = Object.values(errors).map((DomainError) => new DomainError('').name);
    expect(names.filter((name) => errorAdvice(name) === undefined)).toEqual(['LifeRemains']);
  });
});

describe('why a runner is ended', () => {
  const asked = destroy(`${life}-asked-1`, 'RUNNING');

  test.each<[string, LifeReading, string | undefined]>([
    [
      'while the launch goes on',
      { ...running, destroys: [asked] },
      'A destroy was asked for. Its launch comes to its end first.',
    ],
    [
      'while a job may run',
      { ...ready, destroys: [asked] },
      'A destroy was asked for. A job that runs on it is not ended before the deadline.',
    ],
    ['at its deadline', { ...ready, now: deadline }, 'Its deadline has come.'],
    [
      'after its job',
      { ...ready, instances: [terminated('Client.InstanceInitiatedShutdown')] },
      'Its machine has powered off, as it does when its job is over.',
    ],
    [
      'after EC2 took it away',
      {
        ...ready,
        destroys: [destroy(`${life}-ended-1`, 'SUCCEEDED')],
        instances: [terminated('Server.SpotInstanceTermination')],
      },
      'EC2 took its machine away (Server.SpotInstanceTermination). A job that was on it has failed: run the workflow again.',
    ],
    [
      'after the event of its end',
      { ...ready, destroys: [destroy(`${life}-ended-1`, 'SUCCEEDED')], instances: [] },
      'Its machine has ended.',
    ],
    [
      'when its clean-up failed',
      {
        ...ready,
        destroys: [destroy(`${life}-asked-1`, 'FAILED', { error: 'LifeRemains' })],
        instances: [terminated()],
      },
      'A destroy was asked for. The clean-up did not come to its end (LifeRemains). The sweep begins another within minutes.',
    ],
    ['for a reason that nobody knows any more', { ...ready, instances: [], now: later(1_000) }, undefined],
  ])('%s', (_, reading, reason) => {
    expect(shownRunner(reading)['reason']).toBe(reason);
  });
});

describe('a runner that is on its way', () => {
  test('says what it waits for', () => {
    expect(shownRunner(running)).toMatchObject({
      status: 'booting',
      instance_id: 'i-1',
      reason: 'The instance boots. Its runner has ten minutes to come online.',
    });
  });

  test('says what the last attempt met', () => {
    const state = { name: 'FetchJitConfig', enteredAt: later(5), error: 'GitHubUnavailable' };
    expect(shownRunner({ ...running, state })['reason']).toBe(
      'GitHub is asked for a runner configuration. The last attempt met GitHubUnavailable; it is repeated.',
    );
  });

  test('does not show the instance that it has lost', () => {
    const { instance_id } = shownRunner({
      ...running,
      instances: [terminated('Server.SpotInstanceTermination')],
    });
    expect(instance_id).toBeUndefined();
  });

  test('shows the instance of its newest round', () => {
    const second: Instance = { ...instance, id: 'i-2', round: 2, market: 'on-demand' };
    expect(shownRunner({ ...running, instances: [instance, second] })).toMatchObject({
      instance_id: 'i-2',
      market: 'on-demand',
    });
  });
});

test('a runner that failed after it had an instance shows which', () => {
  expect(
    shownRunner({ ...running, provision: provision(life, 'FAILED'), instances: [terminated()] }),
  ).toMatchObject({
    status: 'failed',
    instance_id: 'i-1',
  });
});

test('a runner that was ready shows what it was when EC2 has forgotten its machine', () => {
  const over = { ...ready, destroys: [destroy(`${life}-asked-1`, 'SUCCEEDED')], instances: [] };
  expect(shownRunner(over)).toMatchObject({
    status: 'destroyed',
    instance_id: output.instance.id,
    market: 'spot',
  });
});
