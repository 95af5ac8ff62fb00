import { expect, test } from '@jest/globals';
import { registrationsOfLife } from '../../../functions/domain/life/life-registrations.ts';
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
  const found = await registrationsOfLife(readerOf(asked), life, deployment, [instance]);
  expect(found.map(({ id }) => id).sort()).toEqual([7, 8]);
  expect(asked.sort()).toEqual(['7', second.name]);
});

test('asks for every name while EC2 shows no instance', async () => {
  const asked: string[] = [];
  await registrationsOfLife(readerOf(asked), life, deployment, []);
  expect(asked).toEqual([runner.name, second.name]);
});
