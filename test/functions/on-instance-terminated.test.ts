import { expect, test } from '@jest/globals';
import { type DestroyInput, type DestroyReason, destroyName } from '../../functions/domain/ending/destroy.ts';
import type { ProvisionOutput } from '../../functions/domain/life/provision-output.ts';
import type { ExecutionStatus, Instance } from '../../functions/domain/ports.ts';
import type { News } from '../../functions/domain/status/life-news.ts';
import { onInstanceTerminated } from '../../functions/on-instance-terminated.ts';
import { deadline, deployment, instance, life, requestedAt } from './fakes/life.ts';
import { output } from './fakes/lives.ts';

const prepare = (
  found: Instance | undefined,
  status: ExecutionStatus | undefined,
  output?: ProvisionOutput,
  runningDestroy?: DestroyReason,
) => {
  const started: DestroyInput[] = [];
  const newsTold: object[] = [];
  const ports = {
    instances: { byId: async () => found },
    provisions: {
      provision: async (name: string) =>
        status === undefined ? undefined : { name, status, startedAt: requestedAt, output },
    },
    executions: {
      destroys: async (wanted: ExecutionStatus) =>
        runningDestroy === undefined || wanted !== 'RUNNING'
          ? []
          : [{ name: destroyName(life, runningDestroy, 1), status: wanted, startedAt: requestedAt }],
    },
    destroys: {
      destroy: async () => undefined,
      startDestroy: async (input: DestroyInput) => {
        started.push(input);
        return 'started' as const;
      },
    },
    tell: async (told: string, news: News) => void newsTold.push({ life: told, ...news }),
    log: () => undefined,
  };
  return { news: newsTold, started, run: onInstanceTerminated(ports, deployment) };
};

const event = { detail: { 'instance-id': 'i-1', state: 'terminated' } };

test('clears what is left of the life', async () => {
  const { started, run } = prepare(instance, 'SUCCEEDED');
  await run(event);
  expect(started).toEqual([
    { life, deployment, reason: 'ended', mode: 'graceful', deadline: deadline.toISOString() },
  ]);
});

test('leaves a life whose provision runs to CheckRunner', async () => {
  const { started, run } = prepare(instance, 'RUNNING');
  await run(event);
  expect(started).toEqual([]);
});

test('leaves a life to the sweep whose provision one reading does not show', async () => {
  const { started, run } = prepare(instance, undefined);
  await run(event);
  expect(started).toEqual([]);
});

test.each(['asked', 'sweep', 'deadline'] as const)(
  'a destroy that runs because it was %s is enough',
  async (reason) => {
    const { started, run } = prepare(instance, 'SUCCEEDED', undefined, reason);
    await run(event);
    expect(started).toEqual([]);
  },
);

test('a destroy of another life is not', async () => {
  const { started, run } = prepare({ ...instance, life: `${life}1` }, 'SUCCEEDED', undefined, 'sweep');
  await run(event);
  expect(started).toHaveLength(1);
});

test("does nothing about other people's machines", async () => {
  const { started, run } = prepare(undefined, 'SUCCEEDED');
  await run(event);
  expect(started).toEqual([]);
});

test('clears what is left of the life when the machine that got ready has ended', async () => {
  const { started, run } = prepare(instance, 'SUCCEEDED', output);
  await run(event);
  expect(started).toHaveLength(1);
});

test('leaves a ready runner alone when the event is of a machine that the life had before, and comes late', async () => {
  const { started, run } = prepare({ ...instance, id: 'i-0' }, 'SUCCEEDED', output);
  await run({ detail: { ...event.detail, 'instance-id': 'i-0' } });
  expect(started).toEqual([]);
});

test.each<[string, string | undefined, object]>([
  ['EC2 took away', 'Server.SpotInstanceTermination', { reason: expect.stringMatching(/^EC2 took/) }],
  ['powered off', 'Client.InstanceInitiatedShutdown', { reason: expect.stringContaining('powered off') }],
  ['ended for a reason that says nothing', 'Client.UserInitiatedShutdown', {}],
])('writes down of a machine that %s what EC2 says', async (_, stateReason, told) => {
  const ended = {
    ...instance,
    state: 'terminated' as const,
    ...(stateReason === undefined ? {} : { stateReason }),
  };
  const { news, run } = prepare(ended, 'SUCCEEDED', output);
  await run(event);
  expect(news).toEqual([{ life, status: 'destroying', ...told }]);
});

test('says of a machine that is only ending that its life ends, and clears nothing yet', async () => {
  const { news, started, run } = prepare({ ...instance, state: 'shutting-down' }, 'SUCCEEDED', output);
  await run({ detail: { 'instance-id': 'i-1', state: 'shutting-down' } });
  expect(news).toMatchObject([{ life, status: 'destroying' }]);
  expect(started).toEqual([]);
});

test('does not say of an idle runner that a destroy ends that its job is over', async () => {
  const off = { ...instance, state: 'terminated' as const, stateReason: 'Client.InstanceInitiatedShutdown' };
  const { news, run } = prepare(off, 'SUCCEEDED', output, 'asked');
  await run({ detail: { 'instance-id': 'i-1', state: 'shutting-down' } });
  await run(event);
  expect(news).toEqual([
    { life, status: 'destroying' },
    { life, status: 'destroying' },
  ]);
});
