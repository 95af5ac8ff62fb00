import { expect, test } from '@jest/globals';
import type { LifeReading } from '../../../functions/domain/life/life-reading.ts';
import type { CurrentState } from '../../../functions/domain/ports.ts';
import { type LifeStatus, lifeStatus } from '../../../functions/domain/status/life-status.ts';
import { statusSince } from '../../../functions/domain/status/status-since.ts';
import { deadline, instance, later, life, requestedAt } from '../../functions/fakes/life.ts';
import { destroy, output, provision } from '../../functions/fakes/lives.ts';

const running: LifeReading = {
  life,
  provision: provision(life, 'RUNNING'),
  destroys: [],
  instances: [instance],
  deadline,
  now: later(300),
};
const ready: LifeReading = { ...running, provision: provision(life, 'SUCCEEDED') };

/** The states that were entered, newest first: name and seconds since the request. */
const at = ([first, ...rest]: readonly (readonly [string, number])[]): CurrentState => ({
  name: first?.[0] ?? '',
  enteredAt: later(first?.[1] ?? 0),
  earlier: rest.map(([name, seconds]) => ({ name, enteredAt: later(seconds) })),
});

const asked = (status: 'RUNNING' | 'SUCCEEDED' | 'FAILED', change = {}) =>
  destroy(`${life}-asked-1`, status, change);

test.each<[string, LifeReading, LifeStatus, Date | undefined]>([
  ['the request', running, 'requested', requestedAt],
  [
    'the first state of the launch, whatever was tried since',
    {
      ...running,
      state: at([
        ['WaitForCapacity', 250],
        ['RequestSpotInstance', 60],
        ['RankCapacityPools', 30],
        ['FetchJitConfig', 8],
        ['FirstRound', 7],
      ]),
    },
    'launching',
    later(8),
  ],
  [
    'the first look at the machine, not the last',
    {
      ...running,
      state: at([
        ['CheckRunner', 290],
        ['WaitForRunner', 275],
        ['CheckRunner', 90],
        ['WaitForRunner', 75],
        ['IsInstanceLaunched', 74],
      ]),
    },
    'booting',
    later(75),
  ],
  [
    'the loss, for what was launched before is gone',
    {
      ...running,
      state: at([
        ['FetchJitConfig', 210],
        ['DiscardRound', 200],
        ['IsRunnerReady', 199],
        ['RequestSpotInstance', 20],
      ]),
    },
    'launching',
    later(200),
  ],
  [
    'nothing that anybody knows, when the search has been long',
    {
      ...running,
      state: at([
        ['WaitForCapacity', 290],
        ['RequestOnDemandInstance', 280],
      ]),
    },
    'launching',
    undefined,
  ],
  ['the moment when its runner was online', ready, 'ready', new Date(output.readyAt)],
  [
    'the end of its provision',
    { ...running, provision: provision(life, 'FAILED', { stoppedAt: later(40) }) },
    'failed',
    later(40),
  ],
  ['the start of its destroy', { ...ready, destroys: [asked('RUNNING')] }, 'destroying', later(100)],
  ['its deadline, when nothing has begun yet', { ...ready, now: deadline }, 'destroying', deadline],
  [
    'the end of its destroy',
    { ...ready, destroys: [asked('SUCCEEDED', { stoppedAt: later(280) })] },
    'destroyed',
    later(280),
  ],
  [
    'nothing that anybody knows',
    { ...ready, instances: [{ ...instance, state: 'terminated' }] },
    'destroying',
    undefined,
  ],
])('a life has its status since %s', (_, reading, status, since) => {
  expect(lifeStatus(reading)).toBe(status);
  expect(statusSince(reading, status)).toEqual(since);
});
