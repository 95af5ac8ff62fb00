import { expect, test } from '@jest/globals';
import { deregisterRunner } from '../../functions/deregister-runner.ts';
import { runnerName } from '../../functions/domain/life/life.ts';
import { deployment, destroyInput, instance, life, registration } from './fakes/life.ts';

const second = { ...registration, id: 8, name: runnerName(life, 2, deployment) };
const foreign = { ...registration, id: 9, name: runnerName(life, 1, 'zzzzzzzz') };

const prepare = (busyId?: number) => {
  const deleted: number[] = [];
  const all = [registration, second, foreign];
  const ports = {
    instances: { ofLife: async () => [instance] },
    registrations: {
      byName: async (name: string) => all.find((known) => known.name === name),
    },
    deregistrar: {
      deregister: async (id: number) => {
        if (id === busyId) return 'refused' as const;
        deleted.push(id);
        return 'deregistered' as const;
      },
    },
  };
  return { deleted, step: deregisterRunner(ports, deployment) };
};

test("deletes the registrations of every round, and no other deployment's", async () => {
  const { deleted, step } = prepare();
  await expect(step(destroyInput)).resolves.toEqual({ outcome: 'gone' });
  expect(deleted).toEqual([7, 8]);
});

test('says so when GitHub refuses one, and still deletes the other', async () => {
  const { deleted, step } = prepare(7);
  await expect(step(destroyInput)).resolves.toEqual({ outcome: 'refused' });
  expect(deleted).toEqual([8]);
});

test('says so when GitHub does not show a registration that was seen before: then nothing has refused', async () => {
  const { step } = prepare();
  const idle = { registrationIds: [7, 8, 11] };
  await expect(step({ ...destroyInput, idle })).resolves.toEqual({ outcome: 'unseen' });
  await expect(step({ ...destroyInput, idle: { registrationIds: [7, 8] } })).resolves.toEqual({
    outcome: 'gone',
  });
});

test('misses nothing of what was seen before once the machine was told to end', async () => {
  const { step } = prepare();
  const idle = { registrationIds: [11] };
  await expect(step({ ...destroyInput, idle, termination: {} })).resolves.toEqual({ outcome: 'gone' });
});

test('leaves what it has deleted already to CheckGone, and deletes again what that has found', async () => {
  const { deleted, step } = prepare();
  const deregistration = { outcome: 'gone' } as const;
  await expect(step({ ...destroyInput, deregistration })).resolves.toEqual({ outcome: 'gone' });
  expect(deleted).toEqual([]);
  const gone = {
    answer: 'registration-remains',
    waitSeconds: 60,
    lookingSince: 'then',
    remains: [],
  } as const;
  await step({ ...destroyInput, deregistration, gone });
  expect(deleted).toEqual([7, 8]);
});
