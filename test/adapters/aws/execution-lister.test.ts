import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { executionLister } from '../../../functions/adapters/aws/execution-lister.ts';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import { now, type PassingTime, passingTime } from '../passing-time.ts';
import {
  destroyStateMachineArn,
  fakeStepFunctions,
  provisionStateMachineArn,
} from './fake-step-functions.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const lists = () => {
  const scene = fakeStepFunctions();
  const start = (arn: string, name: string) => scene.executions.start(arn, name, '{}');
  return {
    ...scene,
    lister: executionLister(scene.connection, { provisionStateMachineArn, destroyStateMachineArn }),
    provision: (name: string) => start(provisionStateMachineArn, name),
    destroy: (name: string) => start(destroyStateMachineArn, name),
  };
};
const names = (executions: readonly { readonly name: string }[]) => executions.map(({ name }) => name);

describe('the executions', () => {
  test('of each state machine are listed by their status, newest first', async () => {
    const { lister, provision, destroy } = lists();
    provision('ended');
    destroy('other');
    await time.advance(120);
    provision('older');
    await time.advance(5);
    provision('newer');

    expect(names(await lister.provisions('RUNNING'))).toEqual(['newer', 'older']);
    expect(await lister.provisions('SUCCEEDED')).toEqual([
      { name: 'ended', status: 'SUCCEEDED', startedAt: now, stoppedAt: new Date(now.getTime() + 60_000) },
    ]);
    expect(names(await lister.destroys('SUCCEEDED'))).toEqual(['other']);
  });

  test('are read to the last page', async () => {
    const { lister, provision, times } = lists();
    for (let index = 0; index < 1_100; index += 1) provision(`life-${index}`);

    expect(new Set(names(await lister.provisions('RUNNING'))).size).toBe(1_100);
    expect(times('ListExecutions')).toBe(2);
  });

  test('are read no further back than asked', async () => {
    const { lister, provision, times } = lists();
    for (let index = 0; index < 1_100; index += 1) provision(`life-${index}`);
    await time.advance(3_600);
    provision('recent');
    const since = new Date(now.getTime() + 1_000);

    expect(names(await lister.provisions('RUNNING', since))).toEqual(['recent']);
    expect(await lister.provisions('SUCCEEDED', since)).toEqual([]);
    expect(times('ListExecutions')).toBe(2);
  });

  test('that cannot be listed are an error, and not none', async () => {
    const { lister, faults } = lists();
    faults.add({ service: 'states', operation: 'ListExecutions', error: 'ThrottlingException', times: 9 });

    await expect(time.until(lister.provisions('FAILED'))).rejects.toThrow(AwsUnavailable);
  });
});
