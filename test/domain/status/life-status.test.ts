import { describe, expect, test } from '@jest/globals';
import type { LifeReading } from '../../../functions/domain/life/life-reading.ts';
import { isPast, type LifeStatus, lifeStatus } from '../../../functions/domain/status/life-status.ts';
import { provisionStates } from '../../../functions/domain/status/provision-states.ts';
import { definitionText } from '../../../statemachine/definitions.ts';
import { deadline, instance, later, life } from '../../functions/fakes/life.ts';
import { destroy, output, provision } from '../../functions/fakes/lives.ts';

const running: LifeReading = {
  life,
  provision: provision(life, 'RUNNING'),
  state: { name: 'RequestSpotInstance', enteredAt: later(5) },
  destroys: [],
  instances: [],
  deadline,
  now: later(100),
};

const ready: LifeReading = { ...running, provision: provision(life, 'SUCCEEDED'), instances: [instance] };

const asked = (status: 'RUNNING' | 'SUCCEEDED' | 'FAILED') => destroy(`${life}-asked-1`, status);
const sweep = (status: 'RUNNING' | 'SUCCEEDED') => destroy(`${life}-sweep-1`, status);
const gone = { ...instance, state: 'terminated' } as const;

describe('the status of a life', () => {
  test.each<[string, LifeReading, LifeStatus]>([
    [
      'before its first state is known',
      { ...running, state: { name: 'Unheard', enteredAt: later(0) } },
      'requested',
    ],
    ['while it asks for capacity', running, 'launching'],
    [
      'while its machine boots',
      { ...running, state: { name: 'CheckRunner', enteredAt: later(30) } },
      'booting',
    ],
    ['with a runner online', ready, 'ready'],
    ['while EC2 does not show the machine yet', { ...ready, instances: [] }, 'ready'],
    [
      'while EC2 shows only the machine of the round before',
      { ...ready, instances: [{ ...gone, id: 'i-0' }] },
      'ready',
    ],
    [
      'with a lost machine beside the one that is ready',
      { ...ready, instances: [{ ...gone, id: 'i-0' }, instance] },
      'ready',
    ],
    [
      'when EC2 has not shown the machine for a minute',
      { ...ready, instances: [], now: later(130) },
      'destroying',
    ],
    ['when the machine has powered off', { ...ready, instances: [gone] }, 'destroying'],
    [
      'when the machine shuts down',
      { ...ready, instances: [{ ...instance, state: 'shutting-down' }] },
      'destroying',
    ],
    [
      'when the job came and went between two polls',
      { ...ready, provision: provision(life, 'SUCCEEDED', { output: { ...output, outcome: 'used' } }) },
      'destroying',
    ],
    [
      'when its output is not ours',
      { ...ready, provision: provision(life, 'SUCCEEDED', { output: 7 }), instances: [] },
      'destroying',
    ],
    [
      'when a destroy was asked for while it launches',
      { ...running, destroys: [asked('RUNNING')] },
      'destroying',
    ],
    ['when a destroy was asked for', { ...ready, destroys: [asked('RUNNING')] }, 'destroying'],
    ['when its deadline has come', { ...ready, now: deadline }, 'destroying'],
    ['when its deadline has come before it was ready', { ...running, now: deadline }, 'destroying'],
    ['when its destroy failed', { ...ready, destroys: [asked('FAILED')] }, 'destroying'],
    [
      'when its destroy failed and the sweep tries again',
      { ...ready, destroys: [asked('FAILED'), sweep('RUNNING')] },
      'destroying',
    ],
    [
      'when a destroy has proven that nothing is left',
      { ...ready, destroys: [asked('SUCCEEDED')], instances: [gone] },
      'destroyed',
    ],
    [
      'when one destroy has succeeded and another runs',
      { ...ready, destroys: [asked('FAILED'), sweep('SUCCEEDED')] },
      'destroyed',
    ],
    ['when its provision failed', { ...running, provision: provision(life, 'FAILED') }, 'failed'],
    ['when its provision took too long', { ...running, provision: provision(life, 'TIMED_OUT') }, 'failed'],
    ['when somebody stopped its provision', { ...running, provision: provision(life, 'ABORTED') }, 'failed'],
    [
      'when its provision failed and nothing of it is left',
      {
        ...running,
        provision: provision(life, 'FAILED'),
        destroys: [destroy(`${life}-failed-1`, 'SUCCEEDED')],
      },
      'failed',
    ],
  ])('%s', (_, reading, status) => {
    expect(lifeStatus(reading)).toBe(status);
    expect(isPast(reading)).toBe(['failed', 'destroying', 'destroyed'].includes(status));
  });
});

test('every state of provision-runner has a status, and nothing else has', () => {
  const { States } = JSON.parse(definitionText('provision-runner')) as { readonly States: object };
  expect(Object.keys(provisionStates).sort()).toEqual(Object.keys(States).sort());
});
