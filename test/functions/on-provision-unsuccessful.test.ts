import { expect, test } from '@jest/globals';
import type { DestroyInput } from '../../functions/domain/ending/destroy.ts';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import type { Execution } from '../../functions/domain/ports.ts';
import type { News } from '../../functions/domain/status/life-news.ts';
import { onProvisionUnsuccessful } from '../../functions/on-provision-unsuccessful.ts';
import { deployment, life } from './fakes/life.ts';
import { provision } from './fakes/lives.ts';
import { measured } from './fakes/measured.ts';

const prepare = (
  described: Execution | Error = provision(life, 'FAILED', { error: 'QuotaExceeded' }),
  untold?: Error,
) => {
  const started: DestroyInput[] = [];
  const newsTold: object[] = [];
  const { measure, values, told } = measured();
  const ports = {
    destroys: {
      destroy: async () => undefined,
      startDestroy: async (input: DestroyInput) => {
        started.push(input);
        return 'started' as const;
      },
    },
    provisions: {
      provision: async () => {
        if (described instanceof Error) throw described;
        return described;
      },
    },
    measure,
    tell: async (told: string, news: News) => {
      if (untold !== undefined) throw untold;
      newsTold.push({ life: told, ...news });
    },
    log: () => undefined,
  };
  return { news: newsTold, started, values, told, run: onProvisionUnsuccessful(ports, deployment) };
};

test.each(['FAILED', 'TIMED_OUT', 'ABORTED'])(
  'a provision that %s starts a graceful destroy of its life',
  async (status) => {
    const { started, run } = prepare();
    await run({ detail: { name: life, status } });
    expect(started).toEqual([{ life, deployment, reason: 'failed', mode: 'graceful' }]);
  },
);

test('an execution that an operator named otherwise has no life to destroy', async () => {
  const { started, values, run } = prepare();
  await run({ detail: { name: 'my-test', status: 'FAILED' } });
  expect(started).toEqual([]);
  expect(values).toEqual([]);
});

test.each<[string, Execution | Error, string]>([
  ['an error of ours', provision(life, 'FAILED', { error: 'QuotaExceeded' }), 'QuotaExceeded'],
  ['an error that is not ours', provision(life, 'FAILED', { error: 'Sandbox.Timedout' }), 'Other'],
  ['the time-out', provision(life, 'TIMED_OUT', { error: 'States.Timeout' }), 'TimedOut'],
  ["an operator's Stop", provision(life, 'ABORTED', { error: 'Maintenance' }), 'Stopped'],
  ['the deadline', provision(life, 'ABORTED', { error: 'Destroyed' }), 'Destroyed'],
  ['AWS that does not say', new AwsUnavailable('slow down'), 'Unknown'],
])('is counted by its reason: %s', async (_, described, reason) => {
  const { started, values, told, run } = prepare(described);
  await run({ detail: { name: life, status: 'FAILED' } });
  expect(values).toEqual([`ProvisionsUnsuccessful 1 ${reason}`]);
  expect(told).toMatchObject([{ life }]);
  expect(started).toHaveLength(1);
});

test('writes down why, for whoever reads the status, and not what nobody knows', async () => {
  const { news, run } = prepare(provision(life, 'FAILED', { error: 'QuotaExceeded', cause: 'No room.' }));
  await run({ detail: { name: life, status: 'FAILED' } });
  expect(news).toEqual([
    {
      life,
      status: 'failed',
      reason: 'QuotaExceeded: No room.',
      whatToDo: expect.stringMatching(/^Run the workflow again\./),
    },
  ]);
  const silent = prepare(new AwsUnavailable('slow down'));
  await silent.run({ detail: { name: life, status: 'FAILED' } });
  expect(silent.news).toEqual([]);
});

test('comes again when why it failed cannot be written down, and has started the destroy all the same', async () => {
  const { started, values, run } = prepare(provision(life, 'FAILED'), new AwsUnavailable('away'));
  await expect(run({ detail: { name: life, status: 'FAILED' } })).rejects.toThrow(AwsUnavailable);
  expect(started).toHaveLength(1);
  expect(values).toEqual([]);
});
