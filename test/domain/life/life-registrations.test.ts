import { expect, test } from '@jest/globals';
import {
  registrationIdsOfLife,
  registrationsOfLife,
} from '../../../functions/domain/life/life-registrations.ts';
import { deployment, instance, life, registration, runner } from '../../functions/fakes/life.ts';

const second = { ...registration, id: 8, name: `${life}-2-${deployment}` };

const readerOf = (asked: string[]) => ({
  byId: async (id: number) => {
    asked.push(String(id));
    return [registration, second].find((known) => known.id === id);
  },
  byName: async (name: string) => {
    asked.push(name);
    return [registration, second].find((known) => known.name === name);
  },
});

test('finds what the instances carry by its id, and the rest by name', async () => {
  const asked: string[] = [];
  const found = await registrationsOfLife(readerOf(asked), { life, deployment, shown: [instance] });
  expect(found.map(({ id }) => id).sort()).toEqual([7, 8]);
  expect(asked.sort()).toEqual(['7', second.name]);
});

test('asks for every name while EC2 shows no instance', async () => {
  const asked: string[] = [];
  await registrationsOfLife(readerOf(asked), { life, deployment, shown: [] });
  expect(asked).toEqual([runner.name, second.name]);
});

test('asks for no round after the one that got ready', async () => {
  const asked: string[] = [];
  const machines = { life, deployment, shown: [instance], readyInstanceId: instance.id };
  await registrationsOfLife(readerOf(asked), machines);
  expect(asked).toEqual(['7']);
});

test('gives the ids that instances carry without asking for them, and those of its other names', async () => {
  const asked: string[] = [];
  const ids = await registrationIdsOfLife(readerOf(asked), { life, deployment, shown: [instance] });
  expect([ids, asked]).toEqual([[7, 8], [second.name]]);
});
