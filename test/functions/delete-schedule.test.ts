import { expect, test } from '@jest/globals';
import { deleteSchedule } from '../../functions/delete-schedule.ts';
import { deployment, destroyInput, life } from './fakes/life.ts';

test("deletes this life's schedule and no other", async () => {
  const deleted: string[] = [];
  const step = deleteSchedule({ delete: async (name) => void deleted.push(name) }, deployment);
  await expect(step(destroyInput)).resolves.toEqual({ deleted: `${life}-${deployment}` });
  expect(deleted).toEqual([`${life}-${deployment}`]);
});
